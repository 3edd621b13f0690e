"""What the sender is told beside the refusals: cautions, and copies of the refused rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from aiqyn.intake.grid import Grid
from aiqyn.intake.headings import Headings, heading_key
from aiqyn.intake.mapping import SheetRule
from aiqyn.intake.refusal import Caution
from aiqyn.intake.row_rules import Sorted
from aiqyn.intake.rows import ROW, Findings, Rows
from aiqyn.intake.sheet_checks import unknown_columns
from aiqyn.intake.xlsx_facts import column_letters

PERSONAL = re.compile(
    r"\bфио\b|фамили|\bимя\b|отчеств|паспорт|\bиин\b|телефон|адрес|"
    r"аты-жөні|аты жөні|\bтегі\b|\bаты\b|әкесінің|\bжсн\b|мекенжай|төлқұжат|"
    r"surname|first.?name|last.?name|full.?name|\bname\b|passport|phone|address|\biin\b"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet as far as its headings and rows are known.

    Attributes
    ----------
    known : column -> ``used``, ``identity`` or ``ignored``
    filled : merged areas whose value was taken for each of their rows
    """

    file: str
    grid: Grid
    rule: SheetRule
    headings: Headings
    known: dict[int, str]
    rows: Rows
    filled: int


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A refused row as the agency will see it again; cells that no field reads are left out."""

    sheet: str | None
    row: int
    headings: tuple[str, ...]
    cells: tuple[str | None, ...]


def cautions_of(
    seen: Seen, found: Findings, told: Sorted, aside: dict[int, str]
) -> tuple[Caution, ...]:
    """What the sender should know about a sheet that was taken; nothing counted zero is told."""
    strange = (
        unknown_columns(seen.headings, seen.known) if seen.rule.unknown_columns == "caution" else []
    )
    personal = [at for at in strange if PERSONAL.search(heading_key(seen.headings.texts[at]))]
    others = [at for at in strange if at not in personal]
    hidden = len({row - 1 for row in seen.rows.frame[ROW].to_list()} & seen.grid.facts.hidden_rows)
    counts: list[tuple[str, int, dict[str, object]]] = [
        ("INTAKE-101", hidden, {}),
        ("INTAKE-103", found.serials, {}),
        ("INTAKE-104", len(others), {"columns": ", ".join(map(column_letters, others))}),
        ("INTAKE-105", len(personal), {"columns": ", ".join(map(column_letters, personal))}),
        ("INTAKE-106", sum(what == "identity" for what in seen.known.values()), {}),
        ("INTAKE-107", found.otherwise, {}),
        (
            "INTAKE-108",
            int(seen.grid.encoding in ("cp1251", "kz1048", "ptcp154")),
            {"encoding": seen.grid.encoding},
        ),
        ("INTAKE-109", told.kept_conflicts, {}),
        ("INTAKE-110", int(seen.grid.hidden), {}),
        ("INTAKE-111", seen.filled, {}),
        ("INTAKE-112", int(not seen.grid.facts.seen), {}),
        ("INTAKE-113", int(seen.rows.frame.is_empty()), {}),
        ("INTAKE-114", found.births, {}),
    ]
    counts += [
        ("INTAKE-102", n, {"reason": why}) for why, n in sorted(Counter(aside.values()).items())
    ]
    return tuple(
        Caution(seen.file, seen.grid.sheet, code, n, slots) for code, n, slots in counts if n
    )


def copies_of(seen: Seen, refused: set[int]) -> tuple[RefusedRow, ...]:
    """The refused rows' cells that the mapping reads."""
    import polars as pl

    shown = [at for at in sorted(seen.known) if seen.known[at] == "used"]
    names = tuple(seen.headings.shown(at) for at in shown)
    frame = seen.rows.frame.filter(pl.col(ROW).is_in(sorted(refused)))
    columns = [ROW, *(str(at) for at in shown)]
    return tuple(
        RefusedRow(seen.grid.sheet, row[0], names, tuple(_clipped(c) for c in row[1:]))
        for row in frame.select(columns).iter_rows()
    )


def _clipped(cell: str | None) -> str | None:
    return cell if cell is None or len(cell) <= 500 else f"{cell[:500]}…"
