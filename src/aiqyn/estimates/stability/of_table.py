"""What the estimate of a table owes to single lists and to unseen dependence, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from aiqyn.errors import AiqynError, AnswerRefused
from aiqyn.estimates.intervals.resampling import SEED
from aiqyn.estimates.linkage_error.grid_of_rates import LinkageSensitivity
from aiqyn.estimates.linkage_error.sensitivity import linkage_sensitivity
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
from aiqyn.estimates.stability.telling import (
    curve_json,
    merged_json,
    merged_text,
    total_of,
    within_json,
    within_text,
    without_text,
)
from aiqyn.estimates.tables.capture_histories import CaptureTable


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
    linkage : by the shares of missed and of false links; or the refusal
    """

    without_list: tuple[WithoutList, ...]
    merged: tuple[MergedLists, ...]
    within_list: tuple[WithinList, ...]
    odds_ratio: tuple[OddsRatioCurve, ...] | AiqynError
    highest_order: HighestOrderCurve | AiqynError
    linkage: LinkageSensitivity | AiqynError

    def text(self, lang: str = "en") -> str:
        """A sentence a list, a pair and a curve."""
        told = [without_text(w, lang) for w in self.without_list]
        told += [merged_text(m, lang) for m in self.merged]
        told += [within_text(w, lang) for w in self.within_list]
        curves = self.odds_ratio if isinstance(self.odds_ratio, tuple) else (self.odds_ratio,)
        told += [curve.text(lang) for curve in (*curves, self.highest_order)]
        rates = self.linkage
        told.append(rates.text(lang) if isinstance(rates, AiqynError) else rates.grid_text(lang))
        return "\n".join(told)

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: JSON
        """One entry for each attribute, named as it is."""
        return {
            "without_list": [
                {"omitted": w.omitted, "observed": w.observed, "estimate": total_of(w.estimate)}
                for w in self.without_list
            ],
            "merged": [merged_json(m, lang) for m in self.merged],
            "within_list": [within_json(w) for w in self.within_list],
            "odds_ratio": self._odds_ratio_json(lang),
            "highest_order": curve_json(self.highest_order, lang),
            "linkage": curve_json(self.linkage, lang),
        }

    def _odds_ratio_json(self, lang: str) -> dict[str, Any]:  # Any: JSON
        if not isinstance(self.odds_ratio, tuple):
            return curve_json(self.odds_ratio, lang)
        every, *pairs = self.odds_ratio
        return {"all": every.to_json(), "pairs": [p.to_json() for p in pairs]}


def stability_of(table: CaptureTable, *, pthresh: float = PTHRESH, seed: int = SEED) -> Stability:
    """Leave each list out, unite each two, ask each list of the others, and bend the assumptions.

    Parameters
    ----------
    pthresh : of the stepwise choice, made anew on each smaller table
    seed : of the errors of linkage that are added by chance
    """

    def method(part: CaptureTable) -> Estimate:
        return stepwise(part, pthresh=pthresh, boot=0)

    return Stability(
        leave_one_list_out(table, method),
        merge_two_lists(table, method),
        internal_consistency(table, method),
        _curves(table, pthresh),
        _highest(table),
        _linkage(table, pthresh, seed),
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


def _linkage(table: CaptureTable, pthresh: float, seed: int) -> LinkageSensitivity | AiqynError:
    try:
        return linkage_sensitivity(table, rng=np.random.default_rng(seed), pthresh=pthresh)
    except AnswerRefused as refusal:
        return refusal
