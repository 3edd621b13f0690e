"""Records to persons by the linkage's answer; records that are not in it as they were.

A record in the answer is of the person that the answer says, whatever its common code: the audit
speaks of the answer alone. One that is not in it goes with its code, to the person whom most
records of that code are held to be, and without a code stands for itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

RECORD = ("agency", "record_id")
PREFIX = "linked:"  # no common code begins so


@dataclass(frozen=True, slots=True)
class Joined:
    """The records with `person_code` as persons are to be counted.

    Attributes
    ----------
    named : records in the answer
    not_named : records that are not, or whose number two records of the agency have
    same_code, same_code_held : pairs of records in the answer with one common code, and those of
        them that the answer holds to be one person
    """

    records: pl.DataFrame
    named: int
    not_named: int
    same_code: int
    same_code_held: int


def joined(records: pl.DataFrame, answer: pl.DataFrame) -> Joined:
    """The records with the answer's persons in the place of their codes.

    Parameters
    ----------
    records : the standard's victims: `agency`, `record_id`, `person_code` and others
    answer : `agency`, `record_id`, `person_id`
    """
    keyed = answer.select(*RECORD, pl.format(PREFIX + "{}", "person_id").alias("named"))
    told = records.join(keyed, on=RECORD, how="left", maintain_order="left")
    alone = pl.len().over(RECORD) == 1
    told = told.with_columns(pl.when(alone).then("named").alias("named"))
    same, held = _pairs(told)
    told = told.join(_by_code(told), on="person_code", how="left", maintain_order="left")
    code = pl.coalesce("named", "of_code", "person_code").alias("person_code")
    named = told["named"].count()
    kept = told.with_columns(code).drop("named", "of_code")
    return Joined(kept, named, told.height - named, same, held)


def _by_code(told: pl.DataFrame) -> pl.DataFrame:
    """The person whom most records of a code are held to be; the first by key among equals."""
    votes = told.drop_nulls(["person_code", "named"]).group_by("person_code", "named").len()
    ranked = votes.sort("len", "named", descending=[True, False])
    first = ranked.unique("person_code", keep="first", maintain_order=True)
    return first.select("person_code", pl.col("named").alias("of_code"))


def _pairs(told: pl.DataFrame) -> tuple[int, int]:
    """Pairs of one code, and those of them that are held together."""
    both = told.drop_nulls(["person_code", "named"])
    return _within(both, ["person_code"]), _within(both, ["person_code", "named"])


def _within(rows: pl.DataFrame, by: list[str]) -> int:
    n = rows.group_by(by).len()["len"].cast(pl.Int64)
    return int((n * (n - 1) // 2).sum())
