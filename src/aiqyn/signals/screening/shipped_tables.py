"""The tables of `data/screening`: rows as they stand in the files."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO

Row = dict[str, str]


@cache
def shipped_rows(name: str) -> tuple[Row, ...]:
    """The rows of a table by its name, ``answers.csv``."""
    file = files("aiqyn").joinpath("data", "screening", name)
    return tuple(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))
