"""The pattern of hidden cells by tau-ARGUS (pytauargus), the engine that statistical offices know.

It only proposes: its pattern goes through the same attack as our own, and cells that it leaves open
are closed. Its records are made from the table: one for each person counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl

from aiqyn.disclosure.long_tables.axes import STEP, TOP, Axis, axes_of
from aiqyn.disclosure.long_tables.reading import LOW, LongTable
from aiqyn.disclosure.rules import Rules
from aiqyn.errors import AnswerRefused, UsageRefused

WITHHELD = ("U", "P", "M")  # unsafe, protected by hand, secondary
RANGE = 20  # per cent; the safety range of its frequency rule
SUPPRESS = "MOD(1)"  # modular, by its open solver


def hidden_by_argus(table: LongTable, rules: Rules) -> np.ndarray:
    """(cells,) whether tau-ARGUS hides each cell, in the order of `LongTable.cells`.

    Raises
    ------
    UsageRefused (DISC-034) when pytauargus is not installed; AnswerRefused (DISC-036) when it fails
    on the table, as it does on a single nested axis.
    """
    if find_spec("pytauargus") is None:
        raise UsageRefused("DISC-034")
    cells, axes = axes_of(table.cells, table.dims)
    coded = [_codes(axis) for axis in axes]
    records = _records(cells, axes, coded)
    with TemporaryDirectory() as folder, _standing_in(Path(folder)):
        rows = _asked(records, axes, coded, rules, Path(folder))
    names = [axis.name for axis in axes]
    withheld = {tuple(r[name] for name in names) for r in rows if r["status"] in WITHHELD}
    seen = zip(*(_spelt(cells[a.name], c) for a, c in zip(axes, coded, strict=True)), strict=True)
    return np.array([place in withheld for place in seen])


def _codes(axis: Axis) -> dict[str, str]:
    """Path -> a short code; the total has tau-ARGUS' own word."""
    below = sorted(path for path in axis.paths if path != TOP)
    return {TOP: "Total", **{path: f"c{at:05}" for at, path in enumerate(below)}}


def _spelt(paths: pl.Series, codes: dict[str, str]) -> list[str]:
    return [codes[path] for path in paths]


def _records(
    cells: pl.DataFrame, axes: Sequence[Axis], coded: Sequence[dict[str, str]]
) -> pl.DataFrame:
    """One row a person of the innermost cells."""
    inner = pl.lit(True)
    for axis in axes:
        inner = inner & ~pl.col(axis.name).is_in([TOP, *axis.parents.values()])
    kept = cells.filter(inner & (pl.col(LOW) > 0))
    told = {a.name: _spelt(kept[a.name], c) for a, c in zip(axes, coded, strict=True)}
    names = pl.DataFrame({**told, "_n": kept[LOW]})
    return names.with_columns(pl.lit(1).repeat_by("_n").alias("one")).drop("_n").explode("one")


def _asked(
    records: pl.DataFrame,
    axes: Sequence[Axis],
    coded: Sequence[dict[str, str]],
    rules: Rules,
    folder: Path,
) -> list[dict[str, Any]]:
    import pytauargus

    nested = {
        axis.name: _hierarchy(axis, codes, folder)
        for axis, codes in zip(axes, coded, strict=True)
        if len(axis.columns) > 1
    }
    try:
        done = pytauargus.protect(
            {name: records[name].to_list() for name in records.columns},
            [axis.name for axis in axes],
            "one",
            safety_rules=f"FREQ({rules.threshold},{RANGE})",
            suppress=SUPPRESS,
            hrc=nested or None,
            totcode="Total",
            workdir=str(folder),
        )
    except pytauargus.batch.BatchError:
        raise AnswerRefused("DISC-036") from None
    rows: list[dict[str, Any]] = done.tables[0].rows
    return rows


def _hierarchy(axis: Axis, codes: dict[str, str], folder: Path) -> str:
    """The file that says which code stands below which: an @ for each step down."""
    below = sorted(path for path in axis.paths if path != TOP)
    lines = ["@" * (path.count(STEP) - 1) + codes[path] for path in below]
    file = folder / f"{axis.name}.hrc"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


@contextmanager
def _standing_in(folder: Path) -> Iterator[None]:
    """Tau-ARGUS leaves its logs where it stands."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
