"""From persons to estimates: sums that must hold, and small numbers that no estimate may tell."""

from __future__ import annotations

import itertools
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.disclosure import CountTable, load_rules, protect
from aiqyn.estimates import Gate, GateCheck, table_of_persons
from aiqyn.observatory.hidden_part.estimating import Judged
from aiqyn.observatory.hidden_part.histories import BESIDE, counts_of_year, histories
from aiqyn.observatory.hidden_part.known_from_lists import tells_of_agencies
from aiqyn.observatory.hidden_part.lines import LINES
from aiqyn.observatory.hidden_part.passing_on import passed_on, rounded
from aiqyn.observatory.hidden_part.pooling import pooled
from aiqyn.observatory.hidden_part.stage import CHANGE, CHECKS, GATE, LEFT_OUT
from aiqyn.observatory.hidden_part.unlinked import all_linked, apportion
from aiqyn.observatory.hidden_part.years_together import TOGETHER, judged_together

LISTS = ("iom", "ngo", "police", "shelter")
HISTORIES = ["+".join(c) for k in range(1, 5) for c in itertools.combinations(LISTS, k)]
THRESHOLD = 5
tables = st.dictionaries(st.sampled_from(HISTORIES), st.integers(1, 60), min_size=1)


def on_lists(counts: dict[str, int]) -> dict[str, int]:
    return {x: sum(n for h, n in counts.items() if x in h.split("+")) for x in LISTS}


@given(tables, st.integers(0, 80))
@settings(max_examples=60, deadline=None)
def test_linking_persons_shortens_the_count_of_persons_and_of_no_list(
    counts: dict[str, int], doubles: int
) -> None:
    """Whoever turns out to be somebody else stands on both lists: each list keeps its length."""
    linked = all_linked(counts, doubles)
    assert on_lists(linked) == on_lists(counts)
    fewer = sum(counts.values()) - sum(linked.values())
    assert 0 <= fewer <= doubles
    assert all(n > 0 for n in linked.values())


@given(st.integers(0, 40), st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30)))
def test_persons_are_apportioned_whole_and_nobody_twice(total: int, among: dict[str, int]) -> None:
    total = min(total, sum(among.values()))
    shares = apportion(total, among)
    assert sum(shares.values()) == total
    assert all(abs(n - total * among[c] / sum(among.values())) < 1 for c, n in shares.items() if n)
    assert all(0 <= shares[code] <= n for code, n in among.items())


@given(tables)
@settings(max_examples=60, deadline=None)
def test_pooling_keeps_every_history_total_and_large_number(counts: dict[str, int]) -> None:
    found = pooled(counts, THRESHOLD)
    if found is None:
        assert any(n < THRESHOLD for n in counts.values())
        return
    assert sum(found.counts.values()) == sum(counts.values())
    assert {h for h, n in counts.items() if n < THRESHOLD} <= set(found.pool)
    assert all(found.counts[h] == n for h, n in counts.items() if h not in found.pool)
    assert all(n >= 1 for n in found.counts.values())


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_a_pool_leaves_each_small_history_every_small_value(numbers: list[int]) -> None:
    """Every filling is tried: small ones 1 to 4, others whole persons, adding to the total."""
    counts = dict(zip(HISTORIES, numbers, strict=False))
    found = pooled(counts, THRESHOLD)
    if found is None or not found.pool:
        return
    pool, total = list(found.pool), sum(counts[h] for h in found.pool)
    room = [range(1, THRESHOLD) if counts[h] < THRESHOLD else range(1, total + 1) for h in pool]
    fillings = [f for f in itertools.product(*room) if sum(f) == total]
    for place, history in enumerate(pool):
        if counts[history] < THRESHOLD:
            assert {f[place] for f in fillings} == set(range(1, THRESHOLD))


def test_two_countries_that_differ_in_small_numbers_only_look_alike_to_the_estimators() -> None:
    large = {"police": 90, "ngo": 40, "ngo+police": 12}
    one = {**large, "iom": 1, "iom+ngo": 4, "iom+police": 2, "shelter": 3}
    other = {**large, "iom": 4, "iom+ngo": 1, "iom+police": 4, "shelter": 1}
    assert pooled(one, THRESHOLD) == pooled(other, THRESHOLD)
    assert pooled(one, THRESHOLD) != pooled({**other, "iom": 3}, THRESHOLD)


def people(seed: int, n: int) -> pl.DataFrame:
    draw = random.Random(seed)
    held = [sorted(draw.sample((*LISTS, "court"), draw.randint(1, 3))) for _ in range(n)]
    return pl.DataFrame({"person_id": [str(i) for i in range(n)], "year": 2025, "lists": held})


def test_histories_are_those_of_the_estimators_own_table_and_hold_every_victim() -> None:
    victims = people(3, 400)
    counted = histories(victims, {x: x for x in LISTS}, 1)
    assert counted["n"].sum() == 400
    rows = victims.explode("lists").filter(pl.col("lists") != "court")
    table = table_of_persons(rows, person="person_id", agency="lists")
    expected = {"+".join(table.names(h)): n for h, n in enumerate(table.counts) if n}
    assert counts_of_year(counted, 2025) == expected
    only_court = victims.filter(pl.col("lists") == ["court"]).height
    assert counted.filter(history=BESIDE)["n"].item() == only_court > 0


def test_a_list_of_few_persons_is_none_and_its_persons_stay_with_their_other_lists() -> None:
    held = [["police"]] * 20 + [["ngo"]] * 10 + [["iom", "police"]] * 3 + [["iom"]]
    victims = pl.DataFrame({"person_id": [str(i) for i in range(34)], "year": 2025, "lists": held})
    counted = histories(victims, {x: x for x in LISTS}, 5)
    assert counts_of_year(counted, 2025) == {"police": 23, "ngo": 10}
    assert counted.filter(history=BESIDE)["n"].item() == 1


def made(publish: str) -> dict[str, pl.DataFrame]:
    line = {
        "year": 2025, "code": "stepwise", "value": 1234.5, "low": 987.6, "high": 2345.6,
        "low80": 1056.7, "high80": 1987.6, "refused": None, "main": False, "share": 0.25,
    }  # fmt: skip
    gate = {"year": 2025, "publish": publish, "low": 801.0, "high": 3001.0, "value": 1234.5,
            "method": "bic", "refused": None}  # fmt: skip
    if publish == "lower_bound":
        gate["high"] = None
    slots = '{"low": 1111.1, "high": 2222.2}'
    checks = [
        (2025, "passed", "estimate.gate.check.methods", slots),
        (2025, "passed", "estimate.gate.check.width", '{"ratio": 2.345, "most": 3.0}'),
        (2025, "passed", "estimate.gate.check.lists", '{"n": 3, "least": 3}'),
    ]
    return {
        **{n: pl.DataFrame([line], schema=LINES) for n in
           ("by_method", "without_list", "merged", "models", "by_year")},
        "gate": pl.DataFrame([gate], schema=GATE),
        "checks": pl.DataFrame(checks, schema=CHECKS, orient="row"),
        "change": pl.DataFrame(schema={"year": pl.Int64, **dict.fromkeys(CHANGE, pl.Float64)}),
        "left_out": pl.DataFrame(schema=LEFT_OUT),
        "groups": pl.DataFrame(schema={"list": pl.String, "kind": pl.String}),
        "histories": pl.DataFrame(
            {"year": [2025] * 3, "history": ["a", "b", "a+b"], "n": [50, 3, 2],
             "pooled": [False, True, True]}
        ),
    }  # fmt: skip


def cleared(**hidden: str) -> pl.DataFrame:
    rows = {"_all": 60, "listed": 55, "a": 50, "b": None, "a+b": None}
    status = {"b": "small", "a+b": "small", **hidden}
    told = [
        ("2025", h, None if h in status else n, status.get(h, "shown")) for h, n in rows.items()
    ]
    return pl.DataFrame(told, ["year", "history", "n", "status"], orient="row")


FORBIDDEN = {
    "estimate": set(),
    "range": {1230.0, 1234.5},
    "lower_bound": {
        980.0,
        987.6,
        1230.0,
        1234.5,
        2350.0,
        2345.6,
        1990.0,
        1987.6,
        3010.0,
        1056.7,
        1050.0,
    },
    "nothing": {1230.0, 1234.5, 2350.0, 1990.0, 3010.0, 980.0, 987.6, 800.0, 801.0, 1050.0},
}


@pytest.mark.parametrize("publish", sorted(FORBIDDEN))
def test_what_the_gate_withholds_is_in_no_table_that_leaves(publish: str) -> None:
    passed = passed_on(made(publish), cleared())
    numbers = {
        x
        for table in passed.values()
        for name in ("value", "low", "high", "low80", "high80")
        if name in table.columns
        for x in table[name].drop_nulls()
    }
    assert numbers & FORBIDDEN[publish] == set()
    assert all(x % 10 == 0 for x in numbers)
    assert (len(numbers) == 0) == (publish == "nothing")
    told = "".join(passed["estimate_checks"]["slots"])
    assert ("2230" in told) == (publish in ("estimate", "range"))
    assert ("2.345" in told) == (publish in ("estimate", "range"))
    assert '"least": 3' in told


def test_ends_are_rounded_outwards() -> None:
    assert rounded(987.6, up=False) == 980
    assert rounded(2340.1, up=True) == 2350
    assert rounded(1234.9) == 1230


@pytest.mark.parametrize("hides", ["a", "listed"])
def test_a_hidden_number_beneath_an_estimate_takes_the_year_s_estimates_with_it(hides: str) -> None:
    passed = passed_on(made("estimate"), cleared(**{hides: "hidden"}))
    gate = passed["estimate_gate"].row(0, named=True)
    assert (gate["publish"], gate["refused"]) == ("nothing", "OBS-026")
    assert [gate[x] for x in ("low", "high", "value", "method")] == [None] * 4
    assert sum(t.height for n, t in passed.items() if n != "estimate_gate") == 0


def test_a_score_of_all_years_is_not_printed_where_one_of_them_is_held_back() -> None:
    """Whoever knows the other years' scores has that of the year, and its table is not printed."""
    tables = made("range")
    told = {"verdict": "passed", "key": TOGETHER, "slots": '{"z": 0.987654321, "most": 1.28}'}
    checks = pl.concat(
        [tables["checks"], pl.DataFrame([{"year": 2025, **told}], schema=tables["checks"].schema)]
    )
    held = {"year": 2024, "publish": "nothing"}
    gate = pl.concat([tables["gate"], pl.DataFrame([held], schema=tables["gate"].schema)])
    for kept in (frozenset[int](), frozenset({2024})):
        passed = passed_on({**tables, "checks": checks, "gate": gate}, cleared(), kept=kept)
        printed = passed["estimate_checks"]
        assert ("987654321" in "".join(printed["slots"])) == (not kept)
        assert (f"{TOGETHER}.withheld" in printed["key"]) == bool(kept)


def of_year(year: int, z: float, lists: tuple[str, ...] = ("a", "b", "c")) -> Judged:
    check = GateCheck("passed", "estimate.gate.check.residual", {"z": z, "most": 1.28})
    return Judged(year, lists, (), Gate("range", (), "stepwise", 100.0, 900.0, (check,)))


def test_years_that_pass_one_by_one_may_fail_together() -> None:
    """Five scores of 0.6 are one of 0.6 * 5 / sqrt(5) = 1.34; four are 1.2."""
    five = judged_together([of_year(year, 0.6) for year in range(2021, 2026)])
    four = judged_together([of_year(year, 0.6) for year in range(2022, 2026)])
    assert {(of.gate.publish, of.gate.low, of.gate.high) for of in five} == {
        ("lower_bound", 100.0, None)
    }
    assert {of.gate.publish for of in four} == {"range"}
    assert all(of.gate.checks[-1].slots["n"] == 5 for of in five)


def test_years_with_other_lists_do_not_judge_one_another() -> None:
    other = of_year(2020, 9.0, ("a", "b"))
    found = judged_together([other, of_year(2021, 0.1), of_year(2022, 0.1)])
    assert [of.gate.publish for of in found] == ["range"] * 3
    assert found[0].gate == other.gate


def agencies(*rows: tuple[str, int]) -> CountTable:
    total = ("_all", sum(n for _, n in rows))
    counts = pl.DataFrame([total, *rows], ["agency", "n"], orient="row")
    return CountTable("agency_rows", ("agency",), counts, population="rows")


def years(*rows: tuple[str, int]) -> CountTable:
    listed = sum(n for _, n in rows)
    told = [("2025", h, n) for h, n in (("_all", listed), ("listed", listed), *rows)]
    counts = pl.DataFrame(told, ["year", "history", "n"], orient="row")
    parents = {"history": {h: "listed" for h, _ in rows}}
    return CountTable("lists", ("year", "history"), counts, "persons", hierarchy=parents)


def test_histories_that_fill_an_agency_s_hidden_rows_give_away_the_smaller_agency() -> None:
    """63 rows of the border and 3 of a post: both hidden, 66 printed. 63 persons of the border."""
    rules = load_rules()
    rows = agencies(("border", 63), ("post", 3), ("police", 500))
    hidden = protect([rows], rules).tables["agency_rows"].filter(pl.col("status") != "shown")
    assert set(hidden["agency"]) == {"border", "post"}
    telling = protect([rows, years(("border", 63), ("police", 400))], rules)
    silent = protect([rows, years(("border", 40), ("police", 400))], rules)
    assert tells_of_agencies(telling, "lists", ["agency_rows"], rules)
    assert not tells_of_agencies(silent, "lists", ["agency_rows"], rules)
