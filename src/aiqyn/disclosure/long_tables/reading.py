"""A long table from a CSV file, as it was found: codes, printed values and what they tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.long_tables.columns import dimensions, value_column
from aiqyn.disclosure.long_tables.conventions import Told, conventions
from aiqyn.errors import InputRefused

ROW = "_row"  # row of the file, the heading being row 1
TEXT, LOW, HIGH, STATUS = "_text", "_low", "_high", "_status"


@dataclass(frozen=True, slots=True)
class LongTable:
    """One file of counts.

    Attributes
    ----------
    file : its name, without folder
    dims : dimension columns, in the order of the file
    value : column of counts
    total : the file's word for a total
    cells : `dims` (text, totals as ``_all``), row in the file, printed text, low and high (persons,
        high null without limit), status number, small, hidden or differs (printed again with
        another value, so that nothing is told); each cell once
    twice : the rows of the file for each cell that differs
    again : rows of the file that print a cell once more with the same value
    summed : dimensions that have a total; the others cut the table into blocks
    """

    file: str
    dims: tuple[str, ...]
    value: str
    total: str
    cells: pl.DataFrame
    twice: tuple[tuple[int, ...], ...] = ()
    summed: frozenset[str] = frozenset()
    again: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"LongTable {self.file}: {' x '.join(self.dims)}, {self.cells.height} cells"


def read_long(
    path: str | Path,
    *,
    dims: Sequence[str] | None = None,
    value: str | None = None,
    zeros_shown: bool = False,
) -> LongTable:
    """The long table of a CSV file (comma, semicolon or tab; .gz is opened).

    Parameters
    ----------
    dims, value : columns; found by themselves when not given
    zeros_shown : whether the table prints zeros as 0, so that ``<5`` starts at 1

    Raises
    ------
    InputRefused (DISC-008) no readable table, (DISC-021) no column of counts, (DISC-009) a value
    that is neither a number nor a known mark, (DISC-022) a number below zero; UsageRefused
    (DISC-020) a column that is not there.
    """
    path = Path(path)
    raw = raw_frame(path)
    column = value_column(raw, path.name, value)
    names = dimensions(raw, path.name, column, dims)
    total = total_word(raw, names)
    told = _values(raw[column], path.name, column, zeros_shown)
    cells = pl.concat([_codes(raw, names, total), told], how="horizontal").filter(_filled(raw))
    once, twice = _once(cells, names)
    summed = frozenset(d for d in names if ALL in once[d])
    again = _again(cells, once, twice)
    return LongTable(path.name, names, column, total, once, twice, summed, again)


def raw_frame(path: Path) -> pl.DataFrame:
    """Every column as text, blanks as empty text; or DISC-008."""
    try:
        head = pl.read_csv(path, has_header=False, n_rows=1, separator="\x01", quote_char=None)
        line = str(head.item())
        raw = pl.read_csv(path, separator=max(",;\t", key=line.count), infer_schema=False)
    except (OSError, ValueError, pl.exceptions.PolarsError):
        raise InputRefused("DISC-008", file=path.name) from None
    if raw.width < 2 or not raw.height:
        raise InputRefused("DISC-008", file=path.name)
    return raw.rename({c: c.strip() for c in raw.columns}).fill_null("")


def _filled(raw: pl.DataFrame) -> pl.Series:
    """Rows that hold anything; blank ones at the end of a sheet are no cells."""
    blank = raw.select(pl.all_horizontal(pl.all().str.strip_chars() == "")).to_series()
    return ~blank


def total_word(raw: pl.DataFrame, dims: Sequence[str]) -> str:
    """The word for a total in this file: ``Total`` where it stands, else the first known one."""
    seen = {text.strip() for d in dims for text in raw[d].unique() if text}
    return next((word for word in conventions().totals if word in seen), "Total")


def _codes(raw: pl.DataFrame, dims: Sequence[str], total: str) -> pl.DataFrame:
    plain = [pl.col(d).fill_null("").str.strip_chars() for d in dims]
    codes = [
        pl.when(e == total).then(pl.lit(ALL)).otherwise(e).alias(d)
        for d, e in zip(dims, plain, strict=True)
    ]
    return raw.select(pl.int_range(2, pl.len() + 2).alias(ROW), *codes)


def _values(column: pl.Series, file: str, name: str, zeros_shown: bool) -> pl.DataFrame:
    texts = column.fill_null("").str.strip_chars()
    read = {t: conventions().read(t, zeros_shown=zeros_shown) for t in texts.unique()}
    told = {t: _sound(t, value, texts, file, name) for t, value in read.items()}
    return pl.DataFrame(
        {
            TEXT: texts,
            LOW: [told[t].low for t in texts],
            HIGH: pl.Series([told[t].high for t in texts], dtype=pl.Int64),
            STATUS: [told[t].meaning for t in texts],
        }
    )


def _sound(text: str, told: Told | None, texts: pl.Series, file: str, name: str) -> Told:
    if told is not None and told.low >= 0:
        return told
    row = (texts == text).arg_max() or 0
    code = "DISC-009" if told is None else "DISC-022"
    raise InputRefused(code, file=file, row=row + 2, column=name)


def _once(
    cells: pl.DataFrame, dims: Sequence[str]
) -> tuple[pl.DataFrame, tuple[tuple[int, ...], ...]]:
    """Each cell once; a cell printed with different values is set aside."""
    if not dims:
        return cells.head(1), ()
    different = pl.struct(LOW, HIGH, STATUS).n_unique().over(dims) > 1
    marked = cells.with_columns(different.alias("_differs"))
    groups = marked.filter("_differs").group_by(dims, maintain_order=True).agg(ROW)
    told = [
        pl.when("_differs").then(pl.lit(untold)).otherwise(pl.col(column)).alias(column)
        for column, untold in ((LOW, 0), (HIGH, None), (STATUS, "differs"))
    ]
    once = (
        marked.with_columns(told).drop("_differs").unique(dims, keep="first", maintain_order=True)
    )
    return once, tuple(tuple(rows) for rows in groups[ROW])


def _again(
    cells: pl.DataFrame, once: pl.DataFrame, twice: Sequence[tuple[int, ...]]
) -> tuple[int, ...]:
    told = {*once[ROW], *(row for rows in twice for row in rows)}
    return tuple(row for row in cells[ROW] if row not in told)
