"""Overlapping lists of invented persons, written to a folder, and the truth apart from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.demo.draws import Bools, Ints, Rng, stage
from aiqyn.demo.overlapping_lists import capture
from aiqyn.demo.overlapping_lists.capture import Overlap
from aiqyn.demo.overlapping_lists.national_number import holders, national_numbers
from aiqyn.demo.overlapping_lists.people import People, ages, draw_people
from aiqyn.demo.overlapping_lists.settings import Scheme, lists, toml
from aiqyn.demo.overlapping_lists.true_persons import FOLDER, Truth
from aiqyn.demo.overlapping_lists.written_records import written_records

FIRST_LIST = 10  # the number of the first list's stage of chance


def write_lists(
    folder: Path,
    *,
    persons: int = 20_000,
    seed: int = 1,
    scheme: Scheme = "first",
    overlap: Overlap | None = None,
    sealed: float = 0.0,
) -> Truth:
    """Write four lists of `persons` invented persons, each as CSV and Parquet.

    Parameters
    ----------
    persons : in all; about two thirds are on a list, with about 1.05 records a person in all
    scheme : whose spellings, slips and gaps: two that were made apart from each other
    overlap : how the lists overlap; by default as in ``lists.toml``
    sealed : share of records with a 1 in the column ``sealed``; at 0 there is no such column

    Returns
    -------
    The truth, also written to ``<folder>/truth/``: ``truth.parquet`` (list, record_id, person),
    ``records.parquet`` (with marks), ``persons.parquet``.
    """
    overlap = overlap or capture.usual_overlap()
    people = draw_people(stage(seed, 1), persons)
    on = capture.listed(stage(seed, 2), people, overlap)
    numbers = _numbers(stage(seed, 3), people)
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    marks = []
    for j, name in enumerate(lists()):
        rng = stage(seed, FIRST_LIST + j)
        who = capture.entries(rng, on[:, j], overlap.duplicates)
        table, marked = written_records(rng, people, numbers, who, name, scheme)
        seal = pl.Series("sealed", _seals(rng, len(who), sealed))
        _write(folder, name, table.with_columns(seal) if sealed else table)
        marks.append(marked.select(pl.lit(name).alias("list"), pl.all(), seal == 1))
    return _with_truth(folder, people, on, pl.concat(marks))


def _numbers(rng: Rng, people: People) -> pl.Series:
    share = toml("population")["people"]["national_number"]
    return national_numbers(people.born, people.woman, holders(rng, people.citizenship == 0, share))


def _seals(rng: Rng, n: int, share: float) -> Ints:
    return (rng.random(n) < share).astype(np.int64)


def _write(folder: Path, name: str, table: pl.DataFrame) -> None:
    table.write_csv(folder / f"{name}.csv")
    table.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)


def _with_truth(folder: Path, people: People, on: Bools, marks: pl.DataFrame) -> Truth:
    """The truth, and its files."""
    age = ages(people.born)
    who = marks["person"].to_numpy()
    records = marks.with_columns(pl.Series("woman", people.woman[who]), pl.Series("age", age[who]))
    everybody = pl.DataFrame(
        {
            "person": np.arange(len(people)),
            "woman": people.woman,
            "age": age,
            "foreigner": people.citizenship != 0,
        }
    ).with_columns(pl.Series(name, on[:, j]) for j, name in enumerate(lists()))
    tables = {
        "truth": records.select("list", "record_id", "person"),
        "records": records,
        "persons": everybody,
    }
    for name, table in tables.items():
        place = folder / FOLDER / f"{name}.parquet"
        table.write_parquet(place, compression="zstd", statistics=False)
    return Truth(folder, lists(), len(people), records)
