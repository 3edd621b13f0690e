"""The groups of the report's year: counted for disclosure, estimated from what it lets through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from aiqyn.disclosure import Cleared, CountTable, Release
from aiqyn.disclosure.earlier import Edition
from aiqyn.observatory.earlier_editions import editions
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.hidden_part.agency_lists import agency_lists
from aiqyn.observatory.hidden_part.group_clearing import cleared_with_groups
from aiqyn.observatory.hidden_part.group_estimates import group_lines
from aiqyn.observatory.hidden_part.group_histories import group_histories
from aiqyn.observatory.hidden_part.group_tables import (
    PREFIX,
    TIES,
    Around,
    group_tables,
    wanted_groups,
)
from aiqyn.observatory.hidden_part.histories import person_histories
from aiqyn.observatory.hidden_part.passing_on import ESTIMATE
from aiqyn.observatory.linked_persons.for_report import linkage_audited

BY_GROUP = f"{ESTIMATE}by_group"
Tables = Mapping[str, pl.DataFrame]


def cleared_beside_groups(
    observatory: Observatory,
    listed: pl.DataFrame,
    base: Sequence[CountTable],
    recorded: str,
    clear: Callable[[Sequence[CountTable]], Cleared[Release]],
) -> tuple[Cleared[Release], list[CountTable]]:
    """The release, and all tables in it: those of the groups too, as many as cost no other number.

    Parameters
    ----------
    listed : `person_id`, `year`, `lists` and the groups of each victim
    base : all other tables
    recorded : dimension that tells persons apart of whom everything is recorded
    """
    settings = observatory.settings
    chosen = settings.estimate
    lists = agency_lists(observatory.agencies, chosen.lists, chosen.one_list)
    least = max(chosen.least_persons, settings.threshold)
    held = person_histories(listed, lists.by_agency, least)
    counted = group_histories(listed, held, settings.report_year)
    given = {"definition": settings.definition, "verdict": "trafficking"}
    told = told_apart(editions(observatory), settings.report_year)
    around = Around(settings.report_year, given, recorded, settings.threshold, told)
    groups = group_tables(counted, around)
    cleared, taken = cleared_with_groups(base, groups, clear)
    more = {t.name: t for dimension in taken for t in groups[dimension]}
    return cleared, [*base, *more.values()]


def told_apart(before: Sequence[Edition], year: int) -> frozenset[str] | None:
    """Histories of the year that the last edition with its groups had rows of; None without one."""
    for edition in reversed(before):
        tables = (t for t in edition.tables if t.name.startswith(PREFIX))
        found = {h for t in tables for h in t.cells.filter(year=str(year))["history"]}
        if found:
            return frozenset(found)
    return None


def with_estimates_by_group(observatory: Observatory, shown: Tables, passed: Tables) -> Tables:
    """The tables of estimates that leave, and those of the groups beside them.

    Beside a total without linkage error no group is told, as its own estimate would still hold it.
    """
    year = observatory.settings.report_year
    gate = passed[f"{ESTIMATE}gate"].filter(year=year).row(0, named=True)
    wanted = wanted_groups(shown, year)
    lines = group_lines(shown, wanted, gate, observatory.settings.estimate)
    corrected = linkage_audited(passed[f"{ESTIMATE}checks"], year)
    return {**passed, BY_GROUP: lines.clear() if corrected else lines}


def without_groups(shown: Tables) -> dict[str, pl.DataFrame]:
    """The printed tables, those of groups by list left out."""
    return {name: table for name, table in shown.items() if not name.startswith(PREFIX)}


def printed(shown: Tables) -> dict[str, pl.DataFrame]:
    """The tables that are printed; those that only tie the groups' to others are not."""
    return {name: table for name, table in shown.items() if name not in TIES}
