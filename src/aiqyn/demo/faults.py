"""Rows that are wrong on purpose, beside the true ones: intake must refuse these and no others.

A faulty row is a copy of a true row with one cell spoilt and a case number of its own, put in at a
random place of the same file; so no true record is lost when it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from aiqyn.demo.draws import Rng
from aiqyn.demo.sheets import Layout

SHARE = 0.0004  # faulty rows of each kind among all records


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to be wrong: the agency, the field, what stands there, and what intake answers."""

    kind: str
    agency: str
    field: str
    value: str | None
    code: str | None
    expected: str = "refused"


FAULTS = (
    Fault("age_text", "police", "age", "17 л.", "INTAKE-017"),
    Fault("age_out_of_range", "labour", "age", "170", "INTAKE-019"),
    Fault("impossible_date", "police", "date_detected", "31.02.2025", "INTAKE-021"),
    Fault("not_a_date", "labour", "date_detected", "весной", "INTAKE-020"),
    Fault("unknown_code", "police", "forms", "ауыр жұмыс", "INTAKE-009"),
    Fault("unknown_code", "hotline", "recruitment", "by carrier pigeon", "INTAKE-009"),
    Fault("lost_letters", "shelter", "region", "?лыбел облысы", "INTAKE-004"),
    Fault("formula", "police", "age", "=J7+1", "INTAKE-031"),
    Fault("formula", "shelter", "age", "=2025-2008", "INTAKE-031"),
    Fault("future_date", "shelter", "date_reported", "2026-08-14", "INTAKE-022"),
    Fault("future_date", "hotline", "date_reported", "2026-08-14", "INTAKE-022"),
    Fault("region_not_yet", "police", "region", "Ғажапсу облысы", "INTAKE-025"),
    Fault("missing_required", "courts", "date_detected", None, "INTAKE-007"),
    Fault("missing_required", "border", "date_detected", None, "INTAKE-007"),
    Fault("duplicate_row", "labour", "", None, None, "aside"),
    Fault("duplicate_row", "shelter", "", None, None, "aside"),
    Fault("same_number", "courts", "age", "44", "INTAKE-035"),
    Fault("same_number", "prosecutors", "age", "44", "INTAKE-035"),
)


def plant(rng: Rng, agency: str, texts: pl.DataFrame, layout: Layout, records: int) -> pl.DataFrame:
    """The agency's rows with its faulty ones among them.

    Parameters
    ----------
    texts : the agency's spelled rows, with marks ``_file``, ``_year``, ``_old`` (before Ghazhapsu)
    records : all records of the country: how many faults of each kind there are to be

    Returns
    -------
    `texts` with faulty rows put in, and the marks ``_fault`` (place in `FAULTS`, −1: a true row).
    """
    marked = texts.with_columns(
        pl.lit(-1, dtype=pl.Int32).alias("_fault"),
        pl.int_range(pl.len()).cast(pl.Float64).alias("_at"),
    )
    copies = [
        _copies(rng, number, fault, marked, layout, max(1, round(SHARE * records)))
        for number, fault in enumerate(FAULTS)
        if fault.agency == agency and marked.height
    ]
    return pl.concat([marked, *copies]).sort("_at", maintain_order=True).drop("_at")


def _copies(
    rng: Rng, number: int, fault: Fault, rows: pl.DataFrame, layout: Layout, many: int
) -> pl.DataFrame:
    if fault.kind == "region_not_yet":
        pool = rows.filter(pl.col("_old"))
    else:
        pool = rows.filter(pl.col("_year") >= pl.col("_year").max() - 1)
    if pool.is_empty():
        return rows.clear()
    chosen = pool[rng.integers(0, pool.height, many)]
    id_heading = layout.headings["record_id"]
    if fault.kind == "duplicate_row":
        chosen = chosen.unique("_at", keep="first", maintain_order=True)
        return chosen.with_columns(_mark(number), pl.col("_at") + 0.3)
    own = pl.format("F-{}-{}", pl.lit(number), pl.int_range(1, pl.len() + 1))
    spoilt = chosen.with_columns(own.alias(id_heading), _mark(number))
    near = pl.col("_at") + pl.Series(rng.random(spoilt.height) * 0.2)
    if fault.kind == "same_number":
        first = spoilt.with_columns(pl.lit("21").alias(layout.headings[fault.field]), near)
        second = spoilt.with_columns(
            pl.lit(fault.value).alias(layout.headings[fault.field]), near + 0.5
        )
        return pl.concat([first, second])
    value = pl.lit(fault.value, dtype=pl.String).alias(layout.headings[fault.field])
    return spoilt.with_columns(value, near)


def _mark(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.Int32).alias("_fault")


def listed(
    rows: pl.DataFrame, layout: Layout, file: str, sheet: str | None, first_row: int
) -> pl.DataFrame:
    """Where the faults of one file stand: ``file,sheet,row,column,kind,expected,code``."""
    found = rows.with_row_index("row", offset=first_row).filter(pl.col("_fault") >= 0)
    told = [FAULTS[number] for number in found["_fault"].to_list()]
    return pl.DataFrame(
        {
            "file": [file] * len(told),
            "sheet": [sheet] * len(told),
            "row": found["row"].to_list(),
            "column": [layout.headings.get(fault.field) for fault in told],
            "kind": [fault.kind for fault in told],
            "expected": [fault.expected for fault in told],
            "code": [fault.code for fault in told],
        },
        schema=FAULT_SCHEMA,
    )


FAULT_SCHEMA = {
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "kind": pl.String,
    "expected": pl.String,
    "code": pl.String,
}
