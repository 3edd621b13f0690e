"""What holds of every publication, whoever is counted in it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiqyn.disclosure import (
    FOREIGN,
    CountTable,
    Release,
    attack,
    count_table,
    load_rules,
    protect,
)

RULES = load_rules()
CODES = {"sex": "fmu", "age": "abcd", "region": "rst", "form": "wxyz"}
SCHEMES = [
    [("sex", "age")],
    [("sex", "age"), ("age", "region")],
    [("sex", "age"), ("age", "region"), ("sex", "region")],
    [("form",), ("form", "sex"), ("sex", "age")],
]
AGES = {"a": "child", "b": "child", "c": "adult", "d": "adult"}
HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large]

person = st.fixed_dictionaries(
    {
        **{dim: st.sampled_from(list(CODES[dim])) for dim in ("sex", "age", "region")},
        "form": st.lists(st.sampled_from(list(CODES["form"])), min_size=1, max_size=2),
        "times": st.integers(1, 9),
    }
)
people = st.lists(person, min_size=1, max_size=14)
schemes = st.sampled_from(SCHEMES)


def tables_of(persons: list[dict[str, object]], dims: list[tuple[str, ...]]) -> list[CountTable]:
    rows = [p for p in persons for _ in range(int(str(p["times"])))]
    frame = pl.DataFrame(rows).drop("times")
    domains = {dim: list(codes) for dim, codes in CODES.items()}
    nested = [{"age": AGES} if "age" in d else {} for d in dims]
    return [
        count_table("-".join(d), frame, d, domains=domains, hierarchy=h)
        for d, h in zip(dims, nested, strict=True)
    ]


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=HEALTH)
@given(people, schemes)
def test_nothing_that_protect_releases_is_opened(
    persons: list[dict[str, object]], dims: list[tuple[str, ...]]
) -> None:
    release = protect(tables_of(persons, dims), RULES)
    assert attack(release, RULES) == ()
    # A reader who does not know that "<5" and "x" are never zero knows less, and finds nothing.
    assert attack(release, FOREIGN) == ()


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=HEALTH)
@given(people, schemes)
def test_what_is_printed_is_true_and_small_numbers_are_not(
    persons: list[dict[str, object]], dims: list[tuple[str, ...]]
) -> None:
    tables = tables_of(persons, dims)
    release = protect(tables, RULES)
    for table in tables:
        both = table.counts.join(release.tables[table.name], on=table.dims, suffix="_printed")
        assert both.height == table.counts.height
        shown = both.filter(pl.col("n_printed").is_not_null())
        assert (shown["n"] == shown["n_printed"]).all()
        assert not shown["n"].is_between(1, 4).any()
        assert (both.filter(pl.col("n") == 0)["status"] == "shown").all()
        assert both.filter(pl.col("status") == "small")["n"].is_between(1, 4).all()


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=HEALTH)
@given(people)
def test_no_single_sum_gives_a_hidden_cell_away(persons: list[dict[str, object]]) -> None:
    """Told without the attack: no line of a table has exactly one hidden cell, total included."""
    (table,) = tables_of(persons, [("sex", "region")])
    frame = protect([table], RULES).tables[table.name]
    for line, across in (("sex", "region"), ("region", "sex")):
        hidden = frame.group_by(line).agg(pl.col("n").is_null().sum().alias("hidden"))
        assert not (hidden["hidden"] == 1).any(), across


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=HEALTH)
@given(people, schemes, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_tables_does_not_matter(
    persons: list[dict[str, object]], dims: list[tuple[str, ...]], order: object
) -> None:
    tables = tables_of(persons, dims)
    before = _marks(protect(tables, RULES))
    for turned in permutations(tables):
        shuffled = [
            CountTable(
                t.name,
                t.dims,
                t.counts.reverse(),
                hierarchy=t.hierarchy,
                overlapping=t.overlapping,
            )
            for t in turned
        ]
        assert _marks(protect(shuffled, RULES)) == before


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=HEALTH)
@given(people, people)
def test_another_year_changes_nothing_in_this_one(
    first: list[dict[str, object]], second: list[dict[str, object]]
) -> None:
    dims = ("year", "sex", "region")

    def years(*lists: list[dict[str, object]]) -> Release:
        rows = [{**p, "year": str(at)} for at, ps in enumerate(lists) for p in ps for _ in range(3)]
        domains = {d: list(CODES[d]) for d in ("sex", "region")}
        table = count_table("t", pl.DataFrame(rows), dims, domains=domains, no_total=["year"])
        return protect([table], RULES)

    alone, beside = years(first).tables["t"], years(first, second).tables["t"]
    assert alone.sort(dims).equals(beside.filter(pl.col("year") == "0").sort(dims))


def test_the_naive_way_is_opened() -> None:
    """Only the small cell hidden: its row total gives it away. Guards the tests above."""
    persons = [
        {"sex": s, "age": "a", "region": r, "form": ["w"], "times": n}
        for s, r, n in (("f", "r", 9), ("f", "s", 8), ("m", "r", 7), ("m", "s", 2))
    ]
    (table,) = tables_of(persons, [("sex", "region")])
    release = protect([table], RULES)
    (printed,) = release.published
    true = table.counts.join(printed.cells.drop("n"), on=table.dims)
    shown = pl.col("status") != "small"
    bare = true.with_columns(
        pl.when(shown).then(pl.col("n")).alias("n"),
        pl.when(shown).then(pl.lit("shown")).otherwise(pl.lit("small")).alias("status"),
    ).select(*table.dims, "n", "status")
    (opening,) = attack(Release((replace(printed, cells=bare),)), RULES)
    assert (opening.low, opening.high) == (2, 2)


def _marks(release: Release) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: sorted(map(tuple, frame.rows()), key=str) for name, frame in release.tables.items()
    }
