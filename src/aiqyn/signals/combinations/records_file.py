"""A file of records: a row a record, with a date and attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.signals.combinations.known_records import ROW
from aiqyn.signals.series.judged import Caution
from aiqyn.signals.series.series_file import EMPTY

FORMS = ("%Y-%m-%d", "%d.%m.%Y")
FIRST_RECORD = 2  # rows of a file are numbered from 1, and the heading is the first


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """Records of a file whose date could be read, or that have none.

    Attributes
    ----------
    table : the column of dates, the attributes as text, and `_row`, the row of the file
    read : rows of the file
    cautions : how many dates could not be read
    """

    table: pl.DataFrame
    read: int
    cautions: tuple[Caution, ...] = ()


def read_records(
    path: Path, date: str, attributes: Sequence[str], beside: Sequence[str] = ()
) -> RecordsFile:
    """The records of a CSV file.

    Parameters
    ----------
    beside : further columns that are kept where the file has them

    Raises
    ------
    UsageRefused: columns named twice, or none (SIG-080). InputRefused: not readable (SIG-077),
    columns or rows missing (SIG-078), no date that can be read (SIG-079).
    """
    if not attributes or len({date, *attributes}) != len(attributes) + 1:
        raise UsageRefused("SIG-080", columns=", ".join(attributes) or "…")
    try:
        raw = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as why:
        raise InputRefused("SIG-077", file=path.name) from why
    lacking = [name for name in (date, *attributes) if name not in raw.columns]
    if lacking or not raw.height:
        raise InputRefused("SIG-078", file=path.name, columns=", ".join(lacking or ["…"]))
    given = raw[date].str.strip_chars().replace(dict.fromkeys(EMPTY))
    days = _dates(given)
    if days.null_count() == raw.height:
        raise InputRefused("SIG-079", file=path.name, column=date)
    kept = [name for name in beside if name in raw.columns and name not in attributes]
    table = raw.select(*attributes, *kept).with_columns(days.alias(date))
    odd = given.is_not_null() & days.is_null()
    rows = table.with_row_index(ROW, FIRST_RECORD).filter(~odd)
    told: tuple[Caution, ...] = ()
    if odd.any():
        first = int(odd.arg_true()[0]) + FIRST_RECORD
        told = (Caution("SIG-174", {"n": int(odd.sum()), "row": first}),)
    return RecordsFile(rows, raw.height, told)


def _dates(given: pl.Series) -> pl.Series:
    """Days as ISO or with points; a time of day is cut off."""
    day = given.str.slice(0, 10)
    iso, pointed = (day.str.to_date(form, strict=False, exact=True) for form in FORMS)
    return iso.zip_with(iso.is_not_null(), pointed)
