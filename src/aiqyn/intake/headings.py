"""Where a sheet's headings stand, and which column is which."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from aiqyn.intake.grid import Grid
from aiqyn.intake.mapping import Header, SheetRule
from aiqyn.intake.xlsx_facts import column_letters, column_number

LETTER = re.compile(r"@([A-Z]{1,3})")
TAIL = re.compile(r"[\s*:：]+$")


@lru_cache(maxsize=20_000)
def heading_key(text: str) -> str:
    """How headings and spellings of values are compared: no case, spare blanks, closing * or :."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return TAIL.sub("", " ".join(folded.split()))


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of one sheet.

    Attributes
    ----------
    texts : heading of each column as written in the file, in order; "" where there is none
    first_row : row of the sheet (from 0) with the first record
    last_heading_row : row (from 0) of the lowest heading
    twice : headings that several columns share, as written
    """

    texts: tuple[str, ...]
    first_row: int
    last_heading_row: int
    by_key: dict[str, int]
    twice: tuple[str, ...]

    def column(self, spellings: tuple[str, ...]) -> int | None:
        """Position of the first spelling that the sheet has."""
        for spelling in spellings:
            if (letter := LETTER.fullmatch(spelling)) is not None:
                at = column_number(letter[1])
                return at if at < len(self.texts) else None
            if (found := self.by_key.get(heading_key(spelling))) is not None:
                return found
        return None

    def shown(self, column: int) -> str:
        """How a message names the column: its heading, or its letter."""
        return self.texts[column] or f"@{column_letters(column)}"


def find_headings(grid: Grid, rule: SheetRule) -> Headings:
    """The headings of the sheet: in the row given, or in the row that holds most of those known."""
    header = rule.header
    row = header.row - 1 if header.row else _best_row(grid, rule)
    return _headings(grid, header, row, rule.skip_after)


def known_columns(headings: Headings, rule: SheetRule) -> dict[int, str]:
    """Column -> what it is to the mapping: ``used``, ``identity`` or ``ignored``."""
    known: dict[int, str] = {}
    for spelling in (*rule.ignore, *rule.not_content):
        if (at := headings.column((spelling,))) is not None:
            known[at] = "ignored"
    for _, spellings in rule.identity:
        for spelling in spellings:
            if (at := headings.column((spelling,))) is not None:
                known[at] = "identity"
    used = (*rule.columns, *unpivoted_spellings(headings, rule), *_asked_by_rules(rule))
    for spellings in used:
        if (at := headings.column(spellings)) is not None:
            known[at] = "used"
    return known


def unpivoted_spellings(headings: Headings, rule: SheetRule) -> list[tuple[str, ...]]:
    """The headings that match a pattern of `unpivot`."""
    return [(text,) for text in headings.texts if _unpivots(rule, text)]


def _unpivots(rule: SheetRule, text: str) -> bool:
    columns = rule.unpivot.columns if rule.unpivot else ()
    return any(re.fullmatch(c.matching, text) for c in columns if c.matching)


def _asked_by_rules(rule: SheetRule) -> list[tuple[str, ...]]:
    conditions = [c for r in rule.rules for c in r.when]
    conditions += [c for record in rule.records for c in record.when]
    asked = [c.heading for c in conditions]
    asked += [heading for record in rule.records for heading in record.when_any]
    asked += rule.duplicates.key if rule.duplicates else ()
    return [(heading,) for heading in asked]


def _best_row(grid: Grid, rule: SheetRule) -> int:
    known = {heading_key(s) for spellings in rule.columns for s in spellings}
    known |= {heading_key(s) for _, spellings in rule.identity for s in spellings}
    known |= {heading_key(s) for s in rule.ignore}
    best, most = 0, 0
    for at in range(min(rule.header.within, grid.cells.height)):
        texts = _texts(grid, rule.header, at)
        hits = len({heading_key(t) for t in texts if t} & known)
        hits += sum(_unpivots(rule, text) for text in texts)
        if hits > most:
            best, most = at, hits
    if most == 0:  # nothing known: the first row that holds anything
        filled = (i for i, row in enumerate(grid.cells.iter_rows()) if any(row))
        return next(filled, 0)
    return best


def _headings(grid: Grid, header: Header, row: int, skip_after: int) -> Headings:
    texts = _texts(grid, header, row)
    by_key: dict[str, int] = {}
    twice: dict[str, None] = {}
    for at, text in enumerate(texts):
        key = heading_key(text)
        if key and key in by_key:
            twice[text] = None
        elif key:
            by_key[key] = at
    last = row + header.rows - 1
    return Headings(tuple(texts), last + 1 + skip_after, last, by_key, tuple(twice))


def _texts(grid: Grid, header: Header, row: int) -> list[str]:
    """The headings that begin in `row`, levels joined, merged cells filled from their first."""
    levels = []
    for at in range(row, min(row + header.rows, grid.cells.height)):
        cells = [text or "" for text in grid.cells.row(at)]
        for top, left, bottom, right in grid.facts.merged:
            if top <= at <= bottom and left < len(cells):
                whole = grid.cells.row(top)[left] or ""
                cells[left : right + 1] = [whole] * (min(right + 1, len(cells)) - left)
        levels.append(_filled(cells) if header.rows > 1 and at < row + header.rows - 1 else cells)
    return [header.joined_by.join(_distinct(parts)) for parts in zip(*levels, strict=True)]


def _filled(cells: list[str]) -> list[str]:
    """An upper level without merge marks (as in a CSV): a blank repeats its left neighbour."""
    filled, last = [], ""
    for cell in cells:
        last = cell or last
        filled.append(last)
    return filled


def _distinct(parts: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        text = " ".join(part.split())
        if text and (not kept or kept[-1] != text):
            kept.append(text)
    return kept
