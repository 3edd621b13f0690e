"""Keys of persons that stay the same from year to year; a later merge or split leaves a trace.

A person keeps the key under which most of the records were known before (the oldest key among
equals). New keys go on counting from the highest one given so far, so a key is never given twice.
"""

from __future__ import annotations

import polars as pl

CHANGES = {"change": pl.String, "old_key": pl.String, "new_key": pl.String, "records": pl.Int64}


def person_keys(persons: pl.DataFrame, known: pl.DataFrame | None, prefix: str) -> pl.DataFrame:
    """A key for each record's person.

    Parameters
    ----------
    persons : `list`, `record_id`, `person` (number of the person, 0 … in the order of records)
    known : `list`, `record_id`, `key`: keys given before; None the first time
    prefix : first letter of the keys: ``P`` counting, ``C`` casework

    Returns
    -------
    `list`, `record_id`, `key`, in the order of `persons`.
    """
    known = _nothing() if known is None else known
    before = persons.join(known, on=["list", "record_id"], how="left")
    kept = _kept(before)
    fresh = persons.select("person").unique().join(kept, on="person", how="anti").sort("person")
    last = known["key"].str.slice(1).cast(pl.Int64).max() or 0
    number = pl.int_range(1, pl.len() + 1) + last
    given = fresh.select("person", (prefix + number.cast(pl.String).str.zfill(7)).alias("key"))
    keys = pl.concat([kept, given])
    return persons.join(keys, on="person", how="left").select("list", "record_id", "key")


def key_changes(known: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """What became of keys given before: ``merged`` into another, ``split`` off into another.

    Parameters
    ----------
    known, now : `list`, `record_id`, `key`

    Returns
    -------
    `change`, `old_key`, `new_key`, `records` (known records that moved), sorted.
    """
    moved = (
        known.rename({"key": "old_key"})
        .join(now.rename({"key": "new_key"}), on=["list", "record_id"])
        .filter(pl.col("old_key") != pl.col("new_key"))
    )
    lives = pl.col("old_key").is_in(now["key"].unique().implode())
    change = pl.when(lives).then(pl.lit("split")).otherwise(pl.lit("merged"))
    counted = moved.with_columns(change.alias("change")).group_by("change", "old_key", "new_key")
    return counted.agg(pl.len().cast(pl.Int64).alias("records")).select(*CHANGES).sort(pl.all())


def _kept(before: pl.DataFrame) -> pl.DataFrame:
    """The key that each person keeps: of the most records, then the oldest; each key once."""
    votes = before.drop_nulls("key").group_by("person", "key").len("votes")
    ranked = votes.sort("votes", "key", "person", descending=[True, False, False])
    by_person = ranked.unique("person", keep="first", maintain_order=True)
    return by_person.unique("key", keep="first", maintain_order=True).select("person", "key")


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={"list": pl.String, "record_id": pl.String, "key": pl.String})
