"""The whole watch: series, clusters of neighbouring regions, new and rising combinations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from aiqyn.signals.scan.neighbouring import Neighbours
from aiqyn.signals.watching_country.clusters.with_clusters import with_clusters
from aiqyn.signals.watching_country.new_patterns import with_new_patterns
from aiqyn.signals.watching_country.settings import WatchSettings, watch_settings
from aiqyn.signals.watching_country.signal import CountryWatch
from aiqyn.signals.watching_country.watching import watch_country


def whole_watch(
    persons: pl.DataFrame,
    country: str,
    as_of: date,
    beside: Neighbours,
    *,
    founded: Mapping[str, date] | None = None,
    settings: WatchSettings | None = None,
    rng: np.random.Generator,
) -> CountryWatch:
    """Everything that a run over a country looks for; parameters as of the three.

    Of the settings, `clusters` of 0 leaves neighbouring regions out, `new_patterns` of 0 new
    combinations.
    """
    chosen = settings or watch_settings()
    watch = watch_country(persons, country, as_of, founded=founded, settings=chosen, rng=rng)
    if chosen.clusters:
        watch = with_clusters(
            watch, persons, country, beside, founded=founded, settings=chosen, rng=rng
        )
    if chosen.new_patterns:
        watch = with_new_patterns(watch, persons, country, settings=chosen, rng=rng)
    return watch
