"""What the estimate of a table owes to single lists and to unseen dependence, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from aiqyn.errors import AiqynError, AnswerRefused
from aiqyn.estimates.log_linear.estimates_by_pairs import stepwise
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH
from aiqyn.estimates.results import Estimate
from aiqyn.estimates.stability.hidden_dependence import OddsRatioCurve, by_odds_ratio
from aiqyn.estimates.stability.highest_order import HighestOrderCurve, by_highest_order_term
from aiqyn.estimates.stability.merged_lists import MergedLists, merge_two_lists
from aiqyn.estimates.stability.single_lists import (
    WithinList,
    WithoutList,
    internal_consistency,
    leave_one_list_out,
)
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.words import number, say


@dataclass(frozen=True, slots=True)
class Stability:
    """How firm the stepwise estimate of a table is.

    Attributes
    ----------
    without_list : the estimate without each list; empty for two lists
    merged : the estimate with each two lists as one; empty for two lists
    within_list : each list estimated from the others, where the truth is known
    odds_ratio : every two lists with the odds ratio beyond the model, then each pair alone; or
        the refusal
    highest_order : by the term that the saturated model leaves out; or the refusal
    """

    without_list: tuple[WithoutList, ...]
    merged: tuple[MergedLists, ...]
    within_list: tuple[WithinList, ...]
    odds_ratio: tuple[OddsRatioCurve, ...] | AiqynError
    highest_order: HighestOrderCurve | AiqynError

    def text(self, lang: str = "en") -> str:
        """A sentence a list, a pair and a curve."""
        told = [_without(w, lang) for w in self.without_list]
        told += [_merged(m, lang) for m in self.merged]
        told += [_within(w, lang) for w in self.within_list]
        curves = self.odds_ratio if isinstance(self.odds_ratio, tuple) else (self.odds_ratio,)
        told += [curve.text(lang) for curve in (*curves, self.highest_order)]
        return "\n".join(told)

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: JSON
        """``{"without_list", "merged", "within_list", "odds_ratio", "highest_order"}``."""
        return {
            "without_list": [
                {"omitted": w.omitted, "observed": w.observed, "estimate": _total(w.estimate)}
                for w in self.without_list
            ],
            "merged": [_merged_json(m, lang) for m in self.merged],
            "within_list": [_within_json(w) for w in self.within_list],
            "odds_ratio": self._odds_ratio_json(lang),
            "highest_order": _or_refused(self.highest_order, lang),
        }

    def _odds_ratio_json(self, lang: str) -> dict[str, Any]:  # Any: JSON
        if not isinstance(self.odds_ratio, tuple):
            return _or_refused(self.odds_ratio, lang)
        every, *pairs = self.odds_ratio
        return {"all": every.to_json(), "pairs": [p.to_json() for p in pairs]}


def stability_of(table: CaptureTable, *, pthresh: float = PTHRESH) -> Stability:
    """Leave each list out, unite each two, ask each list of the others, and bend the assumptions.

    Parameters
    ----------
    pthresh : of the stepwise choice, made anew on each smaller table
    """

    def method(part: CaptureTable) -> Estimate:
        return stepwise(part, pthresh=pthresh, boot=0)

    return Stability(
        leave_one_list_out(table, method),
        merge_two_lists(table, method),
        internal_consistency(table, method),
        _curves(table, pthresh),
        _highest(table),
    )


def _curves(table: CaptureTable, pthresh: float) -> tuple[OddsRatioCurve, ...] | AiqynError:
    try:
        every = by_odds_ratio(table, pthresh=pthresh)
    except AnswerRefused as refusal:
        return refusal
    pairs = combinations(table.lists, 2)
    return every, *(by_odds_ratio(table, lists=pair, pthresh=pthresh) for pair in pairs)


def _highest(table: CaptureTable) -> HighestOrderCurve | AiqynError:
    try:
        return by_highest_order_term(table)
    except AnswerRefused as refusal:
        return refusal


def _total(estimate: Estimate | None) -> float | None:
    return estimate.total if estimate else None


def _or_refused(found: HighestOrderCurve | AiqynError, lang: str) -> dict[str, Any]:  # Any: JSON
    if isinstance(found, AiqynError):
        return {"refused": True, "why": {"code": found.code, "text": found.text(lang)}}
    return found.to_json()


def _merged_json(m: MergedLists, lang: str) -> dict[str, Any]:  # Any: JSON
    cautions = m.estimate.cautions if m.estimate and m.left == 2 else ()
    told = {"lists": list(m.lists), "left": m.left, "estimate": _total(m.estimate)}
    return told | {"cautions": [c.to_json(lang) for c in cautions]}


def _within_json(w: WithinList) -> dict[str, Any]:  # Any: JSON
    seen = {"reference": w.reference, "truth": w.truth, "observed": w.observed, "lists": w.lists}
    return seen | {"estimate": _total(w.estimate)}


def _number(estimate: Estimate | None, lang: str) -> str:
    total = _total(estimate)
    return say("estimate.hidden.no_number", lang) if total is None else number(total, lang)


def _without(w: WithoutList, lang: str) -> str:
    return say("estimate.hidden.without", lang, list=w.omitted, n=_number(w.estimate, lang))


def _merged(m: MergedLists, lang: str) -> str:
    lists = " + ".join(m.lists)
    return say("estimate.hidden.merged", lang, lists=lists, n=_number(m.estimate, lang))


def _within(w: WithinList, lang: str) -> str:
    truth, found = number(w.truth, lang), _number(w.estimate, lang)
    return say("estimate.hidden.within", lang, list=w.reference, truth=truth, n=found)
