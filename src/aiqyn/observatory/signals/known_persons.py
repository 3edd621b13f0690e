"""Persons as they were known on a day: only what had been reported by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from aiqyn.linkage import persons
from aiqyn.observatory.sent_twice import once


@dataclass(frozen=True, slots=True)
class Known:
    """Records and persons known on a day.

    Attributes
    ----------
    records : one row a record, with `person_id`
    persons : one row a person, with `date_reported` of the first report and `agency` that noticed
    dateless : records without one of the two dates, which no week can hold
    last : the last day on which somebody was detected, whenever it was reported
    """

    records: pl.DataFrame
    persons: pl.DataFrame
    dateless: int
    last: date | None


def known_on(victims: pl.DataFrame, as_of: date) -> Known:
    """What the agencies' records said on `as_of`.

    Parameters
    ----------
    victims : the standard's table of records, as intake made it
    """
    kept = once(victims)
    dated = kept.drop_nulls(["date_detected", "date_reported"])
    known = dated.filter(pl.col("date_reported") <= as_of, pl.col("date_detected") <= as_of)
    records = known.with_columns(person_id=pl.coalesce("person_code", "source_id"))
    first = records.group_by("person_id").agg(
        pl.col("date_reported").min(),
        pl.col("agency").sort_by("date_detected", "source_id").first(),
    )
    people = persons(known).join(first, on="person_id", how="inner", maintain_order="left")
    last = dated["date_detected"].max()
    return Known(
        records, people, kept.height - dated.height, last if isinstance(last, date) else None
    )


def last_day(victims: pl.DataFrame) -> date | None:
    """The last day on which somebody was detected."""
    last = victims["date_detected"].max()
    return last if isinstance(last, date) else None
