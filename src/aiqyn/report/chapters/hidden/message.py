"""The two sentences that open the chapter, by the gate's verdict."""

from __future__ import annotations

from typing import Any

from aiqyn.report.chapters.hidden.totals import Totals, below_the_lists
from aiqyn.report.hidden_evidence import HiddenEvidence
from aiqyn.report.model import NumberRef, Sentence, Year, sentence


def message(hidden: HiddenEvidence, numbers: Totals) -> tuple[Sentence, ...]:
    """What may be printed, and which share of it was found."""
    slots: dict[str, Any] = {"year": Year(hidden.year)}
    if numbers.total is None:
        known = "report.hidden.message.nothing.known"
        return (
            sentence("report.hidden.message.nothing", **slots),
            *([sentence(known, observed=numbers.observed)] if numbers.observed else []),
        )
    slots["low"] = NumberRef(numbers.total.id, "low")
    if hidden.publish != "lower_bound":
        slots["high"] = NumberRef(numbers.total.id, "high")
    if numbers.observed is None:
        return (sentence(f"report.hidden.message.{hidden.publish}.unrecorded", **slots),)
    slots["observed"] = numbers.observed
    between = ".between" if below_the_lists(hidden) else ""
    if between:
        slots["fewest"] = NumberRef(numbers.observed.id, "low")
    key = f"report.hidden.message.{hidden.publish}{between}"
    return (sentence(key, **slots), *_share(hidden, numbers))


def _share(hidden: HiddenEvidence, numbers: Totals) -> tuple[Sentence, ...]:
    if numbers.share is None:
        return ()
    ends: dict[str, Any] = {
        "share_low": NumberRef(numbers.share.id, "low"),
        "share_high": NumberRef(numbers.share.id, "high"),
    }
    if hidden.publish == "lower_bound":
        ends.pop("share_low")
    if hidden.publish == "estimate":
        ends["share"] = numbers.share
    return (sentence(f"report.hidden.share.{hidden.publish}", **ends),)
