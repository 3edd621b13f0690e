"""An Excel or OpenDocument workbook -> grids."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from aiqyn.errors import InputRefused
from aiqyn.intake.grid import Facts, Grid, tidy
from aiqyn.intake.ods_facts import ods_facts
from aiqyn.intake.unpack import check_zip, part
from aiqyn.intake.xlsx_facts import SheetFacts, xlsx_facts

if TYPE_CHECKING:
    import polars as pl

ZIP = b"PK\x03\x04"
OLE = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .xls, and the envelope of a workbook with a password
)
PASSWORD = "EncryptedPackage".encode("utf-16-le")


def is_spreadsheet(data: bytes) -> bool:
    """Whether the first bytes are those of a workbook (or of some other archive)."""
    return data.startswith((ZIP, OLE))


def read_spreadsheet(data: bytes, name: str) -> tuple[Grid, ...]:
    """One grid per sheet, hidden sheets included and marked.

    Raises
    ------
    InputRefused INTAKE-001 damaged, -002 a password, -003 too large, -005 no workbook.
    """
    facts = _facts_of(data, name)
    with _calm(name):
        import fastexcel

        workbook = fastexcel.read_excel(data)
        names = list(workbook.sheet_names)
        frames = [_load(workbook, sheet) for sheet in names]
        frames = _shifted(frames, data, [_at_left_edge(facts.get(sheet)) for sheet in names])
    nothing = Facts(seen=False)
    return tuple(
        Grid(
            sheet,
            tidy(frame),
            facts[sheet].facts if sheet in facts else nothing,
            hidden=sheet in facts and facts[sheet].hidden,
        )
        for sheet, frame in zip(names, frames, strict=True)
    )


def _facts_of(data: bytes, name: str) -> dict[str, SheetFacts]:
    if data.startswith(OLE):
        if PASSWORD in data:
            raise InputRefused("INTAKE-002", file=name)
        return {}
    archive = check_zip(data, name)
    members = set(archive.namelist())
    if "xl/workbook.xml" in members:
        return xlsx_facts(archive, name)
    if b"opendocument.spreadsheet" in part(archive, "mimetype", name):
        return ods_facts(archive, name)
    if "content.xml" in members and "mimetype" not in members:
        return ods_facts(archive, name)
    raise InputRefused("INTAKE-005", file=name)


def _load(workbook: Any, sheet: str) -> pl.DataFrame:  # fastexcel gives no types for its reader
    import polars as pl

    loaded = workbook.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    frame = loaded.to_polars()
    return frame if isinstance(frame, pl.DataFrame) else pl.DataFrame(frame)


def _at_left_edge(sheet: SheetFacts | None) -> bool:
    return sheet is not None and sheet.facts.at_left_edge


def _shifted(frames: list[pl.DataFrame], data: bytes, at_edge: list[bool]) -> list[pl.DataFrame]:
    """Frames with the empty columns at the left, which the reader leaves out."""
    if all(at_edge):
        return frames
    import polars as pl
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    whole = []
    for at, frame in enumerate(frames):
        start = None if at_edge[at] or frame.is_empty() else workbook.get_sheet_by_index(at).start
        empty = (
            [pl.Series(f"@{i}", [None] * frame.height, pl.String) for i in range(start[1])]
            if start
            else []
        )
        whole.append(pl.DataFrame([*empty, *frame.get_columns()]) if empty else frame)
    return whole


@contextlib.contextmanager
def _calm(name: str) -> Iterator[None]:
    """Turn whatever the reader of workbooks throws into a refusal.

    A damaged workbook makes it panic, which reaches Python as a BaseException and prints to
    standard error; neither is the sender's business.
    """
    try:
        with _quiet():
            yield
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as problem:
        if isinstance(problem, InputRefused):
            raise
        raise InputRefused("INTAKE-001", file=name) from None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Standard error shut while foreign code runs."""
    try:
        saved, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)
