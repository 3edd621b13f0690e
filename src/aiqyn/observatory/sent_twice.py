"""What an agency sent twice: the same file under two names, the same record in two files.

Without this a copy left in a folder would add a person for each of its records without a code.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from aiqyn.observatory.manifest import file_sha256

# A record number alone is not enough: many agencies begin their numbers anew each year.
RECORD = ("agency", "record_id", "date_detected")


def copies(files: Iterable[Path]) -> dict[Path, Path]:
    """Each file whose bytes an earlier one has -> that earlier file."""
    first: dict[str, Path] = {}
    found = {}
    for file in files:
        earlier = first.setdefault(file_sha256(file), file)
        if earlier is not file:
            found[file] = earlier
    return found


def once(records: pl.DataFrame) -> pl.DataFrame:
    """Records without those that a later file of the same agency, in order of name, sends again.

    The same record is the same number and day of detection at one agency; what was sent last
    holds, as a corrected file replaces the first.
    """
    parts = pl.col("source_id").str.split(":")
    named = records.with_columns(file=parts.list.get(1))
    numbered = pl.all_horizontal(pl.col(name).is_not_null() for name in RECORD)
    last = pl.col("file") == pl.col("file").max().over(RECORD)
    return named.filter(~numbered | last).drop("file")
