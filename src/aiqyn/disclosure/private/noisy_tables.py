"""The noisy tables that a file was made from, as one table to be published beside it."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from aiqyn.disclosure.private.domain import Domain
from aiqyn.disclosure.private.synthesis import Synthesis

if TYPE_CHECKING:
    import polars as pl

    from aiqyn.disclosure.private.levels import Levels
    from aiqyn.disclosure.private.measuring import Measured

NORMAL_95 = 1.96
RARE = "_rare"  # all codes of a column that were merged
MISSING = "_empty"  # the empty cell


def noisy_tables(made: Synthesis, domain: Domain) -> pl.DataFrame:
    """Every cell that was measured: columns, codes, noisy count, and the error that noise makes.

    Columns: ways, column_1, code_1, …, column_3, code_3, noisy_count, sigma, margin_95 (persons).
    Counts are as drawn, below zero too. Pairs and triples are over codes as they were merged.
    """
    import polars as pl

    if made.levels is None:
        raise ValueError("nothing was measured")
    codes = [[c or MISSING for c in column] for column in domain.codes.values()]
    merged = [_level_names(made.levels, c, names) for c, names in enumerate(codes)]
    tables = [_cells(m, domain.columns, codes) for m in made.levels.by_code]
    tables += [_cells(m, domain.columns, merged) for m in made.measured]
    return pl.concat(tables)


def _level_names(levels: Levels, column: int, codes: list[str]) -> list[str]:
    found = levels.mergings[column]
    names = [codes[int(chances.argmax())] for chances in found.chances]
    return [*names[:-1], RARE] if found.has_rare else names


def _cells(measured: Measured, columns: tuple[str, ...], names: list[list[str]]) -> pl.DataFrame:
    import numpy as np
    import polars as pl

    shape, clique = measured.counts.shape, measured.clique
    places = np.unravel_index(np.arange(prod(shape)), shape)
    cells: dict[str, object] = {"ways": [len(clique)] * prod(shape)}
    for way in range(3):
        known = way < len(clique)
        cells[f"column_{way + 1}"] = [columns[clique[way]] if known else None] * prod(shape)
        cells[f"code_{way + 1}"] = (
            [names[clique[way]][p] for p in places[way]] if known else [None] * prod(shape)
        )
    cells["noisy_count"] = measured.counts.ravel()
    text = {f"{what}_{way}": pl.String for what in ("column", "code") for way in (1, 2, 3)}
    return pl.DataFrame(cells, schema_overrides=text).with_columns(
        sigma=pl.lit(round(measured.sigma, 3)),
        margin_95=pl.lit(round(NORMAL_95 * measured.sigma, 1)),
    )
