"""What stands behind a number: the agencies, and what each sent, as far as it may be told.

A file may hold one row, and its name may hold a person's. So files are told an agency at a time,
and an agency with few rows without its numbers and without a hash that a guess could be tried on
(docs/decisions/0010).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import polars as pl

from aiqyn.report.evidence import Evidence
from aiqyn.report.model import Cell, Source, State

SHORT_HEAD, SHORT_TAIL = 4, 2  # digits of a hash that a reader compares by eye
NO_HASH = "x"
ROWS = ("rows", "accepted", "refused")


def sources_of(evidence: Evidence) -> dict[str, Source]:
    """What each agency sent, by the agency's code."""
    codes = evidence.files["agency"].unique().sort().to_list()
    return {code: _source(evidence, code) for code in codes}


def agencies_in(evidence: Evidence, year: int) -> tuple[str, ...]:
    """The agencies from whose files a year's victims were counted.

    All of them for a year that is printed as it stood: which have sent of it since is not told.
    """
    if year in evidence.kept_years:
        return tuple(evidence.files["agency"].unique().sort())
    used = evidence.sources.filter(pl.col("year") == year)
    return tuple(used["agency"].unique().sort())


def row_cells(source: Source) -> dict[str, Cell]:
    """Rows that an agency sent, accepted and refused, as cells of a table."""
    return {name: _cell(getattr(source, name), source.state) for name in ROWS}


def all_rows(evidence: Evidence) -> dict[str, Cell]:
    """Rows of all agencies together: sent, accepted, refused."""
    rows, accepted = (evidence.tables[f"agency_{what}"].cell() for what in ROWS[:2])
    if rows.value is None or accepted.value is None:
        return dict.fromkeys(ROWS, Cell(None, "hidden"))
    counted = (rows.value, accepted.value, rows.value - accepted.value)
    return {name: _cell(int(n), "shown") for name, n in zip(ROWS, counted, strict=True)}


def short_hash(sha256: str | None) -> str:
    """A hash short enough to compare by eye: ``2a7f…c1``; a sign where it is not told."""
    return NO_HASH if sha256 is None else f"{sha256[:SHORT_HEAD]}…{sha256[-SHORT_TAIL:]}"


def _cell(n: int | None, state: State) -> Cell:
    return Cell(None, state) if n is None else Cell(n, "shown" if n else "zero")


def _source(evidence: Evidence, code: str) -> Source:
    sent = evidence.files.filter(pl.col("agency") == code).sort("file")
    cells = [evidence.tables[f"agency_{what}"].cell(agency=code) for what in ("rows", "accepted")]
    if any(cell.value is None for cell in cells):
        return Source(code, code, sent.height, None, None, None, None, "hidden")
    # As they are printed: files that came since may hold a few rows more.
    rows, accepted = (int(cell.value or 0) for cell in cells)
    digest = _digest(sent["sha256"].to_list())
    return Source(code, code, sent.height, digest, rows, accepted, rows - accepted)


def _digest(hashes: Sequence[str]) -> str:
    one, *more = hashes
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest() if more else one
