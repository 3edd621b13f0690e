"""Which records a signal rests on: one private file each, for those who may see the records."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from aiqyn.observatory.signals.known_persons import Known
from aiqyn.observatory.signals.register import write_private

FOLDER = "records"
COLUMNS = ("person_id", "source_id", "agency", "date_detected", "date_reported")


def write_records(folder: Path, id_: str, known: Known, persons: frozenset[str]) -> Path:
    """Ids, agencies and days of the records of a signal's persons; nothing else of the case."""
    mine = known.records.filter(pl.col("person_id").is_in(persons)).select(COLUMNS)
    file = folder / FOLDER / f"{id_}.csv"
    write_private(file, mine.sort("date_detected", "source_id").write_csv())
    return file
