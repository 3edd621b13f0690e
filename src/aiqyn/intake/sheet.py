"""One sheet through one sheet rule: rows counted, records made, every refusal collected."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiqyn.errors import InputRefused
from aiqyn.intake.columns import FROM, ROW, CellFault, Findings, Rows
from aiqyn.intake.grid import Grid
from aiqyn.intake.headings import Headings, find_headings, heading_key, known_columns
from aiqyn.intake.kazakh_damage import loses_to
from aiqyn.intake.mapping import SheetRule
from aiqyn.intake.merged_cells import fill_merged
from aiqyn.intake.records import Bounds, faults_of, read_records
from aiqyn.intake.refusal import Caution, Refusal
from aiqyn.intake.row_rules import Sorted, sort_rows
from aiqyn.intake.unpivoting import unpivoted
from aiqyn.intake.xlsx_facts import column_letters

if TYPE_CHECKING:
    import polars as pl

FORMULA = re.compile(r"=\s*[-+]?[A-Za-z_$(\d]")
PERSONAL = re.compile(
    r"\bфио\b|фамили|\bимя\b|отчеств|паспорт|\bиин\b|телефон|адрес|"
    r"аты-жөні|аты жөні|\bтегі\b|\bаты\b|әкесінің|\bжсн\b|мекенжай|төлқұжат|"
    r"surname|first.?name|last.?name|full.?name|\bname\b|passport|phone|address|\biin\b"
)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A refused row as the agency will see it again; cells that no field reads are left out."""

    sheet: str | None
    row: int
    headings: tuple[str, ...]
    cells: tuple[str | None, ...]


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
    _check_headings(headings, known, rule, file)
    rows, filled = _data(grid, headings, rule)
    faults = _unreadable(grid, rows, known)
    told = sort_rows(rule, rows)
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
        cautions=_cautions(grid, rows, headings, known, rule, found, told, aside, filled, file),
        copies=_copies(grid, rows, headings, known, refused),
        aside=dict(Counter(aside.values())),
    )


def _check_headings(headings: Headings, known: dict[int, str], rule: SheetRule, file: str) -> None:
    missing = [s for s in rule.columns if headings.column(s) is None]
    for spellings in missing:
        for text in headings.texts:
            if any(loses_to(text, spelling) for spelling in spellings if text):
                raise InputRefused("INTAKE-004", file=file, column=spellings[0])
    for spellings in rule.needed:
        if headings.column(spellings) is None:
            raise InputRefused("INTAKE-006", file=file, column=spellings[0])
    if "used" not in known.values():
        raise InputRefused("INTAKE-013", file=file)
    used = {heading_key(headings.texts[at]) for at, what in known.items() if what == "used"}
    twice = [text for text in headings.twice if heading_key(text) in used]
    if twice:
        raise InputRefused("INTAKE-014", file=file, column=twice[0])
    strange = _unknown(headings, known)
    if strange and rule.unknown_columns == "refuse":
        raise InputRefused("INTAKE-038", file=file, columns=", ".join(map(_letter, strange)))


def _unknown(headings: Headings, known: dict[int, str]) -> list[int]:
    return [at for at, text in enumerate(headings.texts) if text and at not in known]


def _letter(column: int) -> str:
    return column_letters(column)


def _data(grid: Grid, headings: Headings, rule: SheetRule) -> tuple[Rows, int]:
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


def _unreadable(grid: Grid, rows: Rows, known: dict[int, str]) -> list[CellFault]:
    """Rows whose cells cannot be trusted whatever they say."""
    import polars as pl

    numbers = set(rows.frame[ROW].to_list())
    used = sorted(at for at, what in known.items() if what == "used")
    faults = [
        CellFault(at + 1, None, "INTAKE-026", {}, None)
        for at in sorted(grid.broken)
        if at + 1 in numbers
    ]
    for (row, column), text in grid.facts.formulas.items():
        if column in used and row + 1 in numbers:
            faults.append(CellFault(row + 1, rows.headings.shown(column), "INTAKE-031", {}, text))
    for row, column in sorted(grid.facts.errors):
        if column in used and row + 1 in numbers and (row, column) not in grid.facts.formulas:
            faults.append(CellFault(row + 1, rows.headings.shown(column), "INTAKE-030", {}, None))
    for column in used:
        texts = rows.frame[str(column)]
        likely = texts.str.starts_with("=").fill_null(False)
        for row, text in rows.frame.filter(likely).select(ROW, str(column)).iter_rows():
            if FORMULA.match(text):
                faults.append(CellFault(row, rows.headings.shown(column), "INTAKE-031", {}, text))
    if grid.encoding is not None:  # a text file: a cell too many has shifted the others
        last = max((i for i, text in enumerate(rows.headings.texts) if text), default=0)
        beyond = [c for c in rows.frame.columns if c != ROW and int(c) > last]
        if beyond:
            over = rows.frame.filter(pl.any_horizontal(pl.col(c).is_not_null() for c in beyond))
            faults += [CellFault(row, None, "INTAKE-016", {}, None) for row in over[ROW].to_list()]
    return faults


def _read(
    rule: SheetRule, rows: Rows, told: Sorted, bounds: Bounds, found: Findings
) -> list[tuple[str, pl.DataFrame]]:
    import polars as pl

    in_conflict = {row for group in told.intervals.values() for row in group}
    passed_over = [r for r in told.aside if r not in in_conflict]
    passed_over += [f.row for f in found.faults if f.code in ("INTAKE-026", "INTAKE-016")]
    passed_over += [f.row for f in told.faults]
    active = Rows(rows.frame.filter(~pl.col(ROW).is_in(passed_over)), rows.headings)
    active = _without_formula_texts(active, found)
    long = unpivoted(active, rule.unpivot) if rule.unpivot else active
    tables = []
    for record in rule.records:
        table = read_records(record, long, bounds, found)
        tables.append((record.table, _as_interval(table, told)))
    return tables


def _without_formula_texts(rows: Rows, found: Findings) -> Rows:
    """Cells already refused are not read again, or one cell would be refused twice."""
    import polars as pl

    named = {rows.headings.shown(at): str(at) for at in range(len(rows.headings.texts))}
    by_column: dict[str, list[int]] = {}
    for fault in found.faults:
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


def _order(headings: Headings):  # type: ignore[no-untyped-def]  # a sort key
    place = {headings.shown(at): at for at in range(len(headings.texts))}
    return lambda fault: (fault.row, place.get(fault.column, -1), fault.code)


def _cautions(
    grid: Grid, rows: Rows, headings: Headings, known: dict[int, str], rule: SheetRule,
    found: Findings, told: Sorted, aside: dict[int, str], filled: int, file: str,
) -> tuple[Caution, ...]:  # fmt: skip
    strange = _unknown(headings, known) if rule.unknown_columns == "caution" else []
    personal = [at for at in strange if PERSONAL.search(heading_key(headings.texts[at]))]
    others = [at for at in strange if at not in personal]
    hidden = len({row - 1 for row in rows.frame[ROW].to_list()} & grid.facts.hidden_rows)
    counts: list[tuple[str, int, dict[str, object]]] = [
        ("INTAKE-101", hidden, {}),
        ("INTAKE-103", found.serials, {}),
        ("INTAKE-104", len(others), {"columns": ", ".join(map(_letter, others))}),
        ("INTAKE-105", len(personal), {"columns": ", ".join(map(_letter, personal))}),
        ("INTAKE-106", sum(what == "identity" for what in known.values()), {}),
        ("INTAKE-107", found.otherwise, {}),
        (
            "INTAKE-108",
            int(grid.encoding in ("cp1251", "kz1048", "ptcp154")),
            {"encoding": grid.encoding},
        ),
        ("INTAKE-109", told.kept_conflicts, {}),
        ("INTAKE-110", int(grid.hidden), {}),
        ("INTAKE-111", filled, {}),
        ("INTAKE-112", int(not grid.facts.seen), {}),
        ("INTAKE-113", int(rows.frame.is_empty()), {}),
    ]
    counts += [
        ("INTAKE-102", n, {"reason": why}) for why, n in sorted(Counter(aside.values()).items())
    ]
    return tuple(Caution(file, grid.sheet, code, n, slots) for code, n, slots in counts if n)


def _copies(
    grid: Grid, rows: Rows, headings: Headings, known: dict[int, str], refused: set[int]
) -> tuple[RefusedRow, ...]:
    import polars as pl

    shown = [at for at in sorted(known) if known[at] == "used"]
    names = tuple(headings.shown(at) for at in shown)
    frame = rows.frame.filter(pl.col(ROW).is_in(sorted(refused)))
    columns = [ROW, *(str(at) for at in shown)]
    return tuple(
        RefusedRow(grid.sheet, row[0], names, tuple(_clipped(c) for c in row[1:]))
        for row in frame.select(columns).iter_rows()
    )


def _clipped(cell: str | None) -> str | None:
    return cell if cell is None or len(cell) <= 500 else f"{cell[:500]}…"
