"""Typst, called so that the same manuscript gives the same bytes on every machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Final

from aiqyn.report.charts.lettering import font_folder

STANDARD: Final = "ua-1"  # PDF/UA-1: refuses a picture without words and a letter without a glyph


def typeset(manuscript: Mapping[str, Any], published: date) -> bytes:
    """The manuscript, set by the template ``data/report/pdf/report.typ``.

    The manuscript travels as JSON beside the template, never inside it: nothing in it is read as
    markup. No clock and no font of the machine has a part in the bytes.
    """
    noon = datetime(published.year, published.month, published.day, tzinfo=UTC)
    made: bytes = _compiler(manuscript).compile(pdf_standards=STANDARD, timestamp=noon)
    return made


def places(manuscript: Mapping[str, Any]) -> dict[str, tuple[int, float]]:
    """Where each chart and each table begins: its page, and millimetres from the page's top."""
    found = _compiler(manuscript).query("<places>", field="value", one=True)
    return {place: (page, top) for place, (page, top) in json.loads(found).items()}


def _compiler(manuscript: Mapping[str, Any]) -> Any:
    import typst

    with as_file(files("aiqyn").joinpath("data", "report", "pdf")) as templates:
        return typst.Compiler(
            str(templates / "report.typ"),
            root=str(templates),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"manuscript": json.dumps(manuscript, ensure_ascii=False)},
        )


@cache
def _fonts() -> Any:  # typst.Fonts; the package's own types are not exported
    """The faces inside Typst (Libertinus, DejaVu Sans Mono) and Noto Sans of the pinned package."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(font_folder())],
    )
