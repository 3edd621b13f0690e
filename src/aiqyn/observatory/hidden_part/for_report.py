"""The hidden number as the report reads it: from cleared tables alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from aiqyn.observatory.hidden_part.by_group import BY_GROUP
from aiqyn.observatory.hidden_part.histories import BESIDE, JOIN
from aiqyn.observatory.hidden_part.indicator import SCHEMA, Group, Residents, indicator
from aiqyn.observatory.hidden_part.passing_on import LISTED
from aiqyn.observatory.linked_persons.for_report import linkage_audited
from aiqyn.report.hidden_evidence import EstimateLine, GateCheck, HiddenEvidence
from aiqyn.standard import code_list
from aiqyn.words import LANGUAGES

OTHER_YEAR = "OBS-027"
Tables = Mapping[str, pl.DataFrame]
Labels = dict[str, dict[str, dict[str, str]]]


def hidden_evidence(
    passed: Tables,
    cleared: pl.DataFrame,
    year: int,
    detected: tuple[int, int] | None = None,
    residents: Residents | None = None,
    groups: Mapping[Group, int] | None = None,
) -> HiddenEvidence | str:
    """What the report may read of the year, or the code of the reason why it reads nothing.

    Parameters
    ----------
    passed : `estimate_…` tables of the stage `disclosure`
    cleared : histories as they are printed
    detected : victims of the year on any record, the fewest and the most; None where hidden
    residents : of the country in the year, and of its groups, where they are known
    groups : victims of the year by sex and of children and adults, where printed
    """
    gate = passed["estimate_gate"].filter(year=year).row(0, named=True)
    if gate["refused"]:
        return str(gate["refused"])
    by_method = _lines(passed["estimate_by_method"], year)
    if not by_method:
        return OTHER_YEAR
    overlap = _overlap(cleared, year)
    found = HiddenEvidence(
        year=year,
        lists=_lists(overlap),
        left_out=dict(passed["estimate_left_out"].iter_rows()),
        observed=_observed(cleared, year),
        publish=gate["publish"],
        low=gate["low"],
        high=gate["high"],
        by_method=by_method,
        without_list=_lines(passed["estimate_without_list"], year),
        merged=_lines(passed["estimate_merged"], year),
        models=_lines(passed["estimate_models"], year),
        by_year=_lines(passed["estimate_by_year"]),
        groups=_groups(passed[BY_GROUP], year),
        overlap=overlap,
        checks=_checks(passed["estimate_checks"], year),
        change=passed["estimate_change"],
        sdg=pl.DataFrame(schema=SCHEMA),
        audited=linkage_audited(passed["estimate_checks"], year),
    )
    sdg = indicator(found, gate["value"], detected, residents or {}, groups)
    return replace(found, sdg=sdg)


def with_groups(labels: Labels, passed: Tables) -> Labels:
    """The labels of agencies, and those of the lists that several agencies keep together."""
    kinds = code_list("agency_kind")
    groups: dict[str, dict[str, str]] = {
        name: {str(lang): kinds.label(kind, lang) for lang in LANGUAGES}
        for name, kind in passed["estimate_groups"].iter_rows()
    }
    return {**labels, "agency": {**labels["agency"], **groups}}


def _lines(table: pl.DataFrame, year: int | None = None) -> tuple[EstimateLine, ...]:
    rows = table if year is None else table.filter(year=year)
    return tuple(EstimateLine(**row) for row in rows.drop("year").iter_rows(named=True))


def _groups(table: pl.DataFrame, year: int) -> dict[str, tuple[EstimateLine, ...]]:
    """The lines of each dimension in the order in which they were made."""
    own = table.filter(year=year)
    names = own["dimension"].unique(maintain_order=True)
    return {name: _lines(own.filter(dimension=name).drop("dimension")) for name in names}


def _overlap(cleared: pl.DataFrame, year: int) -> pl.DataFrame:
    """Histories of the year that somebody has, largest first where it may be told."""
    beside = ("_all", LISTED, BESIDE)
    rows = cleared.filter(
        pl.col("year") == str(year),
        ~pl.col("history").is_in(beside),
        (pl.col("n") > 0) | pl.col("n").is_null(),
    )
    ordered = rows.sort("n", "history", descending=[True, False], nulls_last=True)
    return ordered.select(pl.col("history").alias("lists"), "n", "status")


def _lists(overlap: pl.DataFrame) -> tuple[str, ...]:
    return tuple(sorted({name for history in overlap["lists"] for name in history.split(JOIN)}))


def _observed(cleared: pl.DataFrame, year: int) -> int | None:
    row = cleared.filter(year=str(year), history=LISTED)
    return row["n"].item() if row.height else None


def _checks(table: pl.DataFrame, year: int) -> tuple[GateCheck, ...]:
    rows = table.filter(year=year).drop("year").iter_rows(named=True)
    return tuple(GateCheck(r["verdict"], r["key"], json.loads(r["slots"])) for r in rows)
