"""Clusters of neighbouring regions beside the series, as signals.

Persons whom a signal tells already are taken out before the search, so a loud region is not told
again as a part of a cluster; what is told of a cluster counts everybody in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from aiqyn.signals.scan.neighbouring import Neighbours
from aiqyn.signals.series.judged import Caution
from aiqyn.signals.watching_country.clusters.cluster_signal import cluster_signal
from aiqyn.signals.watching_country.clusters.rising_together import (
    Rising,
    regions_of,
    rising_together,
)
from aiqyn.signals.watching_country.dimensions import attributes
from aiqyn.signals.watching_country.false_alarms import shares_of_false
from aiqyn.signals.watching_country.judged_country import judged_country
from aiqyn.signals.watching_country.series_of_country import events_of
from aiqyn.signals.watching_country.settings import WatchSettings, watch_settings
from aiqyn.signals.watching_country.signal import CountryWatch

HALF = 0.5


def with_clusters(
    watch: CountryWatch,
    persons: pl.DataFrame,
    country: str,
    beside: Neighbours,
    *,
    founded: Mapping[str, date] | None = None,
    settings: WatchSettings | None = None,
    rng: np.random.Generator,
) -> CountryWatch:
    """The run with clusters of neighbouring regions, and the false alarms that they may add.

    Parameters
    ----------
    persons : those that the run was given
    beside : region -> regions that lie beside it; without any there is no search (SIG-194)
    """
    if not beside:
        return replace(watch, cautions=(*watch.cautions, Caution("SIG-194")))
    chosen = _by_region(settings or watch_settings())
    told = {row for signal in watch.signals for row in signal.persons}
    untold = persons.with_row_index("row").filter(~pl.col("row").is_in(told)).drop("row")
    judged = judged_country(untold, country, watch.as_of, founded or {}, chosen, rng)
    search = rising_together(judged, beside, chosen, rng)
    everybody = _by_week(persons, country, watch)
    kept = list(_distinct(search.rising, everybody, chosen))
    q = shares_of_false([one.strength for one, _ in kept])
    clusters = [
        cluster_signal(one, mine, share, judged, chosen.windows)
        for (one, mine), share in zip(kept, q, strict=True)
    ]
    return replace(
        watch,
        signals=tuple(sorted((*watch.signals, *clusters), key=lambda signal: signal.q)),
        expected_false_alarms=watch.expected_false_alarms + chosen.clusters,
        clusters=search.sets,
    )


def _by_region(settings: WatchSettings) -> WatchSettings:
    """Series of regions and forms, the thinnest too: they are judged together."""
    return replace(settings, dimensions=("place", "form"), longest=2, apart=(), fewest_before=1)


def _by_week(persons: pl.DataFrame, country: str, watch: CountryWatch) -> pl.DataFrame:
    """Everybody known: row, place and forms, week counted back."""
    known = persons.with_row_index("row").filter(pl.col("date_reported") <= watch.as_of)
    dated = events_of(known, watch.as_of)
    values = attributes(dated, country).select("place", "form")
    return pl.concat([values, dated.select("row", "week")], how="horizontal")


def _distinct(
    rising: Sequence[Rising], everybody: pl.DataFrame, settings: WatchSettings
) -> Iterator[tuple[Rising, pl.DataFrame]]:
    """Clusters and their persons; one of whose persons half were in a stronger one is the same."""
    told: list[set[int]] = []
    for one in rising:
        chosen = _belonging(one, everybody)
        mine = _rows(chosen, settings.windows[one.stratum.window])
        if any(len(mine & other) >= HALF * min(len(mine), len(other)) for other in told):
            continue
        told.append(_rows(chosen, max(settings.windows)))
        yield one, chosen


def _belonging(one: Rising, everybody: pl.DataFrame) -> pl.DataFrame:
    """Everybody of its regions and form, whenever they were detected."""
    there = pl.col("place").list.set_intersection(list(regions_of(one))).list.len() > 0
    form = one.stratum.form
    alike = pl.lit(value=True) if form is None else pl.col("form").list.contains(form)
    return everybody.filter(there, alike)


def _rows(chosen: pl.DataFrame, weeks: int) -> set[int]:
    return set(chosen.filter(pl.col("week") < weeks)["row"].to_list())
