"""The pages as files: self-contained HTML without scripts; the digest also as a tagged PDF."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from typing import Any

from markupsafe import Markup

from aiqyn.report.charts.lettering import font_folder
from aiqyn.report.charts.palette import palette
from aiqyn.report.early_signals.page import CardPage, DigestPage
from aiqyn.report.fonts import font_faces
from aiqyn.report.page_files import page_file, page_templates
from aiqyn.report.pdf.letters import printable
from aiqyn.report.pdf.typesetting import STANDARD


def digest_html(page: DigestPage) -> str:
    """The digest as one web page."""
    return _page("digest.html.j2", page)


def card_html(page: CardPage) -> str:
    """The card of a signal as one web page."""
    return _page("card.html.j2", page)


def digest_pdf(page: DigestPage, day: date) -> bytes:
    """The digest as PDF/UA-1; dated with the day whose knowledge it holds."""
    import typst

    told = json.dumps(_printable(asdict(page)), ensure_ascii=False)
    noon = datetime(day.year, day.month, day.day, tzinfo=UTC)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(font_folder())]
    )
    with as_file(_folder()) as templates:
        compiler = typst.Compiler(
            str(templates / "digest.typ"),
            root=str(templates),
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"page": told, "colours": json.dumps(dict(palette()["role"]))},
        )
        made = compiler.compile(pdf_standards=STANDARD, timestamp=noon)
    assert isinstance(made, bytes)  # one file, not a page each
    return made


def _page(template: str, page: DigestPage | CardPage) -> str:
    return (
        page_templates("early_signals")
        .get_template(template)
        .render(
            page=page,
            frame=page.frame,
            fonts=Markup(font_faces()),
            css=Markup(page_file("html", "page.css") + page_file("early_signals", "early.css")),
        )
    )


def _printable(part: Any) -> Any:
    """Text as the PDF's faces can print it; pictures as they are."""
    if isinstance(part, str):
        return part if part.startswith("<svg") else printable(part)
    if isinstance(part, dict):
        return {name: _printable(value) for name, value in part.items()}
    return [_printable(value) for value in part]


def _folder() -> Any:
    return files("aiqyn").joinpath("data", "report", "early_signals")
