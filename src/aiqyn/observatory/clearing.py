"""What is published together, with all that a reader knows about how its numbers hang together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from aiqyn.disclosure import ALL, CountTable, Judged, Release, Rules, publication_table
from aiqyn.disclosure.earlier import KEPT, Edition, judge
from aiqyn.observatory.hidden_part.histories import BESIDE
from aiqyn.observatory.hidden_part.passing_on import LISTED
from aiqyn.profiles import TABLES, ProfileTable

HISTORIES = "victims_lists"  # table of victims by the lists that hold them
AGENCY_TABLES = ("agency_rows", "agency_accepted")
RECORDED = "recorded"  # dimension: persons of whom all that a table asks for is recorded


def victim_tables(counts: Mapping[str, pl.DataFrame], definition: str) -> list[CountTable]:
    """The tables of victims; their total is the same cell as the verdict's in the definitions.

    A table of those of whom everything is recorded counts some of the victims and never more of
    them, so its total bounds theirs: `tie` says so where neither prints it.
    """
    counted_by = {"definition": definition, "verdict": "trafficking"}
    tables = [_victim_table(t, counts[t.name], counted_by) for t in TABLES]
    whole = counts[next(t.name for t in TABLES if not t.known_only)]
    ties = [_tie(t.name, counts[t.name], whole, counted_by) for t in TABLES if t.known_only]
    return [*tables, *ties]


def verdict_table(counts: pl.DataFrame, combinations: pl.DataFrame) -> CountTable:
    """Verdicts by definition, and which of them can fall together on one person."""
    judged = Judged(
        "definition", "verdict", tuple(combinations.columns), tuple(combinations.iter_rows())
    )
    return publication_table("definitions", counts, judged=judged)


def history_table(histories: pl.DataFrame, definition: str) -> CountTable:
    """Victims by the lists that hold them; those on a list and those on none are all victims."""
    own = histories.select(pl.col("year").cast(pl.String), "history", "n")
    beside = pl.col("history") == BESIDE
    on_lists = own.group_by("year").agg(pl.col("n").filter(~beside).sum())
    on_none = own.group_by("year").agg(pl.col("n").filter(beside).sum())
    everyone = own.group_by("year").agg(pl.col("n").sum())
    totals = [(everyone, ALL), (on_lists, LISTED), (on_none, BESIDE)]
    rows = [t.select("year", pl.lit(code).alias("history"), "n") for t, code in totals]
    counts = pl.concat([*rows, own.filter(~beside)]).sort("year", maintain_order=True)
    kept = own.filter(~beside)["history"].unique()
    return CountTable(
        HISTORIES,
        ("year", "history"),
        counts,
        population="persons",
        hierarchy={"history": dict.fromkeys(sorted(kept), LISTED)},
        given={"definition": definition, "verdict": "trafficking"},
    )


def totals_alone(histories: pl.DataFrame) -> pl.DataFrame:
    """All victims of each year, which are printed anyway, and no history."""
    return histories.filter(history=ALL)


def agency_tables(files: pl.DataFrame) -> list[CountTable]:
    """Rows that each agency sent, and rows that were accepted: a row is a person on its list."""
    sent = files.group_by("agency").agg(pl.col("rows", "accepted").sum())
    return [_by_agency(name, sent, name.removeprefix("agency_")) for name in AGENCY_TABLES]


def printed(release: Release) -> dict[str, pl.DataFrame]:
    """The tables that are printed; those that only tie others together say nothing new."""
    return {name: table for name, table in release.tables.items() if RECORDED not in table.columns}


def kept_years(
    tables: Sequence[CountTable], editions: Sequence[Edition], rules: Rules
) -> frozenset[int]:
    """Years whose numbers have moved too little to be printed anew: they stand as they stood."""
    verdicts = judge(tables, editions, rules)
    return frozenset(int(year) for (_, year), v in verdicts.items() if year and v.standing == KEPT)


def _victim_table(
    table: ProfileTable, counts: pl.DataFrame, counted_by: Mapping[str, str]
) -> CountTable:
    known = {RECORDED: table.name} if table.known_only else {}
    given = {**counted_by, **known}
    return publication_table(f"victims_{table.name}", counts, population="persons", given=given)


def _tie(
    name: str, known: pl.DataFrame, whole: pl.DataFrame, counted_by: Mapping[str, str]
) -> CountTable:
    rows = [_totals(known, name), _totals(whole, ALL)]
    return publication_table(f"victims_known_{name}", pl.concat(rows), given=counted_by)


def _totals(counts: pl.DataFrame, code: str) -> pl.DataFrame:
    dims = [c for c in counts.columns if c not in ("year", "n")]
    total = counts.filter(pl.col(dim) == ALL for dim in dims)
    return total.select("year", pl.lit(code).alias(RECORDED), "n")


def _by_agency(name: str, sent: pl.DataFrame, what: str) -> CountTable:
    parts = sent.select("agency", pl.col(what).cast(pl.Int64).alias("n")).sort("agency")
    total = pl.DataFrame({"agency": [ALL], "n": [int(parts["n"].sum())]})
    return publication_table(name, pl.concat([total, parts]), population=name)
