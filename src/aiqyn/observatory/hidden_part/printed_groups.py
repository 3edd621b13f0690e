"""Histories by group as they are printed, and whole counts that agree with the print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from aiqyn.disclosure import ALL
from aiqyn.estimates import StratifiedTable, stratified_rows
from aiqyn.observatory.hidden_part.group_tables import RARE
from aiqyn.observatory.hidden_part.histories import BESIDE, JOIN
from aiqyn.observatory.hidden_part.passing_on import LISTED
from aiqyn.observatory.hidden_part.spreading import pooled_totals, spread
from aiqyn.observatory.hidden_part.unlinked import apportion

REST = "_rest"  # victims who are in none of the groups asked for
Counts = dict[str, list[int]]  # history -> persons of each group


@dataclass(frozen=True, slots=True)
class PrintedGroups:
    """One dimension as it is printed.

    Attributes
    ----------
    dimension : its name
    cells : (history, group) -> persons; None where hidden; 0 where the table has no row
    histories : those of which there is a row, sorted; `RARE` for all that few persons share
    rare : the histories behind `RARE` -> persons, of the printed histories of all victims
    """

    dimension: str
    cells: Mapping[tuple[str, str], int | None]
    histories: tuple[str, ...]
    rare: Mapping[str, int]

    def cell(self, history: str, group: str) -> int | None:
        """Persons, None where hidden; nobody where there is no row."""
        return self.cells.get((history, group), 0)

    def twice(self, group: str) -> int:
        """Persons of the group on two lists or more, as far as they are printed."""
        several = (h for h in self.histories if JOIN in h or h == RARE)
        return sum(self.cell(h, group) or 0 for h in several)

    def listed(self, group: str) -> float:
        """Persons of the group on a list, or about how many where that number is hidden."""
        own = self.cell(LISTED, group)
        if own is not None:
            return own
        everyone, on_lists, seen = (
            self.cell(ALL, ALL),
            self.cell(LISTED, ALL),
            self.cell(ALL, group),
        )
        if everyone and seen is not None and on_lists is not None:
            return on_lists * seen / everyone
        return sum(self.cell(h, group) or 0 for h in self.histories)

    def stratified(self, groups: Sequence[str]) -> StratifiedTable | None:
        """Groups, and everybody else as one; None where the print leaves the histories open."""
        every = self.cell(LISTED, ALL)
        totals = None if every is None else pooled_totals(
            {h: self.cell(h, ALL) for h in self.histories}, every
        )  # fmt: skip
        if every is None or totals is None:
            return None
        counts = self._told_apart(self._filled(groups, totals, every))
        lists = sorted({name for history in counts for name in history.split(JOIN)})
        bit = {name: 1 << place for place, name in enumerate(lists)}
        rows = [
            (code, sum(bit[name] for name in history.split(JOIN)), n)
            for history, cells in counts.items()
            for code, n in zip([*groups, REST], cells, strict=True)
            if n
        ]
        return stratified_rows(self.dimension, lists, self.dimension, rows)

    def _filled(self, groups: Sequence[str], totals: Mapping[str, int], every: int) -> Counts:
        share = [self.listed(group) for group in groups]
        found = spread(
            [totals[h] for h in self.histories],
            [[*(self.cell(h, g) for g in groups), None] for h in self.histories],
            [*(self.cell(LISTED, g) for g in groups), None],
            [*share, max(0.0, every - sum(share))],
        )
        return {h: [int(n) for n in row] for h, row in zip(self.histories, found, strict=True)}

    def _told_apart(self, counts: Counts) -> Counts:
        """The rare histories by group: in each as in all, for nothing else is printed of them."""
        if RARE not in counts or not self.rare:
            return counts
        groups = counts[RARE]
        totals = apportion(sum(groups), self.rare)
        found = spread(
            list(totals.values()), [[None] * len(groups)] * len(totals), groups,
            [float(n) for n in groups],
        )  # fmt: skip
        rows = {h: [int(n) for n in row] for h, row in zip(totals, found, strict=True)}
        return {**{h: row for h, row in counts.items() if h != RARE}, **rows}


def printed_groups(
    table: pl.DataFrame, dimension: str, histories: Mapping[str, int | None]
) -> PrintedGroups:
    """The printed table of a dimension.

    Parameters
    ----------
    histories : printed histories of all victims of the year; None where hidden
    """
    rows = table.select("history", dimension, "n").iter_rows()
    cells = {(history, code): n for history, code, n in rows}
    own = tuple(sorted({history for history, _ in cells} - {ALL, LISTED, BESIDE}))
    return PrintedGroups(dimension, cells, own, _rare(own, histories))


def _rare(own: Sequence[str], histories: Mapping[str, int | None]) -> dict[str, int]:
    """The histories of several lists that the table has no row of, hidden ones evened out."""
    if RARE not in own or (listed := histories.get(LISTED)) is None:
        return {}
    each = {h: n for h, n in histories.items() if h not in (ALL, LISTED, BESIDE)}
    totals = pooled_totals(each, listed) or {}
    return {h: n for h, n in totals.items() if JOIN in h and h not in own}
