"""Estimates by group, and the groups whose estimate was refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiqyn import words
from aiqyn.report.chapters.hidden.lines import dots, drawn
from aiqyn.report.chapters.hidden.robustness import ends_alt
from aiqyn.report.hidden_evidence import EstimateLine, HiddenEvidence
from aiqyn.report.model import (
    Block,
    Callout,
    Heading,
    Label,
    Paragraph,
    Sentence,
    Several,
    Slot,
    Text,
    Words,
    sentence,
)

CODE_LISTS = {"citizenship": "country"}  # the others are called as their dimension is


def groups(hidden: HiddenEvidence) -> tuple[Block, ...]:
    """A chart for each dimension with an estimate, then the refusals by their code."""
    charts = tuple(_charts(hidden))
    opening = (Heading(sentence("report.hidden.groups")), _how(hidden)) if charts else ()
    return (*opening, *charts, *_refusals(hidden))


def why(code: str) -> str:
    """The key of a refusal's sentence that needs no slots."""
    if words.has(f"{code}.kind"):
        return f"{code}.kind"
    plain = words.has(code) and "{" not in words.say_raw(code)
    return code if plain else "report.hidden.refused.why"


def _how(hidden: HiddenEvidence) -> Paragraph:
    """How the groups hang together, and whom they leave out."""
    told = ["report.hidden.groups.whole"]
    if hidden.publish == "lower_bound":
        told.append("report.hidden.groups.below")
    if {"sex", "age_group"} & set(hidden.groups):
        told.append("report.hidden.groups.recorded")
    if "form_group" in hidden.groups:
        told.append("report.hidden.groups.several")
    return Paragraph(tuple(sentence(key) for key in told))


def _charts(hidden: HiddenEvidence) -> Iterator[Block]:
    bound = ".bound" if hidden.publish == "lower_bound" else ""
    for dimension, lines in hidden.groups.items():
        shown = drawn(lines)
        if any(line.low is not None for line in shown):
            yield dots(
                f"hidden_groups_{dimension}",
                sentence(f"report.hidden.groups.{dimension}"),
                sentence(f"report.hidden.groups.subtitle{bound}"),
                ends_alt(shown),
                [(line, _name(dimension, line.code)) for line in shown],
                "report.column.group",
                under_heading=True,
            )


def _refusals(hidden: HiddenEvidence) -> tuple[Callout, ...]:
    by_code: dict[str, list[Slot]] = {}
    for dimension, lines in hidden.groups.items():
        for line in lines:
            if line.refused:
                by_code.setdefault(line.refused, []).append(_name(dimension, line.code))
    if not by_code:
        return ()
    title = sentence("report.hidden.groups.refused.title")
    mend = sentence("report.hidden.groups.refused.mend")
    return (Callout("refusal", title, (*_told(by_code), mend)),)


def _told(by_code: dict[str, list[Slot]]) -> Sequence[Sentence]:
    return [
        sentence(
            "report.hidden.groups.refused",
            groups=Several(tuple(names)),
            why=Words(why(code)),
            code=Text(code),
        )
        for code, names in by_code.items()
    ]


def _name(dimension: str, code: str) -> Label:
    return Label(CODE_LISTS.get(dimension, dimension), code)


def refused_codes(lines: Sequence[EstimateLine]) -> tuple[str, ...]:
    """The codes of the refusals among lines, each once."""
    return tuple(dict.fromkeys(line.refused for line in lines if line.refused))
