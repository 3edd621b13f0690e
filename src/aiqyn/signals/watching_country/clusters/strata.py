"""What a cluster of regions is looked for in: the regions' counts of one form, or of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from aiqyn.signals.series.judged import Floats
from aiqyn.signals.watching_country.judged_country import JudgedCountry
from aiqyn.signals.watching_country.series_of_country import Integers
from aiqyn.signals.watching_country.settings import WatchSettings


@dataclass(frozen=True, slots=True)
class Stratum:
    """The regions' latest window of one form.

    Attributes
    ----------
    form : code of a form or of a group; None for all of them
    window : which length of window
    cells : rows of the series, one a region
    places : codes of the regions that were judged
    observed : (places,) persons known
    mean, phi : (places,) of the predictive negative binomial, without what all regions share
    spread : relative standard deviation of what all regions share: how much is known by now
    """

    form: str | None
    window: int
    cells: Integers
    places: tuple[str, ...]
    observed: Floats
    mean: Floats
    phi: Floats
    spread: float

    def sets(self, of: Sequence[Sequence[str]]) -> Integers:
        """(sets, most) rows of places of each set, -1 after the last; sets judged in full only."""
        at = {place: row for row, place in enumerate(self.places)}
        kept = [[at[place] for place in one] for one in of if all(p in at for p in one)]
        most = max((len(one) for one in kept), default=0)
        padded = [one + [-1] * (most - len(one)) for one in kept]
        return np.array(padded, dtype=np.int64).reshape(len(kept), most)

    def together(self, rows: Integers) -> tuple[float, float]:
        """Mean, and variance over mean, of what some places lead one to expect together."""
        mean = self.mean[rows]
        total = float(mean.sum())
        return total, float((mean * self.phi[rows]).sum() / total) + total * self.spread**2

    def drawn(self, size: int, rng: np.random.Generator) -> Floats:
        """(size, places) counts where nothing changed; the delay is common to all regions."""
        common = np.ones((size, 1))
        if self.spread > 0:
            common = rng.gamma(self.spread**-2, self.spread**2, (size, 1))
        over = np.maximum(self.phi - 1, 1e-9)
        return rng.poisson(rng.gamma(common * self.mean / over, over)).astype(np.float64)


def strata(judged: JudgedCountry, settings: WatchSettings) -> Iterator[Stratum]:
    """All forms together, then each form of which enough persons are expected by the history."""
    cells = judged.series.cells.filter(pl.col("place").is_not_null())
    forms = cells["form"].unique(maintain_order=True).to_list()
    for window in range(len(settings.windows)):
        for form in forms:
            mine = cells.filter(pl.col("form").eq_missing(form)).sort("place")
            found = _stratum(judged, mine, form, window)
            if len(found.places) > 1 and found.mean.sum() >= settings.enough_for_a_cluster:
                yield found


def _stratum(judged: JudgedCountry, mine: pl.DataFrame, form: str | None, window: int) -> Stratum:
    predicted, spread = judged.windows[window], float(judged.share.spread[window])
    mine = mine.filter(pl.Series(np.isfinite(predicted.mean[mine["cell"].to_numpy()])))
    at = mine["cell"].to_numpy().astype(np.int64)
    mean = predicted.mean[at]
    own = np.maximum(predicted.phi[at] - mean * spread**2, 1.0)
    return Stratum(
        form, window, at, tuple(mine["place"]), predicted.observed[at], mean, own, spread
    )
