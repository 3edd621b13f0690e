"""Pages of the sample report with stand-in pictures, read as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from aiqyn.report.charts import Drawing
from aiqyn.report.html import write_html
from aiqyn.report.model import Chart, ReportModel

VOID = {"meta", "link", "br", "img", "hr", "input", "wbr"}


@dataclass
class Element:
    """An element of the page with what stands in it, in order."""

    tag: str
    attributes: Mapping[str, str]
    parents: tuple[Element, ...] = ()
    inside: list[Element | str] = field(default_factory=list)

    def all(self, tag: str | None = None, **attributes: str) -> Iterator[Element]:
        for child in self.inside:
            if isinstance(child, Element):
                if tag in (None, child.tag) and child.has(attributes):
                    yield child
                yield from child.all(tag, **attributes)

    def has(self, attributes: Mapping[str, str]) -> bool:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        classes = self.attributes.get("class", "").split()
        return all(
            value in classes if name == "class" else self.attributes.get(name) == value
            for name, value in wanted.items()
        )

    @property
    def text(self) -> str:
        if self.tag in ("style", "script", "svg"):
            return ""
        words = "".join(c if isinstance(c, str) else f" {c.text} " for c in self.inside)
        return " ".join(words.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs}, tuple(self.open))
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {k: v or "" for k, v in attrs}, tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"<{self.open[-1].tag}> is closed by </{tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(html: str) -> Element:
    """The page as a tree; fails where an element is closed by another's tag."""
    reader = _Reader()
    reader.feed(html)
    assert [e.tag for e in reader.open] == ["root"], "something was left open"
    return reader.root


@pytest.fixture(scope="session")
def pictures(samal: ReportModel) -> Mapping[str, Mapping[str, Drawing]]:
    """A small stand-in picture for each chart and width."""
    charts = [b for c in samal.chapters for b in c.blocks if isinstance(b, Chart)]
    svg = '<svg role="img" aria-label="x" width="10" height="10" viewBox="0 0 10 10"></svg>'
    return {c.id: {w: Drawing(svg, {}, "x") for w in ("page", "phone")} for c in charts}


@pytest.fixture(scope="session")
def page(
    samal: ReportModel, pictures: Mapping[str, Mapping[str, Drawing]]
) -> Callable[[str], Element]:
    """Language -> the page of the sample report."""
    written = {lang: read(write_html(samal, lang, pictures)) for lang in ("kk", "ru", "en")}
    return written.__getitem__
