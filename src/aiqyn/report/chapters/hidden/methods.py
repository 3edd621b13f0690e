"""Estimates by method, beside the gate."""

from __future__ import annotations

from aiqyn.report.chapters.hidden.gate import gate
from aiqyn.report.chapters.hidden.lines import dots, drawn, main_line, persons
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import HiddenEvidence
from aiqyn.report.model import Block, Sentence, Words, sentence


def methods_and_gate(hidden: HiddenEvidence, evidence: Evidence) -> tuple[Block, ...]:
    """The chart of the methods and the panel beside it; the panel alone where nothing is drawn."""
    lines, panel = drawn(hidden.by_method), gate(hidden, evidence)
    if not any(line.low is not None for line in lines):
        return (panel,)
    bound = hidden.publish == "lower_bound"
    chart = dots(
        "hidden_methods",
        sentence("report.hidden.methods"),
        sentence("report.hidden.methods.subtitle.bound" if bound else _subtitle(hidden)),
        _alt(hidden),
        [(line, Words(f"estimate.method.{line.code}")) for line in lines],
        "report.column.method",
        band=hidden,
    )
    return (chart, panel)


def _subtitle(hidden: HiddenEvidence) -> str:
    return f"report.hidden.methods.subtitle{'.range' if hidden.publish == 'range' else ''}"


def _alt(hidden: HiddenEvidence) -> Sentence:
    main = main_line(hidden)
    if main is None or main.low is None:
        return sentence("report.hidden.methods.alt.no_main")
    if main.high is None:
        return sentence("report.hidden.methods.alt.bound", low=persons(main.low))
    ends = {"low": persons(main.low), "high": persons(main.high)}
    if main.value is None:
        return sentence("report.hidden.methods.alt.range", **ends)
    others = [x.value for x in hidden.by_method if not x.main and x.value is not None]
    inside = all(main.low <= value <= main.high for value in others)
    key = "report.hidden.methods.alt" if inside else "report.hidden.methods.alt.outside"
    return sentence(key, total=persons(main.value), **ends)
