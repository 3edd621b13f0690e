"""A file through a mapping -> records, refusals and cautions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from aiqyn.errors import InputRefused
from aiqyn.intake.choosing import guess, pair_sheets
from aiqyn.intake.field_defaults import table_names
from aiqyn.intake.grid import Grid
from aiqyn.intake.headings import heading_key
from aiqyn.intake.known_errors import mend
from aiqyn.intake.mapping import Mapping
from aiqyn.intake.mapping_file import load_mapping
from aiqyn.intake.open_file import open_file
from aiqyn.intake.record_checks import Bounds
from aiqyn.intake.records import complete, empty_schema
from aiqyn.intake.refusal import Caution, Refusal
from aiqyn.intake.rows import FROM, ROW
from aiqyn.intake.sheet import SheetReading, read_sheet
from aiqyn.intake.sheet_cautions import RefusedRow
from aiqyn.intake.xlsx_facts import column_number

if TYPE_CHECKING:
    import polars as pl


COUNTS = "published_counts"
MAPPING_FAULTS = tuple(f"INTAKE-09{n}" for n in range(5))


@dataclass(frozen=True, slots=True, repr=False)
class Intake:
    """What one file gave.

    Attributes
    ----------
    file : its name, without folders
    today : the day of the reading
    mapping : name of the mapping that read it; None when none did
    agency : code of the agency in `source_id`
    rows, accepted, refused : rows; accepted + refused = rows. Headings and empty rows are no rows
    tables : table of the standard -> records; every field there, null where not mapped
    refusals : every reason, in the order of the sheets and rows
    cautions : what the sender should know although the file was taken
    aside : reason -> rows accepted and, on purpose, not turned to records
    copies : the refused rows' cells that the mapping reads, for the agency's own error workbook
    """

    file: str
    today: date
    mapping: str | None
    agency: str | None
    rows: int
    accepted: int
    refused: int
    tables: dict[str, pl.DataFrame]
    refusals: tuple[Refusal, ...]
    cautions: tuple[Caution, ...]
    aside: dict[str, int] = field(default_factory=dict)
    copies: tuple[RefusedRow, ...] = ()

    def __post_init__(self) -> None:
        if self.accepted + self.refused != self.rows:
            raise ValueError("accepted + refused must be rows")

    def __repr__(self) -> str:
        counts = f"{self.rows} rows = {self.accepted} accepted + {self.refused} refused"
        head = f"Intake({self.file} by {self.mapping}: {counts})"
        return "\n".join([head, *(f"  {name}: {t.height}" for name, t in self.tables.items())])

    @property
    def readable(self) -> bool:
        """Whether the file as a whole could be read."""
        return not any(refusal.row is None for refusal in self.refusals) or self.rows > 0


def read(
    path: str | Path,
    mapping: str | Path | Mapping | None = None,
    *,
    today: date,
    extra_folder: Path | None = None,
    agency: str | None = None,
    report_year: int | None = None,
) -> Intake:
    """The file's records in the standard, and every refused row with its reason.

    Parameters
    ----------
    path : .csv .tsv .xlsx .ods .xls .parquet, each also as .gz; never changed
    mapping : name, file or value; None: the shipped mapping whose headings fit
    today : no date may lie after it
    extra_folder : where mappings are looked for before the shipped ones
    agency : overrides the mapping's agency
    report_year : no date may lie after its end; None: what the file itself says

    Returns
    -------
    `Intake`. A file that cannot be read has 0 rows and one refusal without a row; so has a
    published file whose source has mended an error that we still mend (KNOWN-001).

    Raises
    ------
    InputRefused only for the mapping (INTAKE-090 … -094), never for the file.
    """
    path = Path(path)
    chosen = (
        load_mapping(mapping, extra_folder=extra_folder)
        if isinstance(mapping, (str, Path))
        else mapping
    )
    try:
        grids = open_file(path)
        chosen = chosen or guess(grids, path.name, extra_folder=extra_folder)
    except InputRefused as refusal:
        if refusal.code in MAPPING_FAULTS:
            raise
        return _unread(path.name, refusal, chosen, today)
    bounds = Bounds(today, report_year or _year_of(grids, chosen))
    return _read_grids(grids, chosen, path.name, agency or chosen.agency or chosen.name, bounds)


def failed(file: str, today: date) -> Intake:
    """What is said of a file on which our own program failed (INTAKE-099)."""
    return _unread(file, InputRefused("INTAKE-099", file=file), None, today)


def _unread(file: str, refusal: InputRefused, mapping: Mapping | None, today: date) -> Intake:
    name = mapping.name if mapping else None
    entry = _file_refusal(file, None, refusal)
    return Intake(file, today, name, None, 0, 0, 0, {}, (entry,), ())


def _file_refusal(file: str, sheet: str | None, refusal: InputRefused) -> Refusal:
    slots = {k: v for k, v in refusal.slots.items() if k not in ("file", "column")}
    column = refusal.slots.get("column")
    return Refusal(file, sheet, None, str(column) if column else None, refusal.code, slots)


def _read_grids(
    grids: Sequence[Grid], mapping: Mapping, file: str, agency: str, bounds: Bounds
) -> Intake:
    readings: list[tuple[Grid, SheetReading]] = []
    whole: list[Refusal] = []
    for grid, rule in pair_sheets(grids, mapping):
        if grid is None:
            name = rule.names[0] if rule.names else None
            whole.append(Refusal(file, None, None, None, *_no_sheet(name)))
            continue
        try:
            readings.append((grid, read_sheet(grid, rule, file, bounds)))
        except InputRefused as refusal:
            whole.append(_file_refusal(file, grid.sheet, refusal))
    try:
        tables, known = _mended(_tables(readings, file, agency), mapping.name, file)
    except InputRefused as mended_itself:
        return _unread(file, mended_itself, mapping, bounds.today)
    parts = [reading for _, reading in readings]
    rows, refused = sum(p.rows for p in parts), sum(p.refused for p in parts)
    return Intake(
        file=file,
        today=bounds.today,
        mapping=mapping.name,
        agency=agency,
        rows=rows,
        accepted=rows - refused,
        refused=refused,
        tables=tables,
        refusals=(*whole, *(r for p in parts for r in p.refusals)),
        cautions=(*known, *(c for p in parts for c in p.cautions)),
        aside=_summed(p.aside for p in parts),
        copies=tuple(c for p in parts for c in p.copies),
    )


def _no_sheet(name: str | None) -> tuple[str, dict[str, object]]:
    return ("INTAKE-011", {"name": name}) if name else ("INTAKE-013", {})


def _summed(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for count in counts:
        for key, n in count.items():
            total[key] = total.get(key, 0) + n
    return total


def _tables(
    readings: list[tuple[Grid, SheetReading]], file: str, agency: str
) -> dict[str, pl.DataFrame]:
    import polars as pl

    parts: dict[str, list[pl.DataFrame]] = {}
    for grid, reading in readings:
        for name, table in reading.tables:
            told = _with_source(table, name, file, grid.sheet or "", agency)
            parts.setdefault(name, []).append(complete(told, name))
    order = [name for name in table_names() if name in parts]
    return {name: pl.concat(parts[name], how="vertical") for name in order}


def _mended(
    tables: dict[str, pl.DataFrame], mapping: str, file: str
) -> tuple[dict[str, pl.DataFrame], tuple[Caution, ...]]:
    """The tables with the known errors of their source mended, and what the reader should know.

    Raises
    ------
    InputRefused KNOWN-001 when the source has mended itself.
    """
    if COUNTS not in tables:
        return tables, ()
    counts, done = mend(tables[COUNTS], mapping)
    told = (Caution(file, None, d.code, d.rows, {"entry": d.id}) for d in done)
    return {**tables, COUNTS: counts}, tuple(told)


def _with_source(
    table: pl.DataFrame, name: str, file: str, sheet: str, agency: str
) -> pl.DataFrame:
    import polars as pl

    stem = pl.lit(f"{agency}:{file}:{sheet}:")
    told = pl.concat_str(stem, pl.col(ROW).cast(pl.String))
    made = (
        pl.when(pl.col(FROM).is_null())
        .then(told)
        .otherwise(pl.concat_str(told, pl.lit(":"), pl.col(FROM)))
    )
    columns = [made.alias("source_id")]
    if "agency" in empty_schema(name):
        own = pl.col("agency") if "agency" in table.columns else pl.lit(None, pl.String)
        columns.append(pl.coalesce(own, pl.lit(agency)).alias("agency"))
    return table.with_columns(columns)


def _year_of(grids: Sequence[Grid], mapping: Mapping) -> int | None:
    """The report year that the workbook itself states."""
    cell = mapping.report_year
    if cell is None:
        return None
    letters = "".join(c for c in cell.cell if c.isalpha()).upper()
    row, column = int(cell.cell[len(letters) :]) - 1, column_number(letters)
    names = {heading_key(name) for name in cell.sheets}
    for grid in grids:
        if grid.sheet is not None and heading_key(grid.sheet) in names:
            inside = row < grid.cells.height and column < grid.cells.width
            text = (grid.cells.row(row)[column] if inside else None) or ""
            return int(text) if text.isdecimal() and len(text) == 4 else None
    return None
