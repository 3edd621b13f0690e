"""One sheet through one sheet rule: rows counted, records made, every refusal collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiqyn.intake.grid import Grid
from aiqyn.intake.headings import Headings, find_headings, known_columns
from aiqyn.intake.mapping import SheetRule
from aiqyn.intake.merged_cells import fill_merged
from aiqyn.intake.record_checks import Bounds, faults_of
from aiqyn.intake.records import read_records
from aiqyn.intake.refusal import Caution, Refusal
from aiqyn.intake.row_rules import Sorted, sort_rows
from aiqyn.intake.rows import FROM, ROW, CellFault, Findings, Rows
from aiqyn.intake.sheet_cautions import RefusedRow, Seen, cautions_of, copies_of
from aiqyn.intake.sheet_checks import check_headings, unreadable_identities, unreadable_rows
from aiqyn.intake.unpivoting import unpivoted

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one sheet gave.

    Attributes
    ----------
    rows : rows that hold anything; accepted + refused
    tables : table -> records, with `ROW` and `FROM`
    """

    rows: int
    refused: int
    tables: tuple[tuple[str, pl.DataFrame], ...]
    refusals: tuple[Refusal, ...]
    cautions: tuple[Caution, ...]
    copies: tuple[RefusedRow, ...]
    aside: dict[str, int] = field(default_factory=dict)


def read_sheet(grid: Grid, rule: SheetRule, file: str, bounds: Bounds) -> SheetReading:
    """The sheet's records and refusals.

    Raises
    ------
    InputRefused when the sheet as a whole cannot be read: INTAKE-004 headings damaged, -006 a
    needed column missing, -013 no heading known, -014 a heading twice, -038 columns not allowed.
    """
    headings = find_headings(grid, rule)
    known = known_columns(headings, rule)
    check_headings(headings, known, rule, file)
    rows, filled = data_rows(grid, headings, rule)
    rows = _readable(rows, unreadable_identities(grid, headings, known))
    seen = Seen(file, grid, rule, headings, known, rows, filled)
    faults = unreadable_rows(grid, rows, known)
    told = sort_rows(rule, rows, _readable(rows, faults))
    found = Findings(faults=[*faults, *told.faults])
    tables = _read(rule, rows, told, bounds, found)
    every = _without_aside(faults_of(found), told, rule)
    refused = {fault.row for fault in every}
    aside = {row: why for row, why in told.aside.items() if row not in refused}
    return SheetReading(
        rows=rows.frame.height,
        refused=len(refused),
        tables=tuple((name, _kept(table, refused, aside)) for name, table in tables),
        refusals=tuple(
            _refusal(fault, file, grid.sheet) for fault in sorted(every, key=_order(headings))
        ),
        cautions=cautions_of(seen, found, told, aside),
        copies=copies_of(seen, refused),
        aside=dict(Counter(aside.values())),
    )


def data_rows(grid: Grid, headings: Headings, rule: SheetRule) -> tuple[Rows, int]:
    """The rows under the heading that hold anything, numbered as the sheet numbers them."""
    import polars as pl

    frame = grid.cells.slice(headings.first_row).with_columns(
        (pl.int_range(pl.len(), dtype=pl.Int64) + headings.first_row + 1).alias(ROW)
    )
    frame, filled = fill_merged(frame, grid, headings.first_row)
    empty_marks = {headings.column((h,)) for h in rule.not_content}
    content = [c for c in frame.columns if c != ROW and int(c) not in empty_marks]
    held = pl.any_horizontal(pl.col(c).is_not_null() for c in content) if content else pl.lit(False)
    return Rows(frame.filter(held), headings), filled


def _read(
    rule: SheetRule, rows: Rows, told: Sorted, bounds: Bounds, found: Findings
) -> list[tuple[str, pl.DataFrame]]:
    import polars as pl

    in_conflict = {row for group in told.intervals.values() for row in group}
    passed_over = [r for r in told.aside if r not in in_conflict]
    passed_over += [f.row for f in found.faults if f.code in ("INTAKE-026", "INTAKE-016")]
    passed_over += [f.row for f in told.faults]
    active = Rows(rows.frame.filter(~pl.col(ROW).is_in(passed_over)), rows.headings)
    active = _readable(active, found.faults)
    long = unpivoted(active, rule.unpivot) if rule.unpivot else active
    tables = []
    for record in rule.records:
        table = read_records(record, long, bounds, found)
        tables.append((record.table, _as_interval(table, told)))
    return tables


def _readable(rows: Rows, faults: Sequence[CellFault]) -> Rows:
    """The rows less the formulas and error signs in them, which are refused and not read."""
    import polars as pl

    named = {rows.headings.shown(at): str(at) for at in range(len(rows.headings.texts))}
    by_column: dict[str, list[int]] = {}
    for fault in faults:
        if fault.column is not None and fault.code in ("INTAKE-030", "INTAKE-031"):
            by_column.setdefault(named[fault.column], []).append(fault.row)
    frame = rows.frame.with_columns(
        pl.when(pl.col(ROW).is_in(wrong)).then(None).otherwise(pl.col(name)).alias(name)
        for name, wrong in by_column.items()
    )
    return Rows(frame, rows.headings)


def _as_interval(table: pl.DataFrame, told: Sorted) -> pl.DataFrame:
    """Conflicting rows of a published count -> one, from the smallest to the largest."""
    import polars as pl

    if not told.intervals or "low" not in table.columns:
        return table
    groups = {row: first for first, group in told.intervals.items() for row in group}
    first = pl.col(ROW).replace_strict(groups, default=None, return_dtype=pl.Int64)
    ends = (
        table.with_columns(first.alias("@first"))
        .filter(pl.col("@first").is_not_null())
        .group_by("@first", FROM, maintain_order=True)
        .agg(pl.col("low").min().alias("@low"), pl.col("high").max().alias("@high"))
    )
    joined = table.join(
        ends, left_on=[ROW, FROM], right_on=["@first", FROM], how="left", nulls_equal=True,
        maintain_order="left",
    )  # fmt: skip
    met = pl.col("@low").is_not_null()
    return joined.with_columns(
        pl.when(met).then(None).otherwise(pl.col("value")).alias("value"),
        pl.coalesce("@low", "low").alias("low"),
        pl.coalesce("@high", "high").alias("high"),
        pl.when(met).then(pl.lit("conflicting")).otherwise(pl.col("status")).alias("status"),
    ).drop("@low", "@high")


def _without_aside(faults: list[CellFault], told: Sorted, rule: SheetRule) -> list[CellFault]:
    """A row set aside by a rule was never asked for good cells; a formula in it harms nobody."""
    by_rule = {row for row, why in told.aside.items() if why != "conflict"}
    return [f for f in faults if f.row not in by_rule]


def _kept(table: pl.DataFrame, refused: set[int], aside: dict[int, str]) -> pl.DataFrame:
    import polars as pl

    out = [*refused, *aside]
    return table.filter(~pl.col(ROW).is_in(out)) if out else table


def _refusal(fault: CellFault, file: str, sheet: str | None) -> Refusal:
    return Refusal(file, sheet, fault.row, fault.column, fault.code, fault.slots, fault.value)


def _order(headings: Headings) -> Callable[[CellFault], tuple[int, int, str]]:
    place = {headings.shown(at): at for at in range(len(headings.texts))}
    return lambda fault: (fault.row, place.get(fault.column or "", -1), fault.code)
