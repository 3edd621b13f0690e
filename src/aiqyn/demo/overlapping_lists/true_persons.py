"""The truth about overlapping lists: which record is whose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

FOLDER = "truth"


@dataclass(frozen=True, slots=True)
class Truth:
    """Whose the records are.

    Attributes
    ----------
    folder : where the lists stand, ``<list>.csv`` and ``<list>.parquet``
    lists : their names, in the order in which one may lead to the next
    population : persons in all, on a list or on none
    records : ``list, record_id, person``, the person's ``woman`` and ``age``, whether the record is
        ``sealed``, and marks of what was done to it (``hand, script, slip, date_fate`` …)
    """

    folder: Path
    lists: tuple[str, ...]
    population: int
    records: pl.DataFrame

    @property
    def files(self) -> tuple[Path, ...]:
        """The lists as CSV."""
        return tuple(self.folder / f"{name}.csv" for name in self.lists)

    @property
    def persons(self) -> int:
        """Persons on at least one list."""
        return self.records["person"].n_unique()

    def histories(self) -> pl.DataFrame:
        """True capture histories: a column of 0 and 1 for each list, and ``count``."""
        return histories(self.records, self.lists, "person")

    def __repr__(self) -> str:
        head = f"Truth: {self.records.height} records of {self.persons} persons"
        return f"{head}, of {self.population} in all, on {', '.join(self.lists)}"


def histories(records: pl.DataFrame, lists: tuple[str, ...], person: str) -> pl.DataFrame:
    """Capture histories of records with columns ``list`` and `person`, for `aiqyn estimate`."""
    on = (pl.col("list").eq(name).any().cast(pl.Int64).alias(name) for name in lists)
    held = records.group_by(person).agg(*on)
    counted = held.group_by(lists).agg(pl.len().cast(pl.Int64).alias("count"))
    return counted.sort(lists, descending=True)


def read_truth(folder: Path) -> Truth:
    """The truth that `write_lists` wrote."""
    records = pl.read_parquet(folder / FOLDER / "records.parquet")
    population = pl.read_parquet(folder / FOLDER / "persons.parquet").height
    lists = tuple(records["list"].unique(maintain_order=True))
    return Truth(folder, lists, population, records)
