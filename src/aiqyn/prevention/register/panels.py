"""The panel of a registered programme: regions by periods, from records or its own file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects.outcome_draws import drawn_from_intervals
from aiqyn.prevention.effects.panel import NEVER, Floats, Ints, Panel
from aiqyn.prevention.effects.panel_files import Columns, read_panel
from aiqyn.prevention.register.periods import period_of, periods_between
from aiqyn.prevention.register.programme import Programme
from aiqyn.standard import coarse_age_group

RECORDED = "persons"  # the outcome's name where the records are counted
GROUP = {
    ("female", "18+"): "women",
    ("female", "0-17"): "girls",
    ("male", "18+"): "men",
    ("male", "0-17"): "boys",
}


def programme_panel(
    programme: Programme,
    victims: pl.DataFrame,
    regions: Sequence[str],
    years: tuple[int, int],
    folder: Path,
) -> Panel:
    """Persons detected for whom the programme is, by region and period; or its outcome file.

    Parameters
    ----------
    victims : a row a person: ``region``, ``date_detected``, ``sex``, ``age_group``, ``form_group``
        (codes, a list)
    regions : all that report; a silent region is not known, which is not zero
    years : first and last year of the records
    folder : of the register, where the outcome file lies

    Raises
    ------
    AnswerRefused PREV-074 a region of the programme does not report or is not in the file.
    InputRefused PREV-001 … PREV-009 for the outcome file.
    """
    panel = (
        _from_file(programme, folder)
        if programme.outcome_file
        else _from_records(programme, victims, regions, years)
    )
    if lacking := [p.region for p in programme.places if p.region not in panel.units]:
        raise AnswerRefused("PREV-074", programme=programme.code, region=", ".join(lacking))
    return _until(_started(panel, programme), programme)


def outcome_draws(
    programme: Programme, panel: Panel, rng: np.random.Generator
) -> tuple[Floats, ...]:
    """Draws of an estimated outcome from its intervals; none where there are no intervals."""
    file = programme.outcome_file
    if file is None or file.low is None or file.high is None:
        return ()
    low, high = panel.covariates[file.low], panel.covariates[file.high]
    return drawn_from_intervals(panel.outcome, low, high, rng)


def reached_by(programme: Programme, victims: pl.DataFrame) -> pl.DataFrame:
    """The persons whom the programme is for; of unknown sex or age nobody knows, so not counted."""
    ages = {age: coarse_age_group(age) for age in victims["age_group"].unique() if age != "unknown"}
    group = pl.concat_str("sex", pl.col("age_group").replace(ages), separator=" ")
    wanted = [" ".join(key) for key, name in GROUP.items() if name in programme.groups]
    forms = pl.col("form_group").list.set_intersection(list(programme.forms)).list.len() > 0
    return victims.filter(group.is_in(wanted) & forms)


def _from_records(
    programme: Programme, victims: pl.DataFrame, regions: Sequence[str], years: tuple[int, int]
) -> Panel:
    times = periods_between(*years, programme.period)
    units = tuple(sorted(regions))
    row, column = {u: i for i, u in enumerate(units)}, {t: i for i, t in enumerate(times)}
    counts = np.zeros((len(units), len(times)))
    days = reached_by(programme, victims).select("region", "date_detected").drop_nulls()
    for region, day in days.iter_rows():
        at = column.get(period_of(day, programme.period))
        if region in row and at is not None:
            counts[row[region], at] += 1
    return Panel(units, times, counts, np.full(len(units), NEVER), outcome_name=RECORDED)


def _from_file(programme: Programme, folder: Path) -> Panel:
    file = programme.outcome_file
    assert file is not None
    beside = tuple(name for name in (file.low, file.high) if name)
    return read_panel(folder / file.name, Columns("region", "period", file.outcome, None, beside))


def _started(panel: Panel, programme: Programme) -> Panel:
    """The start of a region is the period in which the programme began there."""
    since = {place.region: place.since for place in programme.places}
    starts = np.array([_place(since.get(u), panel, programme) for u in panel.units], dtype=np.int64)
    late: Ints = np.greater_equal(starts, len(panel.times))
    always = starts == 0
    told = panel.with_starts(np.where(late, NEVER, starts)).only(~always)
    return replace(told, always=int(always.sum()), after=int(late.sum()))


def _place(day: date | None, panel: Panel, programme: Programme) -> int:
    if day is None:
        return NEVER
    begun = period_of(day, programme.period)
    return sum(1 for time in panel.times if time < begun)


def _until(panel: Panel, programme: Programme) -> Panel:
    """The periods before the programme first ends anywhere; what is switched off is no panel."""
    ends = [period_of(p.until, programme.period) for p in programme.places if p.until]
    if not ends:
        return panel
    kept = sum(1 for time in panel.times if time < min(ends))
    return panel.until(kept) if 0 < kept < len(panel.times) else panel
