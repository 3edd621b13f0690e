"""What a linkage was when an audit was drawn from it: records and persons as codes.

Answers speak of records by their numbers. When the lists are linked anew, a number may be somebody
else's, or its record be held together with others. So what the linkage was is kept, without a name,
and an answer counts where the records that it speaks of are what they were.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import polars as pl

from aiqyn.linkage.audit.answers import Answers, Record
from aiqyn.linkage.known_persons import WHO
from aiqyn.linkage.lists import SHOWN

SHORT, LONG = 4, 6  # bytes of a record's code, which tells nobody its record, and of a linkage's
BETWEEN = "\x1f"


def linkage_as_codes(records: pl.DataFrame) -> pl.DataFrame:
    """`list`, `record_id`, `content` (code of the record as sent), `person` (its first record).

    Parameters
    ----------
    records : those that may be shown: the columns of `SHOWN` and `person_id`
    """
    table = records.sort(*WHO)
    content = [_code(map(str, row), SHORT) for row in table.select(SHOWN).iter_rows()]
    told = table.select(*WHO, pl.Series("content", content, dtype=pl.String), person="person_id")
    return _parted(told)


def code_of(linkage: pl.DataFrame) -> str:
    """The code of a whole linkage; a letter before it keeps Excel from taking it for a number."""
    return "L" + _code((linkage.write_csv(),), LONG)


def stands(answers: Answers, then: pl.DataFrame, now: pl.DataFrame) -> bool:
    """Whether the records that the answers speak of are what they were, and linked as they were.

    Parameters
    ----------
    then, now : as `linkage_as_codes` tells them
    """
    asked = _who(answers.mates)
    named = _who(record for mates in answers.mates.values() for record in mates)
    about = pl.concat([asked, named, _held_with(asked, then), _held_with(asked, now)]).unique()
    before, after = (_parted(linkage.join(about, on=WHO, how="semi")) for linkage in (then, now))
    return before.height == about.height and before.equals(after)


def _held_with(asked: pl.DataFrame, linkage: pl.DataFrame) -> pl.DataFrame:
    """Every record of the persons of whom a record was asked for."""
    persons = linkage.join(asked, on=WHO, how="semi")["person"].unique()
    return linkage.filter(pl.col("person").is_in(persons.implode())).select(WHO)


def _parted(linkage: pl.DataFrame) -> pl.DataFrame:
    """Records of a linkage in order, each person known by the place of the first of them."""
    placed = linkage.sort(*WHO).with_row_index("place")
    return placed.select(*WHO, "content", person=pl.col("place").min().over("person"))


def _who(records: Iterable[Record]) -> pl.DataFrame:
    return pl.DataFrame(list(records), schema=dict.fromkeys(WHO, pl.String), orient="row")


def _code(texts: Iterable[str], size: int) -> str:
    return blake2b(BETWEEN.join(texts).encode(), digest_size=size).hexdigest()
