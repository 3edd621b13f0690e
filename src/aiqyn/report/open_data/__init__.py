"""The open-data folder: a data package of cleared tables, with what one needs to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.report.open_data.about import About
    from aiqyn.report.open_data.contents import open_data

__all__ = ["About", "open_data"]

_HOME = {"About": "about", "open_data": "contents"}

__getattr__ = lazily(__name__, _HOME)
