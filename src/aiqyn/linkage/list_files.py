"""One file of a list: its rows under the contract's names, by known headings or by a mapping."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake import IdentityRows, Mapping, identity_rows
from aiqyn.intake.open_file import open_file
from aiqyn.intake.rows import ROW as SHEET_ROW
from aiqyn.linkage.known_headings import IDENTIFYING, contract_names, headings_of
from aiqyn.linkage.mixed_encodings import refuse_mixed_encodings

ROW, DAY = (
    "#row",
    "#day",
)  # row of the file, the first being 1; day by which a record sent again is known
OURS = {
    "family_name": "surname",
    "given_name": "given",
    "birth_date": "dob",
    "birth_date_precision": "dob_precision",
    "national_number": "national_id",
    "date_detected": DAY,
    SHEET_ROW: ROW,
}
Caution = tuple[str, AnyMapping[str, object]]


@dataclass(frozen=True, slots=True)
class FileRows:
    """What one file gave.

    Attributes
    ----------
    rows : the contract's columns that it has, as text, and `ROW`; further columns as they were
        where no mapping says what is read
    cautions : codes with their slots
    """

    rows: pl.DataFrame
    cautions: tuple[Caution, ...] = ()


def rows_under_headings(path: Path) -> FileRows:
    """The first sheet's rows under the contract's names; blank rows are no records.

    Raises
    ------
    InputRefused (LINK-002) no byte or no heading, (LINK-004) no column that tells a person,
    (LINK-030) two encodings in it, and what intake refuses of any file.
    """
    grids = open_file(_readable(path))
    cells = grids[0].cells
    if not cells.height:
        raise InputRefused("LINK-002", file=path.name)
    headings = [str(h) if h is not None else "" for h in cells.row(0)]
    names = contract_names(headings)
    body = cells[1:].rename(dict(zip(cells.columns, names, strict=True)))
    kept = [n for n, h in zip(names, headings, strict=True) if h]
    body = body.select(*kept, pl.int_range(2, pl.len() + 2).cast(pl.String).alias(ROW))
    _refuse_nobody(path, body.columns)
    others = sum(bool(grid.cells.height) for grid in grids[1:])
    told: tuple[Caution, ...] = (("LINK-110", {"file": path.name, "n": others}),) if others else ()
    return FileRows(body.filter(pl.any_horizontal(pl.exclude(ROW).is_not_null())), told)


def rows_by_mapping(path: Path, mapping: Mapping) -> FileRows | None:
    """The rows of victims as the mapping reads them; None where the file is about something else.

    Raises
    ------
    InputRefused (LINK-002) no byte, (LINK-023) the mapping names no column of a person, (LINK-024)
    none of those it names is there, (LINK-025) a column is missing that it cannot do without.
    """
    marks = {"sealed": headings_of("sealed")}  # what is sealed must not hang on the mapping alone
    sheets = identity_rows(_readable(path), mapping, marks=marks)
    for sheet in sheets:
        _refuse_unfit(path, mapping, sheet)
    if not sheets:
        return None
    parts = [s.rows.rename(OURS, strict=False).cast(pl.String) for s in sheets]
    left_out = sum(sheet.left_out for sheet in sheets)
    told: list[Caution] = [("LINK-111", {"file": path.name, "n": left_out})] if left_out else []
    absent = sorted({h for s in sheets for h in _quoted(s.absent)})
    if absent:
        told.append(("LINK-112", {"file": path.name, "columns": ", ".join(absent)}))
    return FileRows(pl.concat(parts, how="diagonal"), tuple(told))


def _readable(path: Path) -> Path:
    if path.is_file() and path.stat().st_size == 0:
        raise InputRefused("LINK-002", file=path.name)
    if path.is_file():
        refuse_mixed_encodings(path)
    return path


def _refuse_nobody(path: Path, columns: list[str]) -> None:
    if not set(IDENTIFYING) & set(columns):
        raise InputRefused("LINK-004", file=path.name, columns=", ".join(IDENTIFYING))


def _refuse_unfit(path: Path, mapping: Mapping, sheet: IdentityRows) -> None:
    told = {"file": path.name, "mapping": mapping.name}
    who = {OURS.get(name, name) for name in (*sheet.rows.columns, *sheet.absent)}
    if not who & set(IDENTIFYING):
        raise InputRefused("LINK-023", **told)
    if not {OURS.get(name, name) for name in sheet.rows.columns} & set(IDENTIFYING):
        wanted = {k: v for k, v in sheet.absent.items() if OURS.get(k, k) in IDENTIFYING}
        # the file's own headings are not quoted: where there are none, the first row is a person
        raise InputRefused("LINK-024", **told, columns=", ".join(_quoted(wanted)))
    if sheet.needed:
        missing = {name: sheet.absent[name] for name in sheet.needed}
        raise InputRefused("LINK-025", **told, columns=", ".join(_quoted(missing)))


def _quoted(absent: AnyMapping[str, tuple[str, ...]]) -> list[str]:
    """``family_name “Тегі”``: what the mapping names, and the heading that it gives."""
    return [f"{name} “{spellings[0]}”" for name, spellings in absent.items()]
