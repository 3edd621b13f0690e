"""Which column of a table holds the counts, and which are dimensions."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from aiqyn.disclosure.long_tables.conventions import Told, conventions, whole_number
from aiqyn.errors import InputRefused, UsageRefused


def value_column(frame: pl.DataFrame, file: str, asked: str | None) -> str:
    """The column of counts: the one asked for, else by name, else by what stands in it.

    Raises
    ------
    UsageRefused (DISC-020) a column that is not there, InputRefused (DISC-021) none to be found.
    """
    if asked is not None:
        _there(frame, file, [asked])
        return asked
    by_name = {c.strip().casefold(): c for c in reversed(frame.columns)}
    for name in conventions().value_names:
        if name in by_name:
            return by_name[name]
    numeric = [c for c in frame.columns if _all_told(frame[c])]
    if not numeric:
        raise InputRefused("DISC-021", file=file)
    marked = [c for c in numeric if any(_is_mark(text) for text in frame[c].unique())]
    return (marked or numeric)[-1]


def dimensions(
    frame: pl.DataFrame, file: str, value: str, asked: Sequence[str] | None
) -> tuple[str, ...]:
    """The dimensions: those asked for, else every column that is no note and no other measure.

    Raises
    ------
    UsageRefused (DISC-020) a column that is not there, or the column of counts.
    """
    if asked is not None:
        _there(frame, file, asked)
        return tuple(c for c in frame.columns if c in set(asked) and c != value)
    notes = conventions().note_names
    rest = [c for c in frame.columns if c != value and c.strip()]
    return tuple(c for c in rest if c.strip().casefold() not in notes and not _measure(frame[c]))


def _there(frame: pl.DataFrame, file: str, asked: Sequence[str]) -> None:
    missing = [c for c in asked if c not in frame.columns]
    if missing:
        raise UsageRefused("DISC-020", file=file, columns=", ".join(frame.columns))


def _told(text: str | None) -> Told | None:
    return conventions().read(text or "", zeros_shown=False)


def _all_told(column: pl.Series) -> bool:
    texts = column.unique().to_list()
    return all(_told(t) for t in texts) and any(whole_number(t or "") is not None for t in texts)


def _is_mark(text: str | None) -> bool:
    told = _told(text)
    return told is not None and told.meaning != "number"


def _measure(column: pl.Series) -> bool:
    """Whether a column holds another measure: shares and rates are numbers with a fraction."""
    texts = column.drop_nulls()
    fraction = texts.str.contains(r"^\s*-?\d+[.,]\d*[1-9]\d*\s*%?\s*$|^\s*-?\d+\s*%\s*$")
    return bool(fraction.any()) and bool((fraction | texts.str.contains(r"^\s*\d*\s*$")).all())
