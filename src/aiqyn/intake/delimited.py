"""Text with separators -> a grid. No row is lost, whatever the quotation marks do."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from aiqyn.errors import InputRefused
from aiqyn.intake import limits
from aiqyn.intake.grid import Grid, tidy

if TYPE_CHECKING:
    import polars as pl

SEPARATORS = (",", ";", "\t", "|")
LOOK_AT = 60  # lines
MAX_BROKEN = 200  # rows with an open quotation mark before the file itself is refused
NOT_A_TABLE = ("%pdf", "{\\rtf", "<html", "<!doctype", "<?xml", "<table", "{", "[{")


def read_delimited(text: str, name: str, encoding: str) -> Grid:
    """The table in a text file; row i of the grid is record i of the file, blank ones included."""
    if text[:400].lstrip("\ufeff \r\n\t").lower().startswith(NOT_A_TABLE):
        raise InputRefused("INTAKE-005", file=name)
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n\x00\x1a")
    separator, hint = _separator(text)
    rows, broken = ([], []) if '"' not in text else _quoted(text, separator, name)
    frame = _split(text, separator, name) if not rows else _frame(rows, name)
    if hint:  # Excel's own first line "sep=;" is a row of the file, and empty
        frame = _blank_first(frame)
    return Grid(None, tidy(frame), broken=frozenset(broken), encoding=encoding)


def _separator(text: str) -> tuple[str, bool]:
    head = text[:8].lower()
    if head.startswith("sep=") and len(text) > 4:
        return text[4], True
    lines = [line for line in text[:400_000].split("\n")[:LOOK_AT] if line.strip()]
    return max(SEPARATORS, key=lambda s: _agreement(lines, s)), False


def _agreement(lines: list[str], separator: str) -> tuple[int, int]:
    """How many lines have the commonest number of separators (outside quotation marks), and it."""
    counts = Counter(_outside_quotes(line).count(separator) for line in lines)
    counts.pop(0, None)
    if not counts:
        return (0, 0)
    often, lines_with = max(counts.items(), key=lambda item: (item[1], item[0]))
    return (lines_with, often)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _split(text: str, separator: str, name: str) -> pl.DataFrame:
    """The fast way, for text without a single quotation mark."""
    import polars as pl

    lines = pl.Series("line", text.split("\n"), dtype=pl.String)
    parts = lines.str.split(separator)
    return _wide(parts, name)


def _frame(rows: list[list[str]], name: str) -> pl.DataFrame:
    import polars as pl

    return _wide(pl.Series("line", rows, dtype=pl.List(pl.String)), name)


def _wide(parts: pl.Series, name: str) -> pl.DataFrame:
    import polars as pl

    width = int(parts.list.len().max() or 1)  # type: ignore[arg-type]  # a length is an integer
    if width > limits.MAX_COLUMNS or width * len(parts) > limits.MAX_CELLS:
        raise InputRefused("INTAKE-003", file=name)
    frame = parts.to_frame("line")
    return frame.select(
        pl.col("line").list.get(i, null_on_oob=True).alias(str(i)) for i in range(width)
    )


def _quoted(text: str, separator: str, name: str) -> tuple[list[list[str]], list[int]]:
    """Records by the rules of CSV; a mark never closed spoils its own row and no other."""
    csv.field_size_limit(2**31 - 1)
    lines = text.split("\n")
    usual = _agreement([line for line in lines[:LOOK_AT] if line.strip()], separator)[1]
    rows: list[list[str]] = []
    broken: list[int] = []
    start = 0
    while start < len(lines):
        start = _take(lines, start, separator, usual, rows)
        if start < len(lines):  # the record that begins here swallows others
            broken.append(len(rows))
            rows.append(lines[start].replace('"', "").split(separator))
            start += 1
        if len(broken) > MAX_BROKEN:
            raise InputRefused("INTAKE-026", file=name)
    return rows, broken


def _take(lines: list[str], start: int, separator: str, usual: int, rows: list[list[str]]) -> int:
    """Add sound records to `rows`; the line at which the first unsound one begins, or the end."""
    ends_here = "\x00"  # swallowed by the last record when its quotation mark stays open
    reader = csv.reader(itertools.chain(_with_ends(lines, start), [ends_here]), delimiter=separator)
    before = 0
    for record in reader:
        span = reader.line_num - before
        if record == [ends_here]:
            return len(lines)
        if start + reader.line_num > len(lines):
            break
        if span > 1 and _swallowed(
            lines[start + before : start + reader.line_num], separator, usual
        ):
            break
        rows.append(record)
        before = reader.line_num
    return start + before


def _with_ends(lines: list[str], start: int) -> Iterator[str]:
    return (f"{line}\n" for line in itertools.islice(lines, start, None))


def _swallowed(lines: list[str], separator: str, usual: int) -> bool:
    """Whether a cell over several lines holds what looks like whole rows of the table."""
    inner = (line for line in lines[1:-1] if '"' not in line)
    return usual > 1 and any(line.count(separator) >= usual for line in inner)


def _blank_first(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    empty = pl.DataFrame({c: [None] for c in frame.columns}, schema=frame.schema)
    return pl.concat([empty, frame[1:]])
