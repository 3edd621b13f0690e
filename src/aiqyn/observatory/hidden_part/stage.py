"""The stage `estimates`: from the persons counted to estimates of those whom nobody recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from aiqyn.errors import AiqynError
from aiqyn.observatory.building import Advance, Fetch, Made
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.hidden_part.agency_lists import AgencyLists, agency_lists
from aiqyn.observatory.hidden_part.changes import CHANGE, change_lines
from aiqyn.observatory.hidden_part.estimating import (
    Judged,
    check_rows,
    gate_row,
    judged,
    merged_lines,
    method_lines,
    model_lines,
    table_of,
    without_list_lines,
    year_line,
)
from aiqyn.observatory.hidden_part.histories import (
    counts_of_year,
    histories,
    lists_of_year,
)
from aiqyn.observatory.hidden_part.lines import table_of_lines
from aiqyn.observatory.hidden_part.pooling import Pooled, pooled
from aiqyn.observatory.hidden_part.years_together import judged_together
from aiqyn.observatory.linked_persons.correcting import LinkageAudited
from aiqyn.observatory.linked_persons.inputs import audited_linkage
from aiqyn.observatory.settings import Settings

FEWEST_LISTS = 2
TOO_FEW, NO_POOL = "OBS-024", "OBS-025"
LINE_TABLES = ("by_method", "without_list", "merged", "models", "by_year")
ESTIMATES = (*LINE_TABLES, "gate", "checks", "change", "histories", "left_out", "groups")
GATE = {
    "year": pl.Int64,
    "publish": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
    "value": pl.Float64,
    "method": pl.String,
    "refused": pl.String,
}
CHECKS = {"year": pl.Int64, "verdict": pl.String, "key": pl.String, "slots": pl.String}
LEFT_OUT = {"agency": pl.String, "reason": pl.String}
Rows = dict[str, list[Mapping[str, Any]]]  # Any: a column of the table


def estimates(observatory: Observatory, fetch: Fetch, advance: Advance) -> Made:
    """Persons × lists to capture histories by year, and the estimates of each year."""
    settings = observatory.settings
    chosen = settings.estimate
    lists = agency_lists(observatory.agencies, chosen.lists, chosen.one_list)
    least = max(chosen.least_persons, settings.threshold)
    counted = histories(fetch("profiles", "victims_listed"), lists.by_agency, least)
    audit = audited_linkage(observatory, lists.by_agency)
    bounds = fetch("profiles", "victims_bounds")
    pools, found, refused = _by_year(settings, counted, bounds, audit, advance)
    rows: Rows = {name: [] for name in (*LINE_TABLES, "gate", "checks")}
    rows["gate"] += [_refused(year, code) for year, code in refused.items()]
    for of in judged_together(found):
        _add_year(rows, of, settings, pools[of.year], audit)
    tables = {
        **{name: table_of_lines(rows[name]) for name in LINE_TABLES},
        "gate": pl.DataFrame(rows["gate"], schema=GATE).sort("year"),
        "checks": pl.DataFrame(rows["checks"], schema=CHECKS),
        "change": _change(pools, settings),
        "groups": pl.DataFrame(
            list(lists.groups.items()), schema={"list": pl.String, "kind": pl.String}, orient="row"
        ),
        "histories": _with_pools(counted, pools),
        "left_out": _left_out(lists, lists_of_year(counted, settings.report_year)),
    }
    verdict = tables["gate"].filter(year=settings.report_year)
    used = lists_of_year(counted, settings.report_year)
    notes = {"lists": len(used), **({} if audit is None else audit.shares(used))}
    return Made(tables, {**notes, "publish": verdict["publish"].item()})


def _by_year(
    settings: Settings,
    counted: pl.DataFrame,
    bounds: pl.DataFrame,
    audit: LinkageAudited | None,
    advance: Advance,
) -> tuple[dict[int, Pooled | None], list[Judged], dict[int, str]]:
    """Of each year its pooled histories, and its estimates or the code of their refusal."""
    years = range(settings.years[0], settings.years[1] + 1)
    pools: dict[int, Pooled | None] = {}
    found: list[Judged] = []
    refused: dict[int, str] = {}
    for place, year in enumerate(years):
        advance(place / len(years), str(year))
        pools[year] = pool = pooled(counts_of_year(counted, year), settings.threshold)
        if len(lists_of_year(counted, year)) < FEWEST_LISTS or pool is None:
            refused[year] = NO_POOL if pool is None else TOO_FEW
            continue
        try:
            found.append(_estimated(settings, year, pool, bounds, audit))
        except AiqynError as refusal:
            refused[year] = refusal.code
    return pools, found, refused


def _estimated(
    settings: Settings,
    year: int,
    pool: Pooled,
    bounds: pl.DataFrame,
    audit: LinkageAudited | None,
) -> Judged:
    """The report's year by every method, the others by those of the trend."""
    chosen = settings.estimate
    methods, boot = chosen.by_year, chosen.part_boot
    if year == settings.report_year:
        methods, boot = chosen.methods, chosen.boot
    doubles = _doubles(bounds, year, sum(pool.counts.values()))
    return judged(year, pool.counts, doubles, methods, chosen, boot, audit)


def _add_year(
    rows: Rows, of: Judged, settings: Settings, pool: Pooled | None, audit: LinkageAudited | None
) -> None:
    """All that is said of a year; of the report's year its parts too."""
    rows["gate"].append(gate_row(of))
    rows["by_year"].append(year_line(of))
    if of.year == settings.report_year and pool is not None:
        _add_parts(rows, of, settings, pool, audit)


def _add_parts(
    rows: Rows, of: Judged, settings: Settings, pool: Pooled, audit: LinkageAudited | None
) -> None:
    table, chosen = table_of(of.year, pool.counts), settings.estimate
    rows["by_method"] += method_lines(of)
    rows["models"] += model_lines(of)
    rows["checks"] += check_rows(of)
    rows["without_list"] += without_list_lines(of.year, table, chosen, audit)
    rows["merged"] += merged_lines(of.year, table, chosen, audit)


def _change(pools: Mapping[int, Pooled | None], settings: Settings) -> pl.DataFrame:
    counts = {year: pool.counts for year, pool in pools.items() if pool}
    rows = change_lines(counts, settings.report_year, settings.estimate)
    return pl.DataFrame(rows, schema={"year": pl.Int64, **dict.fromkeys(CHANGE, pl.Float64)})


def _refused(year: int, code: str) -> Mapping[str, Any]:  # Any: a column of GATE
    return {"year": year, "publish": "nothing", "refused": code}


def _doubles(bounds: pl.DataFrame, year: int, listed: int) -> int:
    """Persons on the lists who may be somebody else's: as the year's bounds have it, no finer."""
    row = bounds.filter(pl.col("year") == year)
    if not row.height or not row["n"].item():
        return 0
    n, low = int(row["n"].item()), int(row["low"].item())
    return round(listed * (n - low) / n)


def _with_pools(counted: pl.DataFrame, pools: Mapping[int, Pooled | None]) -> pl.DataFrame:
    """The histories, and whether each is known by the total of its pool alone."""
    in_pool = [
        bool((pool := pools.get(year)) is not None and history in pool.pool)
        for year, history in counted.select("year", "history").iter_rows()
    ]
    return counted.with_columns(pl.Series("pooled", in_pool, dtype=pl.Boolean))


def _left_out(lists: AgencyLists, used: tuple[str, ...]) -> pl.DataFrame:
    few = {a: "estimate.left_out.few" for a, name in lists.by_agency.items() if name not in used}
    told = sorted({**lists.left_out, **few}.items())
    return pl.DataFrame(told, schema=LEFT_OUT, orient="row")
