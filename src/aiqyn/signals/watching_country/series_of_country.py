"""Every series of a country in one pass: persons by combination of dimensions and week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from aiqyn.signals.series.judged import Floats
from aiqyn.signals.watching_country.dimensions import attributes, subsets
from aiqyn.signals.watching_country.settings import WEEKS_OF_YEAR, WatchSettings

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CountrySeries:
    """The series that have a history.

    Attributes
    ----------
    cells : a row a series: `cell` (row), `size` (dimensions told), and a column a dimension, null
        where the series goes over all of its values
    weeks : of history and now
    long : `cell`, `week` (0 is the last whole week, counted back), `n` persons
    prompt : (windows, cells) of the history's persons, the share that would have been known at the
        same distance from the end of a window; NaN in no case, for each cell has a history
    before : (cells,) persons of the history
    thin : combinations that somebody belongs to, and too few to be judged
    """

    cells: pl.DataFrame
    weeks: int
    long: pl.DataFrame
    prompt: Floats
    before: Integers
    thin: int

    def counts(self, window: int) -> Floats:
        """(periods, cells) persons of each whole window, the last row now."""
        periods = self.weeks // window
        found = np.zeros((periods, self.cells.height))
        within = self.long.filter(pl.col("week") < periods * window)
        rows = periods - 1 - within["week"].to_numpy() // window
        np.add.at(found, (rows, within["cell"].to_numpy()), within["n"].to_numpy())
        return found

    def weekly(self, cells: Sequence[int]) -> Floats:
        """(52,) persons of some cells together in each of the latest weeks, the last first."""
        mine = self.long.filter(pl.col("cell").is_in(cells), pl.col("week") < WEEKS_OF_YEAR)
        return np.bincount(
            mine["week"].to_numpy(), mine["n"].to_numpy(), minlength=WEEKS_OF_YEAR
        ).astype(np.float64)


def country_series(
    persons: pl.DataFrame, country: str, as_of: date, settings: WatchSettings
) -> CountrySeries:
    """The series of persons detected by the last whole week and known on `as_of`.

    Parameters
    ----------
    persons : fields of the standard, with `date_detected` and `date_reported`; one row each
    """
    events = _events(persons, country, as_of, settings)
    weeks = 1 + int(events["week"].max() or 0)  # type: ignore[arg-type]  # a Polars scalar
    parts, thin = [], 0
    for subset in subsets(settings):
        cells, few = _cells(events, subset, settings)
        thin += few
        parts.append(cells)
    whole = pl.concat(parts, how="diagonal").with_row_index("cell")
    dims = list(settings.dimensions)
    cells = whole.select("cell", "size", *dims)
    long = whole.select("cell", "weekly").explode("weekly").unnest("weekly")
    prompt = whole.select(_prompt(w) for w in settings.windows).to_numpy().T
    return CountrySeries(
        cells,
        weeks,
        long.with_columns(pl.col("cell").cast(pl.Int64)),
        np.ascontiguousarray(prompt, dtype=np.float64),
        whole["before"].to_numpy().astype(np.int64),
        thin,
    )


def last_whole_week(as_of: date) -> date:
    """The Sunday on or before a day."""
    return as_of - timedelta((as_of.weekday() + 1) % 7)


def events_of(persons: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Persons detected by the last whole week, with the week counted back from it."""
    end = last_whole_week(as_of)
    back = (pl.lit(end) - pl.col("date_detected")).dt.total_days()
    return (
        persons.with_columns(back=back)
        .filter(pl.col("back") >= 0)
        .with_columns(week=pl.col("back") // 7)
    )


def _events(
    persons: pl.DataFrame, country: str, as_of: date, settings: WatchSettings
) -> pl.DataFrame:
    """A row a person: values of each dimension, week, and whether a window would have known it."""
    dated = events_of(persons, as_of)
    slack = (as_of - last_whole_week(as_of)).days
    delay = (pl.col("date_reported") - pl.col("date_detected")).dt.total_days()
    known = [
        (delay <= pl.col("back") % (7 * w) + slack).fill_null(True).alias(_prompt(w))
        for w in settings.windows
    ]
    return pl.concat([attributes(dated, country), dated.select("week", *known)], how="horizontal")


def _prompt(window: int) -> str:
    return f"prompt_{window}"


def _cells(
    events: pl.DataFrame, subset: Sequence[str], settings: WatchSettings
) -> tuple[pl.DataFrame, int]:
    """The cells of one combination of dimensions that have a history, and how many have too few."""
    prompts = [_prompt(w) for w in settings.windows]
    told = events.select(*subset, "week", *prompts)
    for name in subset:
        told = told.filter(pl.col(name).list.len() > 0).explode(name)
    past = pl.col("week") >= settings.left_out
    found = (
        told.with_columns(_=pl.lit(0))
        .group_by(["_", *subset], maintain_order=True)
        .agg(
            past.sum().alias("before"),
            pl.col("week").value_counts(sort=False, name="n").alias("weekly"),
            *(pl.col(name).filter(past).mean() for name in prompts),
        )
    )
    enough = found.filter(pl.col("before") >= settings.fewest_before)
    blank = pl.lit(None, dtype=pl.String)
    rest = [blank.alias(name) for name in settings.dimensions if name not in subset]
    kept = enough.with_columns(*rest, size=pl.lit(len(subset)))
    return kept.drop("_"), found.height - enough.height
