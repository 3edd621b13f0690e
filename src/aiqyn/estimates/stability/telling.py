"""The parts of the stability of a table in words and as JSON."""

from __future__ import annotations

from typing import Any

from aiqyn.errors import AiqynError
from aiqyn.estimates.linkage_error.grid_of_rates import LinkageSensitivity
from aiqyn.estimates.results import Estimate
from aiqyn.estimates.stability.highest_order import HighestOrderCurve
from aiqyn.estimates.stability.merged_lists import MergedLists
from aiqyn.estimates.stability.single_lists import WithinList, WithoutList
from aiqyn.words import number, say

Told = HighestOrderCurve | LinkageSensitivity


def total_of(estimate: Estimate | None) -> float | None:
    """Persons in all; None where there is no estimate."""
    return estimate.total if estimate else None


def curve_json(found: Told | AiqynError, lang: str) -> dict[str, Any]:  # Any: JSON
    """The fields of a curve or grid, or of its refusal."""
    if isinstance(found, AiqynError):
        return {"refused": True, "why": {"code": found.code, "text": found.text(lang)}}
    return found.to_json()


def merged_json(m: MergedLists, lang: str) -> dict[str, Any]:  # Any: JSON
    """The estimate with two lists as one; its cautions where only two lists are left."""
    cautions = m.estimate.cautions if m.estimate and m.left == 2 else ()
    told = {"lists": list(m.lists), "left": m.left, "estimate": total_of(m.estimate)}
    return told | {"cautions": [c.to_json(lang) for c in cautions]}


def within_json(w: WithinList) -> dict[str, Any]:  # Any: JSON
    """A list estimated from the others, beside its truth."""
    seen = {"reference": w.reference, "truth": w.truth, "observed": w.observed, "lists": w.lists}
    return seen | {"estimate": total_of(w.estimate)}


def _number(estimate: Estimate | None, lang: str) -> str:
    total = total_of(estimate)
    return say("estimate.hidden.no_number", lang) if total is None else number(total, lang)


def without_text(w: WithoutList, lang: str) -> str:
    """The estimate without a list."""
    return say("estimate.hidden.without", lang, list=w.omitted, n=_number(w.estimate, lang))


def merged_text(m: MergedLists, lang: str) -> str:
    """The estimate with two lists as one."""
    lists = " + ".join(m.lists)
    return say("estimate.hidden.merged", lang, lists=lists, n=_number(m.estimate, lang))


def within_text(w: WithinList, lang: str) -> str:
    """A list estimated from the others, beside its truth."""
    truth, found = number(w.truth, lang), _number(w.estimate, lang)
    return say("estimate.hidden.within", lang, list=w.reference, truth=truth, n=found)
