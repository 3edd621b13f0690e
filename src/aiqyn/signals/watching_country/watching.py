"""The watch over a country: every series, its history, alarms under control, few signals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from aiqyn.signals.series.judged import Caution
from aiqyn.signals.watching_country.bars import last_year
from aiqyn.signals.watching_country.dimensions import attributes
from aiqyn.signals.watching_country.distinct import Distinct, Scene, distinct_signals
from aiqyn.signals.watching_country.false_alarms import alarms, shares_of_false
from aiqyn.signals.watching_country.judged_country import JudgedCountry, judged_country
from aiqyn.signals.watching_country.rise import monday_since
from aiqyn.signals.watching_country.seen_from import seen_from
from aiqyn.signals.watching_country.series_of_country import events_of
from aiqyn.signals.watching_country.settings import WatchSettings, watch_settings
from aiqyn.signals.watching_country.signal import CountryWatch, Signal


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
    judged = judged_country(persons, country, as_of, founded or {}, settings, rng)
    scene = _scene(judged, country, as_of, settings)
    found = distinct_signals(alarms(judged.windows, scene.sizes, settings), scene)
    q = shares_of_false([one.alarm.strength for one in found])
    signals = tuple(
        _signal(one, share_of_false, scene, judged)
        for one, share_of_false in zip(found, q, strict=True)
        if share_of_false <= settings.largest_q
    )
    tested = int(np.any([np.isfinite(w.mean) for w in judged.windows], axis=0).sum())
    silent = judged.silent
    told = (Caution("SIG-188", {"n": len(silent)}),) if len(silent) else ()
    series = judged.series.cells.height + judged.series.thin
    return CountryWatch(
        as_of=as_of,
        until=judged.until,
        series=series,
        tested=tested,
        expected_false_alarms=settings.expected,
        signals=signals,
        cautions=(*judged.share.cautions, *told),
        seen_from=seen_from(judged, settings),
    )


def _scene(judged: JudgedCountry, country: str, as_of: date, settings: WatchSettings) -> Scene:
    dated = events_of(judged.known, as_of)
    values = pl.concat([attributes(dated, country), dated.select("week")], how="horizontal")
    cells = judged.series.cells
    sizes = np.maximum(cells["size"].to_numpy().astype(np.int64), 1)
    return Scene(values, cells, judged.windows, sizes, settings)


def _signal(one: Distinct, q: float, scene: Scene, judged: JudgedCountry) -> Signal:
    alarm, predicted = one.alarm, judged.windows[one.alarm.window]
    weeks = scene.settings.windows[alarm.window]
    weekly = judged.series.weekly([alarm.cell])
    known = float(judged.share.share[alarm.window, alarm.cell])
    usual = float(predicted.expected[alarm.cell]) / known / weeks
    low, high = predicted.bounds(alarm.cell)
    shares = judged.share.of_fours(alarm.cell)
    phi = float(predicted.phi[alarm.cell])
    return Signal(
        cell=one.cell,
        weeks=weeks,
        since=monday_since(weekly, usual, judged.until),
        observed=int(predicted.observed[alarm.cell]),
        expected=float(predicted.expected[alarm.cell]),
        low=low,
        high=high,
        share=known,
        pvalue=alarm.pvalue,
        strength=alarm.strength,
        q=q,
        persons=tuple(judged.known["given"].gather(sorted(one.members)).to_list()),
        usual=usual,
        bars=last_year(weekly, shares, usual, phi, judged.until),
        within=tuple(scene.cell(part) for part in one.parts),
    )
