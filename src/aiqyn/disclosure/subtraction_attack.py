"""The subtraction attack: what a patient reader can work out from all tables together.

For each hidden cell the least and the greatest number that agree with every printed number, every
mark and every sum. Linear programming finds them (Fischetti and Salazar-González 2000); a pass of
plain subtraction comes first and settles most cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiqyn.disclosure.cells import ALL, Cell
from aiqyn.disclosure.explain import Equation, Opening, Reasons
from aiqyn.disclosure.known import SHOWN, SMALL, marks
from aiqyn.disclosure.published import PublishedTable, Release
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import search
from aiqyn.disclosure.web import weave


@dataclass(frozen=True, slots=True)
class Examination:
    """What the attack found.

    Attributes
    ----------
    cells : printed cells, a margin printed twice counted once
    hidden : how many of them carry a mark instead of a number
    openings : hidden cells that the tables give away, in the order of the tables
    contradictions : sums that cannot hold; they were left out and the attack went on
    """

    cells: int
    hidden: int
    openings: tuple[Opening, ...]
    contradictions: tuple[Equation, ...] = ()


def attack(published: Release | Sequence[PublishedTable], rules: Rules) -> tuple[Opening, ...]:
    """Hidden cells whose possible values are fewer than the rules ask for.

    A cell is open when ``high - low < possible_values - 1``, over all tables jointly; the ends
    are values that whole numbers of persons can reach.

    Not looked at: values inside the interval that no table reaches, what earlier years' reports
    said, and what a reader could conclude from how the hiding was chosen.
    """
    return examine(published, rules).openings


def examine(published: Release | Sequence[PublishedTable], rules: Rules) -> Examination:
    """The attack with its counts, and the sums it had to leave out."""
    tables = published.published if isinstance(published, Release) else tuple(published)
    web = weave(tables, refinement_cells=rules.refinement_cells)
    known = marks(web, tables, rules)
    found = search(web, known, rules)
    reasons = Reasons(web, known, found.live, rules)
    places = _places(tables)
    openings = tuple(
        Opening(
            *places[web.cells[at]],
            "small" if known.status[at] == SMALL else "hidden",
            int(found.low[at]),
            int(found.high[at]),
            reasons.of(at),
        )
        for at in found.opened
    )
    hidden = int((known.status > SHOWN).sum())
    return Examination(web.printed, hidden, openings, reasons.read(found.broken))


def _places(tables: Sequence[PublishedTable]) -> dict[Cell, tuple[str, Mapping[str, str]]]:
    """Where each cell is printed first: table and codes, totals left out."""
    places: dict[Cell, tuple[str, Mapping[str, str]]] = {}
    for table in sorted(tables, key=lambda t: t.name):
        for codes in table.cells.select(table.dims).iter_rows():
            cell = table.axes.cell(table.axes.row(codes))
            at = {d: c for d, c in zip(table.dims, codes, strict=True) if c != ALL}
            places.setdefault(cell, (table.name, at))
    return places
