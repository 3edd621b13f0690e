"""A cluster of neighbouring regions as a signal: its counts, its last year, its regions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from aiqyn.signals.series.judged import Floats
from aiqyn.signals.watching_country.bars import BARS, WEEKS, last_year
from aiqyn.signals.watching_country.clusters.rising_together import Rising, regions_of
from aiqyn.signals.watching_country.dimensions import TOGETHER
from aiqyn.signals.watching_country.judged_country import JudgedCountry
from aiqyn.signals.watching_country.predicted import quantile
from aiqyn.signals.watching_country.rise import monday_since
from aiqyn.signals.watching_country.signal import RegionOfCluster, Signal


def cluster_signal(
    one: Rising, mine: pl.DataFrame, q: float, judged: JudgedCountry, windows: Sequence[int]
) -> Signal:
    """The cluster with its counts.

    Parameters
    ----------
    mine : everybody known of its regions and form: `row` among the persons given, `place`, `week`
        counted back
    windows : weeks of each length
    """
    stratum, weeks = one.stratum, windows[one.stratum.window]
    cells = stratum.cells[one.rows]
    expected = judged.windows[stratum.window].expected[cells]
    whole = expected / judged.share.share[stratum.window, cells]
    mean, phi = stratum.together(one.rows)
    usual = float(whole.sum()) / weeks
    now = mine.filter(pl.col("week") < weeks)
    weekly = _weekly(mine)
    fours = np.average([judged.share.of_fours(cell) for cell in cells], axis=0, weights=whole)
    cell = {"place": TOGETHER.join(regions_of(one)), "form": stratum.form}
    return Signal(
        cell={name: value for name, value in cell.items() if value is not None},
        weeks=weeks,
        since=monday_since(weekly, usual, judged.until),
        observed=now.height,
        expected=float(expected.sum()),
        low=quantile(0.975, mean, phi),
        high=quantile(0.025, mean, phi),
        share=float(expected.sum() / whole.sum()),
        pvalue=one.pvalue,
        strength=one.strength,
        q=q,
        persons=tuple(now["row"].to_list()),
        usual=usual,
        bars=last_year(weekly, fours, usual, phi, judged.until),
        kind="cluster",
        regions=tuple(_regions(one, now, expected)),
    )


def _weekly(mine: pl.DataFrame) -> Floats:
    """(52,) persons of the latest weeks, the last first."""
    recent = mine.filter(pl.col("week") < WEEKS * BARS)["week"].to_numpy()
    return np.bincount(recent, minlength=WEEKS * BARS).astype(np.float64)


def _regions(one: Rising, now: pl.DataFrame, expected: Floats) -> Iterator[RegionOfCluster]:
    for code, usual in zip(regions_of(one), expected, strict=True):
        yield RegionOfCluster(code, int(now["place"].list.contains(code).sum()), float(usual))
