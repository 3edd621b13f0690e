"""A page for each area that may be shared with its community: cleared numbers, nobody's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.report.community_sheet.contents import Where
    from aiqyn.report.community_sheet.writing import sheet_html, write_sheets

__all__ = ["Where", "sheet_html", "write_sheets"]

_HOME = {"Where": "contents", "sheet_html": "writing", "write_sheets": "writing"}

__getattr__ = lazily(__name__, _HOME)
