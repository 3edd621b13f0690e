"""Rules as small tables.

A line is a record, then ``→``, then a verdict for each definition named in the head:

    age | acts | means | purposes → palermo | kz
    24  | recruitment | none | forced_begging → not shown: means | trafficking

``—`` not recorded · ``none`` recorded as absent · codes joined by ``+``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from aiqyn.standard.classifier import classify

Rules = Callable[..., None]
SCHEMA = {"id": pl.Int64, "age": pl.Float64} | dict.fromkeys(
    ("acts", "means", "purposes"), pl.List(pl.String)
)


@pytest.fixture(scope="session")
def rules() -> Rules:
    """Check every line of a table; all that differ are told at once."""
    return check


def check(table: str, *, on: date | None = None) -> None:
    head, *lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    names = [name.strip() for name in head.split("→")[1].split("|")]
    rows = [line.split("→") for line in lines]
    records = pl.DataFrame(
        [_record(n, said) for n, (said, _) in enumerate(rows)], schema=SCHEMA, orient="row"
    )
    found = classify(records, names, on=on)
    wrong = []
    for n, (said, wanted) in enumerate(rows):
        ours = [_written(row) for row in found.filter(pl.col("id") == n).iter_rows(named=True)]
        asked = [" ".join(cell.split()) for cell in wanted.split("|")]
        if ours != asked:
            wrong.append(f"{said.strip()} → {' | '.join(ours)}   (wanted {' | '.join(asked)})")
    assert not wrong, "\n" + "\n".join(wrong)
    assert rows


def _record(n: int, said: str) -> tuple[object, ...]:
    age, *cells = [cell.strip() for cell in said.split("|")]
    codes = [None if c == "—" else [code.strip() for code in c.split("+")] for c in cells]
    return (n, None if age == "—" else float(age), *codes)


def _written(row: dict[str, object]) -> str:
    verdict = str(row["verdict"]).replace("_", " ")
    missing = row["missing"]
    assert isinstance(missing, list)
    return f"{verdict}: {', '.join(missing)}" if missing else verdict
