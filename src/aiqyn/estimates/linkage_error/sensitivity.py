"""What the total would be if such a share of links was missed, and such a share of persons two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aiqyn.errors import UsageRefused
from aiqyn.estimates.linkage_error.audits import LEAST_SHARE
from aiqyn.estimates.linkage_error.error_rates import ErrorRates, leaving, merges_of_persons
from aiqyn.estimates.linkage_error.extrapolating import choice_by, totals, without_error
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats
from aiqyn.words import number, percent, say

if TYPE_CHECKING:
    import polars as pl

MISSED = (0.0, 0.01, 0.02, 0.05)
FALSE = (0.0, 0.01, 0.02)
DRAWS = 400  # tables at each step of each pair of rates


@dataclass(frozen=True, slots=True)
class AtRates:
    """The total if linkage had made these errors.

    Attributes
    ----------
    missed : share of the pairs of records of one person that were not held together
    false : share of the persons found who are two persons
    estimate : persons in all without these errors; None where it cannot be extrapolated
    """

    missed: float
    false: float
    estimate: float | None


@dataclass(frozen=True, slots=True)
class LinkageSensitivity:
    """How the total hangs on the errors of linkage, which nobody has measured.

    Attributes
    ----------
    method : code of the method that was applied to every table
    naive : persons in all by the table as it is
    points : one for each pair of rates, those without error first
    """

    method: str
    naive: float
    points: tuple[AtRates, ...]

    @property
    def range(self) -> tuple[float, float]:
        """Smallest and largest total of the grid."""
        known = [p.estimate for p in self.points if p.estimate is not None]
        return min(known, default=self.naive), max(known, default=self.naive)

    def table(self) -> pl.DataFrame:
        """One row a pair of rates: missed, false, estimate."""
        import polars as pl

        rows = [(p.missed, p.false, p.estimate) for p in self.points]
        return pl.DataFrame(rows, schema=["missed", "false", "estimate"], orient="row")

    def text(self, lang: str = "en") -> str:
        """A paragraph: the total as it is, and between what it would lie."""
        low, high = self.range
        missed, false = (max(getattr(p, n) for p in self.points) for n in ("missed", "false"))
        persons = {"naive": number(self.naive, lang), "low": number(low, lang)}
        rates = {"missed": percent(missed, lang), "false": percent(false, lang)}
        return say(
            "estimate.linkage_sensitivity", lang, **persons, high=number(high, lang), **rates
        )

    def to_json(self) -> dict[str, Any]:  # Any: words, numbers, null
        """``{"method", "naive", "points": [{"missed", "false", "estimate"}]}``."""
        points = [{n: getattr(p, n) for n in AtRates.__slots__} for p in self.points]
        return {"method": self.method, "naive": self.naive, "points": points}

    def __repr__(self) -> str:
        return f"LinkageSensitivity: {self.text('en')}"


def linkage_sensitivity(
    table: CaptureTable,
    missed: Sequence[float] = MISSED,
    false: Sequence[float] = FALSE,
    method: str = "stepwise",
    *,
    rng: np.random.Generator,
    pthresh: float = PTHRESH,
    order: int = 2,
    draws: int = DRAWS,
) -> LinkageSensitivity:
    """The corrected total over a grid of assumed rates; the table is taken to hold those errors.

    Parameters
    ----------
    missed, false : rates as in `AtRates`, each at least 0 and below 1 - `LEAST_SHARE`
    method : stepwise, bic, aic or independence

    Raises
    ------
    UsageRefused (EST-032) for other rates, (EST-064) for another method.

    Notes
    -----
    More missed links make the table's total too high, more wrong ones too low; so the corrected
    total falls with `missed` and rises with `false`.
    """
    _check(missed, false)
    choice = choice_by(method, len(table.lists), pthresh, order)
    naive = float(totals(table.vector[None], choice(table.vector[None]))[0])
    pairs = [(m, f) for f in false for m in missed]
    rates = _rates(table, pairs)
    tables = np.tile(table.vector, (len(pairs), 1))
    found = without_error(tables, rates, choice, draws, rng)
    points = (
        AtRates(m, f, naive if m == f == 0 else _known(total))
        for (m, f), total in zip(pairs, found, strict=True)
    )
    return LinkageSensitivity(method, naive, tuple(points))


def _rates(table: CaptureTable, pairs: Sequence[tuple[float, float]]) -> ErrorRates:
    counts: Floats = np.tile(table.vector, (len(pairs), 1))
    missed = np.array([m for m, _ in pairs])[:, None]
    recalls = np.repeat(1 - missed, len(table.lists), axis=1)
    false = [merges_of_persons(counts[k : k + 1], f)[0] for k, (_, f) in enumerate(pairs)]
    return ErrorRates(leaving(counts, recalls), np.zeros_like(recalls), np.array(false))


def _known(total: float) -> float | None:
    return float(total) if np.isfinite(total) else None


def _check(missed: Sequence[float], false: Sequence[float]) -> None:
    for option, rates in (("missed", missed), ("false", false)):
        if not rates or not all(0 <= r < 1 - LEAST_SHARE for r in rates):
            raise UsageRefused("EST-032", option=option, allowed=f"0 … {1 - LEAST_SHARE}")
