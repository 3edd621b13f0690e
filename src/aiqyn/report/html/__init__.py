"""The web page of the report: one file per language that asks nothing of any network."""

from __future__ import annotations

from aiqyn.report.html.page import write_html

__all__ = ["write_html"]
