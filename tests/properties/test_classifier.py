"""What must hold for every record, whatever the law says."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.standard.classifier import Finding, Recorded, Situation, classify, judge
from aiqyn.standard.definitions import definition_names, elements, versions

ALL_TEXTS = [text for name in definition_names() for text in versions(name)]
NOT_RECORDED = Recorded(frozenset(), settled=False)


def cells(codes: tuple[str, ...]) -> st.SearchStrategy[Recorded]:
    some = st.sets(st.sampled_from(codes), max_size=3)
    recorded = st.builds(Recorded, some.map(frozenset), st.booleans())
    return st.one_of(st.just(NOT_RECORDED), recorded)


SITUATIONS = st.builds(
    Situation,
    st.sampled_from(["adult", "child", "unknown"]),
    cells(elements().acts),
    cells(elements().means),
    cells(elements().purposes),
)
TEXTS = st.sampled_from(ALL_TEXTS)


def answers(recorded: Recorded, element: str) -> list[Recorded]:
    """What a cell could come to say: no more than it does, or, if it is open, one code more."""
    more = [] if recorded.settled else [{code} for code in elements().codes(element)]
    return [Recorded(recorded.codes | extra, settled=True) for extra in [set(), *more]]


def completions(case: Situation) -> list[Situation]:
    ages: list[Any] = ["adult", "child"] if case.age == "unknown" else [case.age]
    filled = [answers(getattr(case, e), e) for e in ("acts", "means", "purposes")]
    return [Situation(age, *combo) for age, *combo in product(ages, *filled)]


@settings(deadline=None, max_examples=120)
@given(SITUATIONS, TEXTS)
def test_a_verdict_is_unknown_exactly_when_the_missing_answers_could_turn_it_either_way(
    case: Situation, text: Any
) -> None:
    possible = {judge(full, text).verdict == "trafficking" for full in completions(case)}
    verdict = judge(case, text).verdict
    if verdict == "unknown":
        assert possible == {True, False}
    else:
        assert possible == {verdict == "trafficking"}


@settings(deadline=None)
@given(SITUATIONS, TEXTS)
def test_what_is_missing_is_named_when_it_decides_and_only_then(case: Situation, text: Any) -> None:
    found = judge(case, text)
    assert bool(found.missing) == (found.verdict in ("unknown", "not_shown"))
    recorded = {"act": case.acts, "means": case.means, "purpose": case.purposes}
    for element in found.missing:
        if element == "age":
            assert case.age == "unknown"
            assert found.verdict == "unknown"
        else:
            assert recorded[element].settled == (found.verdict == "not_shown")


@given(SITUATIONS, TEXTS, st.sampled_from(elements().means))
def test_one_more_means_never_takes_trafficking_away(
    case: Situation, text: Any, means: str
) -> None:
    more = replace(case, means=Recorded(case.means.codes | {means}, settled=True))
    if judge(case, text).verdict == "trafficking":
        assert judge(more, text).verdict == "trafficking"


@given(SITUATIONS, TEXTS, st.sampled_from(["acts", "means", "purposes"]), st.data())
def test_one_more_code_never_takes_trafficking_away(
    case: Situation, text: Any, element: str, data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(elements().codes(element)))
    fuller = Recorded(getattr(case, element).codes | {code}, settled=True)
    if judge(case, text).verdict == "trafficking":
        assert judge(replace(case, **{element: fuller}), text).verdict == "trafficking"


@given(SITUATIONS, TEXTS, st.sampled_from(["acts", "means", "purposes", "age"]))
def test_removing_information_never_settles_anything(
    case: Situation, text: Any, element: str
) -> None:
    less = replace(case, **{element: "unknown" if element == "age" else NOT_RECORDED})
    before, after = judge(case, text).verdict, judge(less, text).verdict
    if before == "unknown":
        assert after == "unknown"
    assert after == "unknown" or (after == "trafficking") == (before == "trafficking")


@given(SITUATIONS, cells(elements().means))
def test_kazakhstan_never_looks_at_the_means(case: Situation, means: Recorded) -> None:
    def plain(found: Finding) -> tuple[str, tuple[str, ...]]:
        return found.verdict, found.missing

    for text in versions("kz"):
        assert plain(judge(case, text)) == plain(judge(replace(case, means=means), text))


@given(SITUATIONS)
def test_a_child_is_never_worse_off_than_an_adult(case: Situation) -> None:
    for text in ALL_TEXTS:
        if judge(replace(case, age="adult"), text).verdict == "trafficking":
            assert judge(replace(case, age="child"), text).verdict == "trafficking"
            assert judge(replace(case, age="unknown"), text).verdict == "trafficking"


CELLS = st.one_of(
    st.none(),
    st.just(["none"]),
    st.lists(st.sampled_from(elements().purposes), min_size=1, max_size=4),
)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 60)), CELLS), min_size=1), st.randoms()
)
def test_neither_the_order_of_codes_nor_of_rows_matters(
    people: list[tuple[int | None, list[str] | None]], shuffler: random.Random
) -> None:
    rows = [(n, age, ["receipt"], ["none"], codes) for n, (age, codes) in enumerate(people)]
    mixed = [
        (n, age, acts, means, codes and [*codes, *codes][::-1])
        for n, age, acts, means, codes in rows
    ]
    mixed = [(*row[:4], ["none"] if row[4] and "none" in row[4] else row[4]) for row in mixed]
    shuffler.shuffle(mixed)
    plain = ["id", "definition", "verdict", "missing", "reason_key", "citations", "codes"]
    one, other = (classify(table(r)).select(plain).sort("id", "definition") for r in (rows, mixed))
    assert one.equals(other)


def table(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    codes = pl.List(pl.String)
    schema = {"id": pl.Int64, "age": pl.Int64, "acts": codes, "means": codes, "purposes": codes}
    return pl.DataFrame(rows, schema=schema, orient="row")
