"""Files of codes, CSV or Parquet: every cell is text, an empty one is null."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aiqyn.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    import polars as pl

KINDS = (".csv", ".parquet")


def read_codes_table(path: Path) -> pl.DataFrame:
    """The file's rows as text; whole numbers without a decimal point.

    Raises
    ------
    UsageRefused (DISC-107) for another kind of file; InputRefused (DISC-108) where it is not one.
    """
    import polars as pl

    kind = kind_of(path)
    try:
        table = pl.read_csv(path, infer_schema=False) if kind == ".csv" else pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        raise InputRefused("DISC-108", file=path.name) from None
    if not table.width or not table.height:
        raise InputRefused("DISC-108", file=path.name)
    odd = [c for c, t in table.schema.items() if t.is_nested() or t == pl.Binary]
    if odd:
        raise InputRefused("DISC-109", file=path.name, column=odd[0])
    return table.select(_as_text(table[column]) for column in table.columns)


def write_codes_table(table: pl.DataFrame, path: Path) -> None:
    """The table as CSV or Parquet, by the file's ending."""
    if kind_of(path) == ".csv":
        table.write_csv(path)
    else:
        table.write_parquet(path, compression="zstd", statistics=False)


def kind_of(path: Path) -> str:
    """The file's ending, where it is one that is read and written."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UsageRefused("DISC-107", file=path.name)
    return kind


def _as_text(column: pl.Series) -> pl.Series:
    import polars as pl

    if column.dtype == pl.Boolean:
        column = column.cast(pl.Int8)
    whole = column.dtype.is_float() and bool((column.drop_nulls() % 1 == 0).all())
    return (column.cast(pl.Int64) if whole else column).cast(pl.String)
