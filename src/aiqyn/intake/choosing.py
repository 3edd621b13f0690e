"""Which sheet rule reads which sheet, and which mapping reads a file."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiqyn.errors import InputRefused
from aiqyn.intake.grid import Grid
from aiqyn.intake.headings import find_headings, heading_key, known_columns
from aiqyn.intake.kazakh_damage import is_damaged
from aiqyn.intake.mapping import Header, Mapping, SheetRule
from aiqyn.intake.mapping_file import load_mapping, shipped
from aiqyn.intake.open_file import open_file

ENOUGH = 0.5  # of a sheet's headings must be known to the mapping for it to be chosen
NEAREST = 3


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How well a rule fits a sheet: larger is better.

    Attributes
    ----------
    whole : every needed column is there
    known : share of the sheet's headings that the rule knows
    found : share of the rule's columns that the sheet has
    """

    whole: bool
    known: float
    found: float
    columns: int = 0


def fit(grid: Grid, rule: SheetRule) -> Fit:
    """How well the rule's headings fit the sheet's."""
    if grid.cells.is_empty():
        return Fit(False, 0.0, 0.0)
    headings = find_headings(grid, rule)
    known = known_columns(headings, rule)
    titles = sum(bool(text) for text in headings.texts)
    columns = rule.columns
    found = sum(headings.column(spellings) is not None for spellings in columns)
    whole = found > 0 and all(headings.column(s) is not None for s in rule.needed)
    return Fit(whole, len(known) / max(titles, 1), found / max(len(columns), 1), found)


def pair_sheets(grids: Sequence[Grid], mapping: Mapping) -> list[tuple[Grid | None, SheetRule]]:
    """Which sheet each rule reads; None where a rule that is not optional found none."""
    if len(grids) == 1 and grids[0].sheet is None:
        return [(grids[0], max(mapping.sheets, key=lambda rule: fit(grids[0], rule)))]
    free = list(grids)
    pairs: list[tuple[Grid | None, SheetRule]] = []
    waiting: list[SheetRule] = []
    for rule in mapping.sheets:
        named = _by_name(free, rule)
        if named is None:
            waiting.append(rule)
        else:
            free = [g for g in free if g is not named]
            pairs.append((named, rule))
    for rule in waiting:
        best = _best(free, rule)
        if best is not None and _good(fit(best, rule), alone=len(mapping.sheets) == 1):
            free = [g for g in free if g is not best]
            pairs.append((best, rule))
        elif not rule.optional:
            pairs.append((None, rule))
    order = {id(rule): at for at, rule in enumerate(mapping.sheets)}
    return sorted(pairs, key=lambda pair: order[id(pair[1])])


def _best(grids: Sequence[Grid], rule: SheetRule) -> Grid | None:
    return max(grids, key=lambda grid: fit(grid, rule), default=None)


def _good(found: Fit, *, alone: bool) -> bool:
    return found.columns > 0 and (alone or (found.whole and found.known >= ENOUGH))


def _by_name(grids: Sequence[Grid], rule: SheetRule) -> Grid | None:
    names = {heading_key(name) for name in rule.names}
    return next((g for g in grids if g.sheet is not None and heading_key(g.sheet) in names), None)


def mapping_names() -> tuple[str, ...]:
    """Names of the mappings that come with the package, sorted."""
    return shipped()


def guess_mapping(path: str | Path, *, extra_folder: Path | None = None) -> Mapping:
    """The mapping whose headings the file has.

    Raises
    ------
    InputRefused INTAKE-010 when none fits, with the nearest named; and what `open_file` raises.
    """
    path = Path(path)
    return guess(open_file(path), path.name, extra_folder=extra_folder)


def guess(grids: Sequence[Grid], file: str, *, extra_folder: Path | None = None) -> Mapping:
    """The mapping whose headings the sheets have. See `guess_mapping`."""
    scored = [(score(grids, mapping, file), mapping) for mapping in _candidates(extra_folder)]
    scored.sort(key=lambda pair: (pair[0], pair[1].name), reverse=True)
    if scored and scored[0][0].whole and scored[0][0].known >= ENOUGH:
        return scored[0][1]
    if any(is_damaged(text) for grid in grids for text in _first_texts(grid)):
        raise InputRefused("INTAKE-004", file=file)
    near = sorted(scored, key=lambda pair: (-pair[0].known, -pair[0].found, pair[1].name))
    names = [mapping.name for _, mapping in near][:NEAREST]
    raise InputRefused("INTAKE-010", file=file, nearest_mappings=", ".join(names))


def _first_texts(grid: Grid) -> list[str]:
    rows = grid.cells.head(Header().within).iter_rows()
    return [text for row in rows for text in row if text]


def _candidates(extra_folder: Path | None) -> list[Mapping]:
    own = sorted(extra_folder.glob("*.yaml")) if extra_folder and extra_folder.is_dir() else []
    every = [load_mapping(path) for path in own] + _shipped_that_load()
    return [mapping for mapping in every if not mapping.never_guess]


def _shipped_that_load() -> list[Mapping]:
    """One shipped mapping that somebody has just spoilt must not keep all files from being read."""
    found = []
    for name in shipped():
        with contextlib.suppress(InputRefused):
            found.append(load_mapping(name))
    return found


def score(grids: Sequence[Grid], mapping: Mapping, file: str) -> Fit:
    """How well the mapping fits: its best sheet, if the file is called and headed as it asks."""
    best = Fit(False, 0.0, 0.0)
    called = mapping.guess_file is None or re.search(mapping.guess_file, file) is not None
    for grid in grids:
        texts = {heading_key(text) for text in _first_texts(grid)}
        all_there = all(heading_key(h) in texts for h in mapping.guess_headings)
        for rule in mapping.sheets:
            here = fit(grid, rule)
            if not called or (not all_there and _is_asked(mapping, rule)):
                here = Fit(False, here.known, here.found, here.columns)
            best = max(best, here)
    return best


def _is_asked(mapping: Mapping, rule: SheetRule) -> bool:
    """Whether the asked-for headings are this rule's: an agency's second table has its own."""
    known = {heading_key(s) for spellings in rule.columns for s in spellings}
    return len(mapping.sheets) == 1 or any(heading_key(h) in known for h in mapping.guess_headings)
