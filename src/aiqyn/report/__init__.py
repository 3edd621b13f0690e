"""The report model to web page, PDF and JSON, in three languages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

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


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"aiqyn.report.{_HOME[name]}"), name)
