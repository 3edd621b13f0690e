"""The watch over a country: every series, its history, alarms under control, few signals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl

from aiqyn.errors import AnswerRefused
from aiqyn.signals.series.judged import Caution, Floats
from aiqyn.signals.watching_country.bars import last_year
from aiqyn.signals.watching_country.dimensions import attributes
from aiqyn.signals.watching_country.distinct import Distinct, Scene, distinct_signals
from aiqyn.signals.watching_country.false_alarms import alarms, shares_of_false
from aiqyn.signals.watching_country.gaps import silent_weeks
from aiqyn.signals.watching_country.judging import History, judged_windows
from aiqyn.signals.watching_country.predicted import Predicted
from aiqyn.signals.watching_country.reported_share import KnownShare, known_share
from aiqyn.signals.watching_country.rise import weeks_since
from aiqyn.signals.watching_country.series_of_country import (
    CountrySeries,
    country_series,
    events_of,
    last_whole_week,
)
from aiqyn.signals.watching_country.settings import WatchSettings, watch_settings
from aiqyn.signals.watching_country.signal import CountryWatch, Signal

SHOWN_WEEKS = 52


def watch_country(
    persons: pl.DataFrame,
    country: str,
    as_of: date,
    *,
    founded: Mapping[str, date] | None = None,
    settings: WatchSettings | None = None,
    rng: np.random.Generator,
) -> CountryWatch:
    """What rises in a country, in persons detected by the last whole week and known on `as_of`.

    Parameters
    ----------
    persons : one row each: fields of the standard, `date_detected`, `date_reported`
    country : its code
    founded : first day of places that have not always been there

    Raises
    ------
    AnswerRefused SIG-092 when there is less than a year and a half of history.
    """
    settings = settings or watch_settings()
    until = last_whole_week(as_of)
    in_time = (pl.col("date_reported") <= as_of) & (pl.col("date_detected") <= until)
    known = persons.with_row_index("given").filter(in_time)
    if not known.height:
        raise AnswerRefused("SIG-092", weeks=0)
    series = country_series(known, country, as_of, settings)
    share = known_share(known, series, as_of, settings, rng)
    silent = silent_weeks(series, settings)
    history = History(as_of, silent, founded or {})
    windows = judged_windows(series, share, history, settings)
    scene = _scene(known, country, as_of, series, windows, settings)
    found = distinct_signals(alarms(windows, scene.sizes, settings), scene)
    q = shares_of_false([one.alarm.strength for one in found])
    signals = tuple(
        _signal(one, share_of_false, scene, series, share, until, known["given"])
        for one, share_of_false in zip(found, q, strict=True)
        if share_of_false <= settings.largest_q
    )
    tested = int(np.any([np.isfinite(w.mean) for w in windows], axis=0).sum())
    told = (Caution("SIG-188", {"n": len(silent)}),) if len(silent) else ()
    return CountryWatch(
        as_of, until, series.cells.height + series.thin, tested, settings.expected, signals,
        (*share.cautions, *told),
    )  # fmt: skip


def _scene(
    known: pl.DataFrame,
    country: str,
    as_of: date,
    series: CountrySeries,
    windows: tuple[Predicted, ...],
    settings: WatchSettings,
) -> Scene:
    dated = events_of(known, as_of)
    values = pl.concat([attributes(dated, country), dated.select("week")], how="horizontal")
    sizes = np.maximum(series.cells["size"].to_numpy().astype(np.int64), 1)
    return Scene(values, series.cells, windows, sizes, settings)


def _signal(
    one: Distinct,
    q: float,
    scene: Scene,
    series: CountrySeries,
    share: KnownShare,
    until: date,
    given: pl.Series,
) -> Signal:
    alarm, predicted = one.alarm, scene.windows[one.alarm.window]
    weeks = scene.settings.windows[alarm.window]
    weekly = _weekly(series, alarm.cell)
    known = float(share.share[alarm.window, alarm.cell])
    usual = float(predicted.expected[alarm.cell]) / known / weeks
    start = weeks_since(weekly, usual)
    low, high = predicted.bounds(alarm.cell)
    shares = share.of_fours(alarm.cell)
    return Signal(
        one.cell,
        weeks,
        until - timedelta(7 * start + 6),
        int(predicted.observed[alarm.cell]),
        float(predicted.expected[alarm.cell]),
        low,
        high,
        known,
        alarm.pvalue,
        alarm.strength,
        q,
        tuple(given.gather(sorted(one.members)).to_list()),
        usual,
        last_year(weekly, shares, usual, float(predicted.phi[alarm.cell]), until),
        tuple(scene.cell(part) for part in one.parts),
    )


def _weekly(series: CountrySeries, cell: int) -> Floats:
    mine = series.long.filter(pl.col("cell") == cell, pl.col("week") < SHOWN_WEEKS)
    found = np.zeros(SHOWN_WEEKS)
    found[mine["week"].to_numpy()] = mine["n"].to_numpy()
    return found
