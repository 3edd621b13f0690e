"""Errors of published sources that are known: what is done, and until when.

The entries stand in ``data/known_errors/<mapping>.yaml`` (told in its README). A correction whose
error is gone fails: it must not outlive its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aiqyn.errors import InputRefused
from aiqyn.words import say

if TYPE_CHECKING:
    import polars as pl

PLACE = ("country", "years")
Rows = Mapping[str, Any]  # column -> code or codes; years -> [first, last]


@dataclass(frozen=True, slots=True)
class KnownError:
    """One entry: which rows, what changes, and the conditions under which it holds."""

    id: str
    rows: Rows
    change: Mapping[str, str]
    reason: str
    told: str | None
    status: str
    found: str
    holds_while: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """What an entry did.

    Attributes
    ----------
    id : the entry
    rows : rows it covers
    changed : columns it changed; none where it only says what is wrong
    """

    id: str
    rows: int
    changed: tuple[str, ...]

    @property
    def code(self) -> str:
        """Of the caution: KNOWN-101 where something was mended, -102 where it is only told."""
        return "KNOWN-101" if self.changed else "KNOWN-102"

    def text(self, lang: str) -> str:
        """The reason, for a reader of the numbers."""
        return say(f"known.{self.id}", lang)


def mend(counts: pl.DataFrame, mapping: str) -> tuple[pl.DataFrame, tuple[Mended, ...]]:
    """The counts with the known errors of their source mended, and what was done.

    Parameters
    ----------
    counts : table ``published_counts``
    mapping : name of the mapping that read it

    Raises
    ------
    InputRefused (KNOWN-001) when an entry's error is no longer in the file.
    """
    import polars as pl

    done: list[Mended] = []
    mended = counts
    for entry in known_errors(mapping):
        if not _in_question(entry, counts):
            continue
        here = _chosen(entry.rows)
        for condition in entry.holds_while:
            if not _holds(condition, counts, entry.rows):
                raise InputRefused("KNOWN-001", mapping=mapping, entry=entry.id)
        mended = mended.with_columns(
            pl.when(here).then(pl.lit(code)).otherwise(pl.col(column)).alias(column)
            for column, code in entry.change.items()
        )
        done.append(Mended(entry.id, counts.filter(here).height, tuple(entry.change)))
    return mended, tuple(done)


@cache
def known_errors(mapping: str) -> tuple[KnownError, ...]:
    """The entries for a mapping; none where its source has no known error."""
    import yaml

    file = files("aiqyn").joinpath("data", "known_errors", f"{mapping}.yaml")
    if not file.is_file():
        return ()
    entries = yaml.safe_load(file.read_text("utf-8"))["entries"]
    return tuple(
        KnownError(**{**entry, "holds_while": tuple(entry["holds_while"])}) for entry in entries
    )


def _in_question(entry: KnownError, counts: pl.DataFrame) -> bool:
    """Whether the file holds the entry's country and years; an excerpt of others says nothing."""
    place = {key: entry.rows[key] for key in PLACE if key in entry.rows}
    return not counts.filter(_chosen(place)).is_empty()


def _chosen(rows: Rows) -> pl.Expr:
    import polars as pl

    wanted = [pl.lit(True)]
    for column, codes in rows.items():
        if column == "years":
            wanted.append(pl.col("year").is_between(*codes))
        else:
            wanted.append(pl.col(column).is_in(codes if isinstance(codes, list) else [codes]))
    return pl.all_horizontal(wanted)


def _holds(condition: Mapping[str, Any], counts: pl.DataFrame, rows: Rows) -> bool:
    values = counts.filter(_chosen(rows))["value"]
    if condition["kind"] == "printed":
        return len(values) > 0
    if condition["kind"] == "fractional":
        return bool((values != values.round(0)).any())
    return _sums(condition, counts)


def _sums(condition: Mapping[str, Any], counts: pl.DataFrame) -> bool:
    """Whether part / whole lies within the limits in every year in which both are printed."""
    import polars as pl

    part = _by_year(counts, condition["part"], "part")
    whole = _by_year(counts, condition["whole"], "whole")
    ratios = part.join(whole, on="year").select(pl.col("part") / pl.col("whole")).to_series()
    low, high = condition.get("at_least", 0), condition.get("at_most", float("inf"))
    return len(ratios) > 0 and bool(ratios.is_between(low, high).all())


def _by_year(counts: pl.DataFrame, rows: Rows, name: str) -> pl.DataFrame:
    import polars as pl

    shown = pl.col("high") if name == "whole" else pl.coalesce("value", "low")
    there = counts.filter(_chosen(rows), pl.col("high").is_not_null())
    return there.group_by("year").agg(shown.sum().alias(name))
