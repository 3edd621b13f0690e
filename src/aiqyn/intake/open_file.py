"""A file -> the sheets in it, by what its bytes are, not by what its name says."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from aiqyn.errors import InputRefused
from aiqyn.intake import limits
from aiqyn.intake.delimited import read_delimited
from aiqyn.intake.encodings import decode
from aiqyn.intake.grid import Grid, tidy
from aiqyn.intake.spreadsheet import is_spreadsheet, read_spreadsheet
from aiqyn.intake.unpack import file_bytes

if TYPE_CHECKING:
    import polars as pl

PARQUET = b"PAR1"
NO_TABLE = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
)


def open_file(path: Path) -> tuple[Grid, ...]:
    """The sheets of a .csv, .tsv, .xlsx, .ods, .xls or .parquet file, each also as .gz.

    Raises
    ------
    InputRefused (INTAKE-001 … -005, -026, -033, -036) when the file as a whole cannot be read.
    """
    data = file_bytes(path)
    if data.startswith(NO_TABLE):
        raise InputRefused("INTAKE-005", file=path.name)
    if is_spreadsheet(data):
        return read_spreadsheet(data, path.name)
    if data.startswith(PARQUET):
        return (_parquet(data, path.name),)
    text, encoding = decode(data, path.name)
    return (read_delimited(text, path.name, encoding),)


def _parquet(data: bytes, name: str) -> Grid:
    import polars as pl

    try:
        lazy = pl.scan_parquet(BytesIO(data))
        schema = lazy.collect_schema()
        _refuse_large(int(lazy.select(pl.len()).collect().item()) * max(len(schema), 1), name)
        frame = lazy.select(_as_text(column, kind) for column, kind in schema.items()).collect()
    except (pl.exceptions.PolarsError, OSError, ValueError):
        raise InputRefused("INTAKE-001", file=name) from None
    except BaseException as problem:  # a damaged file may panic inside the reader
        if type(problem).__name__ != "PanicException":
            raise
        raise InputRefused("INTAKE-001", file=name) from None
    headings = pl.DataFrame({c: [c] for c in frame.columns}, schema=frame.schema)
    return Grid(None, tidy(pl.concat([headings, frame])))


def _refuse_large(cells: int, name: str) -> None:
    if cells > limits.MAX_CELLS:
        raise InputRefused("INTAKE-003", file=name)


def _as_text(column: str, kind: pl.DataType) -> pl.Expr:
    import polars as pl

    if isinstance(kind, pl.List):
        return pl.col(column).list.eval(pl.element().cast(pl.String)).list.join(";")
    if kind.is_nested() or kind in (pl.Binary, pl.Object):
        return pl.lit(None, dtype=pl.String).alias(column)
    return pl.col(column).cast(pl.String)
