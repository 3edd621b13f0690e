"""Prevention: what was tried, and did it work."""

from aiqyn.report.chapters.programmes.chapter import programmes

__all__ = ["programmes"]
