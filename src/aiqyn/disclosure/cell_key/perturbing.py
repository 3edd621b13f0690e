"""Counts with the noise of their cells."""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.disclosure.cell_key.keys import KEY, cell_keys_of_names
from aiqyn.disclosure.cell_key.noise_table import NoiseTable
from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.long_tables.reading import LOW, LongTable


def perturbed(cells: pl.DataFrame, table: NoiseTable) -> pl.DataFrame:
    """The cells of `cell_keys_of_records` with their noise added to ``n``; the key is dropped."""
    n = cells["n"].to_numpy()
    return cells.drop(KEY).with_columns(
        pl.Series("n", n + table.draw(n, cells[KEY].to_numpy()), dtype=pl.Int64)
    )


def perturbed_table(true: LongTable, table: NoiseTable, secret: bytes) -> np.ndarray:
    """(cells,) counts of a long table with noise keyed by what each cell is called.

    Totals have noise of their own: parts need not add up, and no sum can be used to take noise off.
    """
    rows = true.cells.select(true.dims).iter_rows()
    names = [[(d, c) for d, c in zip(true.dims, r, strict=True) if c != ALL] for r in rows]
    n = true.cells[LOW].to_numpy().astype(np.int64)
    return np.asarray(n + table.draw(n, cell_keys_of_names(names, secret)))
