"""What the opening page says of the hidden number, where anything may be printed of it."""

from __future__ import annotations

from typing import Any

from aiqyn.report.chapters.hidden.groups import why
from aiqyn.report.chapters.hidden.totals import below_the_lists, totals
from aiqyn.report.chapters.hidden.years import year_lines
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import EstimateLine
from aiqyn.report.model import Callout, KeyFigure, NumberRef, Sentence, sentence
from aiqyn.report.numbering import Numbering
from aiqyn.report.permitted import permitted

MOST = 2  # times as many as were found: from here on most were not found


def is_estimated(evidence: Evidence) -> bool:
    """Whether anything may be printed of the report's year that says more than the count.

    A lower bound below the persons counted would read as if fewer had been victims than were found.
    """
    if evidence.hidden is None:
        return False
    found = permitted(evidence.hidden)
    says_less = found.publish == "lower_bound" and below_the_lists(found)
    return found.low is not None and not says_less


def total_sentence(evidence: Evidence, numbers: Numbering) -> tuple[Sentence, ...]:
    """How many were victims in all, as far as the gate lets it be said."""
    total, hidden = totals(evidence, numbers).total, evidence.hidden
    if total is None or hidden is None or not is_estimated(evidence):
        return ()
    ends: dict[str, Any] = {"low": NumberRef(total.id, "low")}
    if hidden.publish != "lower_bound":
        ends["high"] = NumberRef(total.id, "high")
    most = hidden.publish == "estimate" and _most_are_hidden(evidence)
    key = f"report.opening.total.{hidden.publish}{'.most' if most else ''}"
    return (sentence(key, **ends),)


def total_figure(evidence: Evidence, numbers: Numbering) -> tuple[KeyFigure, ...]:
    """The estimated total as a key figure."""
    total = totals(evidence, numbers).total
    if total is None or not is_estimated(evidence):
        return ()
    label, is_not = sentence("report.figure.total"), sentence("report.figure.total.lists")
    return (KeyFigure(total.id, label, is_not),)


def lines_of_the_trend(evidence: Evidence) -> dict[int, EstimateLine]:
    """The estimates by year for the trend; none where no estimate may be printed at all."""
    bound_only = evidence.hidden is not None and evidence.hidden.publish == "lower_bound"
    if evidence.hidden is None or (bound_only and not is_estimated(evidence)):
        return {}
    lines = year_lines(permitted(evidence.hidden), evidence)
    return lines if any(line.low is not None for line in lines.values()) else {}


def hidden_callout(evidence: Evidence) -> tuple[Callout, ...]:
    """Why there is no estimate; silent where there is one."""
    if is_estimated(evidence):
        return ()
    if evidence.hidden is None:
        title, said = sentence("report.opening.hidden.title"), sentence(why_not(evidence))
        return (Callout("caution", title, (said,), evidence.no_estimate),)
    if bound_may_be_printed(evidence):
        title, said = sentence("report.opening.below.title"), sentence("report.opening.below")
        return (Callout("caution", title, (said,)),)
    title, said = sentence("report.opening.refused.title"), sentence("report.opening.refused")
    return (Callout("refusal", title, (said,)),)


def bound_may_be_printed(evidence: Evidence) -> bool:
    """Whether a lower bound may be printed, though it says no more than the count."""
    return evidence.hidden is not None and permitted(evidence.hidden).low is not None


def why_not(evidence: Evidence) -> str:
    """The key of the reason why no estimate was built."""
    code = evidence.no_estimate
    return "report.opening.hidden" if code is None else why(code)


def _most_are_hidden(evidence: Evidence) -> bool:
    hidden = evidence.hidden
    if hidden is None or hidden.observed is None or hidden.low is None:
        return False
    return hidden.low > MOST * hidden.observed
