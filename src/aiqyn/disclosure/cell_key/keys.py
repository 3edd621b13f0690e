"""Keys of records and cells: spread evenly below 2**64, made only with a secret.

The key of a cell is the sum of the keys of its records modulo 2**64. So a cell is known by the
persons in it: wherever the same persons are counted, under whatever heading, the key is the same.

References
----------
Thompson, Broadfoot and Elazar (2013), Methodology for the automatic confidentialisation of
statistical outputs from remote servers at the Australian Bureau of Statistics, UNECE work session
on statistical data confidentiality, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
import polars as pl

from aiqyn.errors import InputRefused

SECRET = 16  # bytes; a shorter secret can be tried out
KEY = "_key"


def record_keys(ids: Iterable[str], secret: bytes) -> np.ndarray:
    """(records,) keys, uint64; the same record and secret always give the same key.

    Raises
    ------
    InputRefused (DISC-028) a secret of fewer than 16 bytes.
    """
    if len(secret) < SECRET:
        raise InputRefused("DISC-028", n=SECRET)
    return np.array([_hashed(text, secret) for text in ids], dtype=np.uint64)


def cell_keys_of_records(
    records: pl.DataFrame, dims: Sequence[str], id_column: str, secret: bytes
) -> pl.DataFrame:
    """Counts of records over `dims` and the key of each cell: columns `dims`, ``n``, ``_key``."""
    keys = record_keys(records[id_column].cast(pl.String).to_list(), secret)
    counted = records.select(dims).with_columns(pl.Series("_at", np.arange(records.height)))
    cells = counted.group_by(dims).agg(pl.len().cast(pl.Int64).alias("n"), pl.col("_at")).sort(dims)
    sums = [int(keys[at].sum(dtype=np.uint64)) for at in cells["_at"].to_list()]
    return cells.drop("_at").with_columns(pl.Series(KEY, sums, dtype=pl.UInt64))


def cell_keys_of_names(names: Iterable[Sequence[tuple[str, str]]], secret: bytes) -> np.ndarray:
    """(cells,) keys from what a cell is called, where no records are at hand.

    `names` are pairs of column and code, totals left out; their order does not matter. The same
    persons under another heading get other noise: use `cell_keys_of_records` where records exist.
    """
    return record_keys(("\x1e".join(f"{d}\x1f{c}" for d, c in sorted(n)) for n in names), secret)


def _hashed(text: str, secret: bytes) -> int:
    key = blake2b(secret, digest_size=32).digest()
    return int.from_bytes(blake2b(text.encode(), digest_size=8, key=key).digest(), "big")
