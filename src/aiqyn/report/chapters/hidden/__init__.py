"""The number nobody recorded: what the gate lets through, and how far it can be trusted."""

from aiqyn.report.chapters.hidden.chapter import hidden

__all__ = ["hidden"]
