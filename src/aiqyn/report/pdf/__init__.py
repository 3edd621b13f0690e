"""The printed report: one tagged PDF per language, set by Typst from the report model."""

from __future__ import annotations

from aiqyn.report.pdf.document import write_pdf

__all__ = ["write_pdf"]
