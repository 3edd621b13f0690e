"""How the total moves with dependence between lists that the data cannot show: an odds ratio."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.log_linear.naming import named_model
from aiqyn.estimates.log_linear.offset import totals_at
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH, choose
from aiqyn.estimates.results import Model
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Bools, Floats, pair_masks
from aiqyn.words import number, say

GRID = (1 / 3, 1 / 2, 2 / 3, 1.0, 3 / 2, 2.0, 3.0)
FARTHEST = 64.0  # odds ratio up to which a tipping value is looked for; beyond it is no dependence
STRIDE = 0.25  # of the log odds ratio, in the search for a tipping value
HALVINGS = 40  # of a stride; the error is then far below any printed digit


@dataclass(frozen=True, slots=True)
class OddsRatioCurve:
    """Persons in all as a function of a residual odds ratio between lists.

    Attributes
    ----------
    lists : the two lists that depend on each other beyond the model; None for every pair alike
    model : the model whose other terms are estimated anew at each odds ratio
    observed, total : persons on a list; persons in all at an odds ratio of 1
    points : (odds ratio, persons in all)
    doubles, halves : odds ratio at which the total is twice, or half; None where none up to 64
        (or above 1/64) does
    absorbed : the pair has a free term in the model, so that no odds ratio moves anything
    """

    lists: tuple[str, str] | None
    model: Model
    observed: int
    total: float
    points: tuple[tuple[float, float], ...]
    doubles: float | None
    halves: float | None
    absorbed: bool = False

    def at(self, odds_ratio: float) -> float:
        """Persons in all at an odds ratio of the grid."""
        return dict(self.points)[odds_ratio]

    def text(self, lang: str = "en") -> str:
        """The curve's ends and its tipping values."""
        who = "×".join(self.lists) if self.lists else say("estimate.hidden.all_pairs", lang)
        if self.absorbed:
            return say("estimate.hidden.absorbed", lang, lists=who)
        ends = (self.points[0], self.points[-1])
        slots = {f"psi{k}": number(p, lang, decimals=2) for k, (p, _) in enumerate(ends)}
        slots |= {f"n{k}": number(n, lang) for k, (_, n) in enumerate(ends)}
        told = say("estimate.hidden.odds_ratio", lang, lists=who, **slots)
        return " ".join([told, *self._tipping(lang)])

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """``{"lists", "points": [{"odds_ratio", "estimate"}], "doubles", "halves", …}``."""
        return {
            "lists": list(self.lists) if self.lists else None,
            "model": self.model.to_json(),
            "points": [{"odds_ratio": p, "estimate": n} for p, n in self.points],
            "doubles": self.doubles,
            "halves": self.halves,
            "absorbed": self.absorbed,
        }

    def _tipping(self, lang: str) -> list[str]:
        found = {"doubles": self.doubles, "halves": self.halves}
        return [
            say(f"estimate.hidden.{name}", lang, psi=number(psi, lang, decimals=2))
            for name, psi in found.items()
            if psi is not None
        ]


def by_odds_ratio(
    table: CaptureTable,
    *,
    lists: tuple[str, str] | None = None,
    grid: Sequence[float] = GRID,
    pthresh: float = PTHRESH,
) -> OddsRatioCurve:
    """Persons in all if two lists (or every two) have a residual conditional odds ratio.

    Parameters
    ----------
    lists : the two lists; without them every pair has the odds ratio
    grid : odds ratios above 0; 1 is the estimate itself
    pthresh : of the stepwise choice of the model, which is kept while the odds ratio varies

    Raises
    ------
    AnswerRefused (EST-020) when the model has no maximum.

    Notes
    -----
    The log odds ratio is an offset of each history, once for each of the pairs that it holds; the
    history on no list has none, so that the continuation to it changes. A pair that has its own
    term in the model absorbs the offset. With every pair alike and single lists only this is
    Darroch's Mth model with a known parameter, the variance on the logit scale of how easily
    people are found.

    References
    ----------
    Gerritse, van der Heijden & Bakker (2015), J. Off. Stat. 31, 357-379 (two lists); Darroch,
    Fienberg, Glonek & Junker (1993), J. Am. Stat. Assoc. 88, 1137-1148.
    """
    chosen = choose(table.vector[None], len(table.lists), pthresh)
    if not np.isfinite(chosen.total[0]):
        raise AnswerRefused("EST-020")
    terms, pairs = chosen.terms[0], _masks(table, lists)
    absorbed = all(terms[mask] for mask in pairs)
    totals = totals_at(table.vector, terms, pairs, [1.0, *grid])
    tipping = (None, None) if absorbed else _tipping(table.vector, terms, pairs, float(totals[0]))
    points = tuple(zip(map(float, grid), map(float, totals[1:]), strict=True))
    model = named_model(table, terms)
    return OddsRatioCurve(
        lists, model, table.observed, float(totals[0]), points, *tipping, absorbed=absorbed
    )


def _masks(table: CaptureTable, lists: tuple[str, str] | None) -> tuple[int, ...]:
    if lists is None:
        return pair_masks(len(table.lists))
    return (sum(1 << table.lists.index(x) for x in lists),)


def _tipping(
    counts: Floats, terms: Bools, pairs: Sequence[int], total: float
) -> tuple[float | None, float | None]:
    def ratio(log_psi: float) -> float:
        return float(totals_at(counts, terms, pairs, [np.exp(log_psi)])[0]) / total

    doubles = _crossing(lambda x: ratio(x) - 2, STRIDE)
    return doubles, _crossing(lambda x: 1 / 2 - ratio(x), -STRIDE)


def _crossing(function: Callable[[float], float], stride: float) -> float | None:
    """First odds ratio, going out from 1, at which the function is no longer below 0."""
    inner, outer = 0.0, stride
    while not function(outer) >= 0:
        inner, outer = outer, outer + stride
        if abs(outer) > np.log(FARTHEST):
            return None
    for _ in range(HALVINGS):
        middle = (inner + outer) / 2
        inner, outer = (inner, middle) if function(middle) >= 0 else (middle, outer)
    return float(np.exp(outer))
