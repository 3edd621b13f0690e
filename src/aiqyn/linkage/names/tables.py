"""The tables about names: ``data/linkage/*.csv``, each with its source in ``SOURCE.md``."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/linkage/<name>.csv`` under their headings; an empty cell is ""."""
    source = files("aiqyn").joinpath("data", "linkage", f"{name}.csv")
    return tuple(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


@cache
def column(name: str, heading: str) -> tuple[str, ...]:
    """One column of a table, in the order of the file."""
    return tuple(row[heading] for row in rows(name))
