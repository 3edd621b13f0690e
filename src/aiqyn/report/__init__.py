"""The report model to web page, PDF and JSON, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.report.composition import compose
    from aiqyn.report.evidence import ClearedTable, Evidence
    from aiqyn.report.model import ReportModel
    from aiqyn.report.rendering import render

__all__ = ["ClearedTable", "Evidence", "ReportModel", "compose", "render"]

_HOME = {
    "ClearedTable": "evidence",
    "Evidence": "evidence",
    "ReportModel": "model",
    "compose": "composition",
    "render": "rendering",
}

__getattr__ = lazily(__name__, _HOME)
