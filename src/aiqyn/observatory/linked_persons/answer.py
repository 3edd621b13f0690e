"""Who is who by number, as the place that sees the names says.

The observatory holds no names. What it takes is checked for that: a column more than the numbers
need, or a key that is no key, is refused.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused

WHO = ("list", "record_id")
KEYS = ("person_id", "case_person_id")
KEY = r"^[A-Z][0-9]{7,}$"


def read_persons(file: Path, agencies: frozenset[str]) -> pl.DataFrame:
    """`agency`, `record_id`, `person_id` of every record that was linked.

    Raises
    ------
    InputRefused (OBS-041) a column that does not belong there, (OBS-042) no such table, (OBS-043) a
    record twice, (OBS-044) no list is an agency of the observatory.
    """
    try:
        columns = pl.read_parquet_schema(file)
        strange = sorted(set(columns) - {*WHO, *KEYS})
        if strange:
            raise InputRefused("OBS-041", file=file.name, columns=", ".join(strange))
        told = pl.read_parquet(file, columns=[*WHO, "person_id"])
        told = told.select(pl.all().cast(pl.String))
    except (pl.exceptions.PolarsError, OSError):
        raise InputRefused("OBS-042", file=file.name) from None
    if told.null_count().sum_horizontal().item() or not told["person_id"].str.contains(KEY).all():
        raise InputRefused("OBS-042", file=file.name)
    if told.select(WHO).is_duplicated().any():
        raise InputRefused("OBS-043", file=file.name)
    ours = told.filter(pl.col("list").is_in(list(agencies)))
    if told.height and not ours.height:
        raise InputRefused("OBS-044", file=file.name, agencies=", ".join(sorted(agencies)))
    return ours.rename({"list": "agency"})
