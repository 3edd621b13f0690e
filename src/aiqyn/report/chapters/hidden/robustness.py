"""What the estimate owes to one list, and to two lists being kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aiqyn.report.chapters.hidden.lines import (
    Name,
    dots,
    drawn,
    list_namer,
    lists_of,
    main_line,
    persons,
)
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import EstimateLine, HiddenEvidence
from aiqyn.report.model import Chart, Sentence, Several, Words, sentence

ALL = "_all"


def without_a_list(hidden: HiddenEvidence, evidence: Evidence) -> Chart | None:
    """The estimate without each list in turn, under the one with all of them."""
    named = list_namer(evidence)
    lines: list[tuple[EstimateLine, Name]] = [
        (line, sentence("report.hidden.without", list=named(line.code)))
        for line in drawn(hidden.without_list)
    ]
    if not any(line.low is not None for line, _ in lines):
        return None
    return dots(
        "hidden_without",
        sentence("report.hidden.leave"),
        _finding(hidden, evidence),
        ends_alt([line for line, _ in lines]),
        [*_all_lists(hidden), *lines],
        "report.hidden.leave.column",
        band=hidden,
    )


def merged_lists(hidden: HiddenEvidence, evidence: Evidence) -> Chart | None:
    """The estimate with two lists taken as one, under the one with all of them."""
    lines: list[tuple[EstimateLine, Name]] = [
        (line, sentence("report.hidden.merged", lists=lists_of(line.code, evidence, " + ")))
        for line in drawn(hidden.merged)
    ]
    if not any(line.low is not None for line, _ in lines):
        return None
    return dots(
        "hidden_merged",
        sentence("report.hidden.merge"),
        sentence("report.hidden.merge.subtitle"),
        ends_alt([line for line, _ in lines]),
        [*_all_lists(hidden), *lines],
        "report.hidden.leave.column",
        band=hidden,
    )


def ends_alt(lines: Sequence[EstimateLine]) -> Sentence:
    """The outermost ends of the intervals, and how many estimates were refused."""
    refused = sum(line.refused is not None for line in lines)
    lows = [line.low for line in lines if line.low is not None]
    highs = [line.high for line in lines if line.high is not None]
    if not lows:
        return sentence("report.hidden.ends.alt.refused")
    key = "report.hidden.ends.alt" if highs else "report.hidden.ends.alt.bound"
    return sentence(key, low=persons(min(lows)), high=persons(max(highs or lows)), n=refused)


def _all_lists(hidden: HiddenEvidence) -> list[tuple[EstimateLine, Name]]:
    main = main_line(hidden)
    return [(replace(main, code=ALL), Words("report.hidden.all_lists"))] if main else []


def _finding(hidden: HiddenEvidence, evidence: Evidence) -> Sentence:
    """Whether the answer moves out of the printed interval when a list is left out."""
    if hidden.publish != "estimate" or hidden.low is None or hidden.high is None:
        bound = hidden.publish == "lower_bound"
        return sentence(f"report.hidden.leave.{'bound' if bound else 'range'}")
    named = list_namer(evidence)
    outside = tuple(
        named(line.code)
        for line in hidden.without_list
        if line.value is not None and not hidden.low <= line.value <= hidden.high
    )
    if outside:
        return sentence("report.hidden.leave.outside", lists=Several(outside))
    return sentence("report.hidden.leave.inside")
