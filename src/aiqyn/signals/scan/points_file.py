"""A file of single events with their positions, for the surveillance of points."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.signals.scan.places_near import on_the_globe, over_the_plane, over_the_sphere
from aiqyn.signals.scan.point_clusters import Apart
from aiqyn.signals.scan.table_cells import numbers_of, position_columns, read_text
from aiqyn.signals.series.judged import Caution, Floats

WHEN = ("date", "t")


@dataclass(frozen=True, slots=True)
class Points:
    """Events in order of time.

    Attributes
    ----------
    at : (events, 2) positions as `apart` measures them
    apart : over the sphere in km, or over the plane in the file's unit
    shown : (events, 2) positions as the file has them
    when : date or number of each; empty where the file has neither, and its order is that of time
    cautions : events that were put in order
    """

    at: Floats
    apart: Apart
    shown: Floats
    when: tuple[str, ...]
    cautions: tuple[Caution, ...] = ()


def read_points(file: Path) -> Points:
    """The events of a CSV file `lon,lat[,date]` or `x,y[,t]`; a date is YYYY-MM-DD, `t` a number.

    Raises
    ------
    InputRefused: not readable (SIG-020), columns missing (SIG-021), a position that is no number
    (SIG-022) or beyond the globe (SIG-025), a date or number that is none (SIG-214).
    """
    raw = read_text(file, (), also=WHEN)
    pair = position_columns(raw, file)
    timed = next((name for name in WHEN if name in raw.columns), None)
    rows = numbers_of(raw.select(pair), pair, file, least=None)
    moved, when = 0, ()
    if timed is not None:
        order = _in_time(raw[timed], file)
        moved = int((order != pl.arange(len(order), eager=True)).sum())
        rows, when = rows[order], tuple(raw[timed][order])
    told = (Caution("SIG-215", {"n": moved}),) if moved else ()
    shown = rows.to_numpy()
    if pair == ["lon", "lat"]:
        return Points(on_the_globe(rows), over_the_sphere, shown, when, told)
    return Points(shown, over_the_plane, shown, when, told)


def _in_time(written: pl.Series, file: Path) -> pl.Series:
    """Rows by time; those of the same time keep their order."""
    number = written.name == "t"
    read = written.cast(pl.Float64, strict=False) if number else written.str.to_date(strict=False)
    if read.null_count():
        row = int(read.is_null().arg_true()[0]) + 2  # the heading is the first
        raise InputRefused("SIG-214", file=file.name, row=row, column=written.name)
    ordered = pl.DataFrame({"when": read}).with_row_index().sort("when", maintain_order=True)
    return ordered["index"].cast(pl.Int64)
