"""Which rows are set aside, which repeat one another, before any cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiqyn.intake.headings import heading_key
from aiqyn.intake.lookups import without_missing
from aiqyn.intake.mapping import Condition, Duplicates, FieldRule, SheetRule
from aiqyn.intake.rows import ROW, CellFault, Rows

if TYPE_CHECKING:
    import polars as pl


@dataclass(slots=True)
class Sorted:
    """What became of the rows.

    Attributes
    ----------
    aside : row -> reason
    faults : refused rows
    intervals : first row of a set of conflicting ones -> all of the set
    kept_conflicts : rows that stay although another has their key
    """

    aside: dict[int, str] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)
    intervals: dict[int, tuple[int, ...]] = field(default_factory=dict)
    kept_conflicts: int = 0


def sort_rows(rule: SheetRule, rows: Rows, readable: Rows) -> Sorted:
    """Apply the sheet's `rules` and `duplicates`, in that order.

    Parameters
    ----------
    readable : the same rows, cells that cannot be read (a formula, an error sign) emptied
    """
    told = Sorted()
    for row_rule in rule.rules:
        for row in rows.frame[ROW].filter(condition_mask(row_rule.when, rows)).to_list():
            if row_rule.aside:
                told.aside.setdefault(row, row_rule.aside)
            elif row not in told.aside:
                told.faults.append(CellFault(row, None, row_rule.refuse or "", {}, None))
    if rule.duplicates:
        _repeated(rule, rule.duplicates, rows, readable, told)
    return told


def condition_mask(conditions: Sequence[Condition], rows: Rows) -> pl.Series:
    """True where all conditions hold."""
    import polars as pl

    mask = pl.Series([True] * rows.frame.height, dtype=pl.Boolean)
    for condition in conditions:
        mask &= _holds(condition, rows)
    return mask


def any_filled(headings: tuple[str, ...], rows: Rows) -> pl.Series:
    """True where one of the named cells holds something."""
    import polars as pl

    mask = pl.Series([False] * rows.frame.height, dtype=pl.Boolean)
    for heading in headings:
        if (name := rows.name((heading,))) is not None:
            mask |= rows.frame[name].is_not_null()
    return mask


def _holds(condition: Condition, rows: Rows) -> pl.Series:
    import polars as pl

    name = rows.name((condition.heading,))
    texts = rows.frame[name] if name else pl.Series([None] * rows.frame.height, dtype=pl.String)
    if condition.empty is not None:
        return texts.is_null() if condition.empty else texts.is_not_null()
    if condition.matches is not None:
        pattern = re.compile(condition.matches)
        return _among(texts, lambda text: pattern.fullmatch(text) is not None)
    wanted = {heading_key(value) for value in condition.values}
    found = _among(texts, lambda text: heading_key(text) in wanted)
    if "" in wanted:
        found |= texts.is_null()
    return ~found if condition.negated else found


def _among(texts: pl.Series, claim: Callable[[str], bool]) -> pl.Series:
    true = [text for text in texts.drop_nulls().unique().to_list() if claim(text)]
    return texts.is_in(true).fill_null(False)


def _repeated(sheet: SheetRule, rule: Duplicates, rows: Rows, readable: Rows, told: Sorted) -> None:
    import polars as pl

    settled = [*told.aside, *(fault.row for fault in told.faults)]
    left = rows.frame.filter(~pl.col(ROW).is_in(settled))
    cells = [c for c in left.columns if c != ROW]
    if rule.exact != "keep":
        first = left.group_by(cells, maintain_order=True).agg(pl.col(ROW))
        for group in first.filter(pl.col(ROW).list.len() > 1)[ROW].to_list():
            _exact(rule, group, told)
        left = left.unique(cells, keep="first", maintain_order=True)
    keyed = _keyed(sheet, rule, readable).filter(pl.col(ROW).is_in(left[ROW].to_list()))
    if key := [c for c in keyed.columns if c != ROW]:
        groups = keyed.group_by(key, maintain_order=True).agg(pl.col(ROW))
        for group in groups.filter(pl.col(ROW).list.len() > 1)[ROW].to_list():
            _conflicting(rule, group, told)


def _keyed(sheet: SheetRule, rule: Duplicates, rows: Rows) -> pl.DataFrame:
    """The rows' keys. A case without its number is like no other; a blank of a count means all."""
    names = [name for heading in rule.key if (name := rows.name((heading,))) is not None]
    fields = [_field_of(name, sheet, rows) for name in names]
    keys = [
        without_missing(rows.frame[name], field) if field else rows.frame[name]
        for name, field in zip(names, fields, strict=True)
    ]
    keyed = rows.frame.select(ROW).with_columns(keys)
    counts = all(record.table == "published_counts" for record in sheet.records)
    return keyed if counts else keyed.drop_nulls()


def _field_of(name: str, sheet: SheetRule, rows: Rows) -> FieldRule | None:
    """The field that reads the column."""
    every = (field for record in sheet.records for field in record.fields if field.headings)
    return next((field for field in every if rows.name(field.headings) == name), None)


def _exact(rule: Duplicates, group: list[int], told: Sorted) -> None:
    for row in group[1:]:
        if rule.exact == "aside":
            told.aside[row] = "duplicate"
        else:
            told.faults.append(CellFault(row, None, "INTAKE-008", {"other": group[0]}, None))


def _conflicting(rule: Duplicates, group: list[int], told: Sorted) -> None:
    if rule.conflicting == "keep":
        told.kept_conflicts += len(group)
    elif rule.conflicting == "interval":
        told.intervals[group[0]] = tuple(group)
        told.aside |= dict.fromkeys(group[1:], "conflict")
    else:
        for row in group:
            other = group[1] if row == group[0] else group[0]
            told.faults.append(CellFault(row, None, "INTAKE-035", {"other": other}, None))
