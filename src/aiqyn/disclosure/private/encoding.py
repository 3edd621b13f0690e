"""A table of codes as whole numbers, and back; and the counts of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiqyn.disclosure.private.domain import MISSING, Domain
from aiqyn.errors import InputRefused

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray


def encode(table: pl.DataFrame, domain: Domain) -> NDArray[np.int64]:
    """The place of each cell's code in its column's list; shape (rows, columns).

    Raises
    ------
    InputRefused (DISC-105) when a column holds a value that is not among its codes.
    """
    import numpy as np
    import polars as pl

    places = np.empty((table.height, len(domain.columns)), dtype=np.int64)
    for at, (column, codes) in enumerate(domain.codes.items()):
        text = table[column].cast(pl.String).fill_null(MISSING)
        found = text.replace_strict(codes, range(len(codes)), default=None, return_dtype=pl.Int64)
        if found.null_count():
            raise InputRefused("DISC-105", column=column, rows=found.null_count())
        places[:, at] = found.to_numpy()
    return places


def decode(places: NDArray[np.int64], domain: Domain) -> pl.DataFrame:
    """The table of codes; an empty cell is null."""
    import polars as pl

    words = {
        column: pl.Series([c or None for c in codes], dtype=pl.String).gather(places[:, at])
        for at, (column, codes) in enumerate(domain.codes.items())
    }
    return pl.DataFrame(words)


def cell_counts(
    places: NDArray[np.int64], shape: Sequence[int], clique: Sequence[int]
) -> NDArray[np.int64]:
    """How many rows stand in each cell of the table over the columns `clique`.

    Adding or removing one row changes one cell by one: sensitivity 1 in L1 and in L2.
    """
    import numpy as np

    sizes = [shape[c] for c in clique]
    flat = np.ravel_multi_index(tuple(places[:, c] for c in clique), sizes)
    return np.bincount(flat, minlength=int(np.prod(sizes))).reshape(sizes).astype(np.int64)
