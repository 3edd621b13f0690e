"""The hidden number by group: made from the print alone, no number of it at another's cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.disclosure import ALL, CountTable, attack, clear, load_rules
from aiqyn.estimates.results import Interval
from aiqyn.estimates.subgroups.answer import Part
from aiqyn.observatory.clearing import RECORDED, history_table
from aiqyn.observatory.estimate_settings import EstimateSettings
from aiqyn.observatory.hidden_part.group_clearing import cleared_with_groups, costs
from aiqyn.observatory.hidden_part.group_estimates import THIN, group_lines
from aiqyn.observatory.hidden_part.group_gate import WholeGate, group_line
from aiqyn.observatory.hidden_part.group_histories import group_histories
from aiqyn.observatory.hidden_part.group_tables import PREFIX, RARE, TIES, Around, group_tables
from aiqyn.observatory.hidden_part.histories import histories, person_histories
from aiqyn.observatory.hidden_part.known_from_lists import least_persons
from aiqyn.observatory.hidden_part.spreading import pooled_totals, spread

CHANCES = {"hotline": 0.3, "iom": 0.5, "ngo": 0.7, "police": 1.5, "shelter": 1.1}
LISTS = {name: name for name in CHANCES}
RULES = load_rules(None)
GIVEN = {"definition": "palermo", "verdict": "trafficking"}
AROUND = Around(2025, GIVEN, RECORDED, RULES.threshold)
QUICK = EstimateSettings(("stepwise",), 40, 40, (), ("stepwise",), 1)
WANTED = {"sex": ("female", "male"), "age_group": ("0-17", "18+"), "form_group": ("labour",)}


def people(seed: int, persons: int, found: dict[str, float]) -> pl.DataFrame:
    """Victims of 2025, women and men found by each list with the chance that `found` gives."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(persons):
        sex = "female" if rng.random() < 0.6 else "male"
        held = [name for name in LISTS if rng.random() < found[sex] * CHANCES[name]]
        if held:
            age = rng.choice(["12-14", "18-24", "35-44", "unknown"], p=[0.25, 0.4, 0.34, 0.01])
            forms = [str(f) for f in rng.choice(["sexual", "labour"], 1 + (rng.random() < 0.1))]
            region = f"R{rng.integers(3)}"
            rows.append((str(number), 2025, held, sex, str(age), sorted(set(forms)), region))
    names = ["person_id", "year", "lists", "sex", "age_group", "form_group", "region"]
    return pl.DataFrame(rows, schema=names, orient="row")


VICTIMS = people(5, 1200, {"female": 0.25, "male": 0.25})


def tables_of(victims: pl.DataFrame) -> tuple[CountTable, dict[str, tuple[CountTable, ...]]]:
    held = person_histories(victims, LISTS, 5)
    counted = histories(victims, LISTS, 5)
    groups = group_tables(group_histories(victims, held, 2025), AROUND)
    return history_table(counted, "palermo"), groups


def printed(victims: pl.DataFrame) -> dict[str, pl.DataFrame]:
    base, groups = tables_of(victims)
    cleared, _ = cleared_with_groups([base], groups, lambda tables: clear(tables, RULES))
    return {n: t for n, t in cleared.value.tables.items() if n not in TIES}


def gate(publish: str, low: float, high: float | None) -> dict[str, object]:
    return {"year": 2025, "publish": publish, "low": low, "high": high}


def test_groups_hold_every_victim_and_every_history() -> None:
    held = person_histories(VICTIMS, LISTS, 5)
    counted = group_histories(VICTIMS, held, 2025)
    known = VICTIMS.filter(pl.col("age_group") != "unknown").height
    for name, persons in (("sex", known), ("age_group", known), ("region", VICTIMS.height)):
        own = counted.filter(dimension=name)
        assert own.filter(code=ALL)["n"].sum() == persons
        assert own.filter(pl.col("code") != ALL)["n"].sum() == persons
    forms = counted.filter(pl.col("code") != ALL, dimension="form_group")["n"].sum()
    assert forms == VICTIMS["form_group"].list.len().sum() > VICTIMS.height


def test_an_attack_on_all_that_is_printed_opens_nothing() -> None:
    base, groups = tables_of(VICTIMS)
    cleared, taken = cleared_with_groups([base], groups, lambda tables: clear(tables, RULES))
    assert set(taken) == {"sex", "age_group", "form_group", "region"}
    assert attack(cleared.value, RULES) == ()
    alone = clear([base], RULES).value
    assert not costs(alone, cleared.value)


def test_a_rare_history_stands_with_the_others_in_the_tables_of_groups() -> None:
    shown = printed(VICTIMS)
    whole = set(shown["victims_lists"].filter(pl.col("n") >= 10)["history"])
    told = set(shown[f"{PREFIX}sex"]["history"])
    assert RARE in told
    assert {h for h in whole if "+" in h} == {h for h in told if "+" in h}


def test_groups_that_cost_a_number_of_the_whole_give_way() -> None:
    """Two women and four men of six: both parts are small, and beside the six they would open."""
    parts = {"iom": (2, 4), "ngo": (60, 40), "police": (50, 40)}
    own = [(h, sex, n) for h, both in parts.items()
           for sex, n in zip((ALL, "female", "male"), (sum(both), *both), strict=True)]  # fmt: skip
    every = [(ALL, ALL, 196), (ALL, "female", 112), (ALL, "male", 84)]
    listed = [("listed", sex, n) for _, sex, n in every]
    rows = [("2025", *row) for row in (*own, *every, *listed)]
    counts = pl.DataFrame(rows, schema=["year", "history", "sex", "n"], orient="row")
    nested = {"history": dict.fromkeys(parts, "listed")}
    whole = CountTable("victims_lists", ("year", "history"),
                       counts.filter(sex=ALL).drop("sex"), hierarchy=nested)  # fmt: skip
    groups = CountTable("victims_lists_sex", ("year", "history", "sex"), counts, hierarchy=nested)

    def cleared(tables):
        return clear(tables, RULES)

    found, taken = cleared_with_groups([whole], {"sex": (groups,)}, cleared)
    assert costs(cleared([whole]).value, cleared([whole, groups]).value)
    assert taken == ()
    assert found.value.tables["victims_lists"].filter(history="iom")["n"].item() == 6


def swapped(victims: pl.DataFrame) -> pl.DataFrame:
    """A woman and a man on rare histories change places: small numbers differ, nothing else."""
    held = person_histories(victims, LISTS, 5)
    sizes = held.group_by("history").len().filter(pl.col("len") < 10)
    rare = held.join(sizes, on="history").sort("history")
    joined = rare.join(victims.filter(pl.col("age_group") == "18-24"), on="person_id")
    woman = joined.filter(sex="female").row(0, named=True)
    man = joined.filter(pl.col("history") != woman["history"], sex="male").row(0, named=True)
    lists = {woman["person_id"]: man["lists"], man["person_id"]: woman["lists"]}
    rows = [
        {**row, "lists": lists.get(row["person_id"], row["lists"])}
        for row in victims.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=victims.schema)


def test_an_estimate_of_a_group_is_made_from_the_print_alone() -> None:
    """Where two countries print the same, their groups have the same estimates."""
    other = swapped(VICTIMS)
    first, second = printed(VICTIMS), printed(other)
    name = f"{PREFIX}sex"
    assert first[name].equals(second[name])
    lines = [
        group_lines(shown, WANTED, gate("range", 900, 2000), QUICK) for shown in (first, second)
    ]
    assert lines[0].equals(lines[1])
    held = [person_histories(v, LISTS, 5).sort("person_id") for v in (VICTIMS, other)]
    assert not held[0].equals(held[1])


def test_groups_found_equally_well_come_near_their_true_numbers() -> None:
    """720 women and 480 men, every list finds a quarter of each."""
    shown = printed(VICTIMS)
    wide = gate("estimate", 1000.0, 1400.0)
    lines = group_lines(shown, WANTED, wide, QUICK).filter(dimension="sex")
    values = dict(lines.select("code", "value").iter_rows())
    assert values["female"] == pytest.approx(720, rel=0.15)
    assert values["male"] == pytest.approx(480, rel=0.15)


def test_a_group_that_is_found_less_has_more_hidden_persons_for_each_found() -> None:
    victims = people(8, 3000, {"female": 0.3, "male": 0.15})
    lines = group_lines(printed(victims), WANTED, gate("estimate", 2000.0, 6000.0), QUICK)
    value = dict(lines.filter(dimension="sex").select("code", "value").iter_rows())
    found = {s: victims.filter(sex=s).height for s in ("female", "male")}
    assert value["male"] / found["male"] > 1.3 * value["female"] / found["female"]


@pytest.mark.parametrize("publish", ["estimate", "range", "lower_bound", "nothing"])
def test_no_group_says_more_than_the_whole(publish: str) -> None:
    high = 1500.0 if publish in ("estimate", "range") else None
    lines = group_lines(printed(VICTIMS), WANTED, gate(publish, 800.0, high), QUICK)
    if publish == "nothing":
        assert lines.height == 0
        return
    assert lines["low"].drop_nulls().len() >= 4
    assert (lines["low"].drop_nulls() <= 800).all()
    assert lines["value"].null_count() == lines.height or publish == "estimate"
    if high is None:
        assert lines["high"].null_count() == lines.height
    else:
        assert (lines["high"].drop_nulls() <= 1500).all()


def test_a_group_with_too_few_on_two_lists_is_refused() -> None:
    rows = VICTIMS.with_columns(
        form_group=pl.when(pl.col("person_id").str.ends_with("77")).then(pl.lit(["marriage"]))
        .otherwise("form_group")
    )  # fmt: skip
    wanted = {"form_group": ("marriage", "sexual")}
    lines = group_lines(printed(rows), wanted, gate("range", 900, 2000), QUICK)
    assert dict(lines.select("code", "refused").iter_rows()) == {"marriage": THIN, "sexual": None}


def part(low: float, high: float) -> Part:
    return Part("female", 100, 150.0, (Interval(0.95, low, high),), 0.5)


def test_dependence_and_doubles_widen_a_group_as_they_widened_the_whole() -> None:
    whole = WholeGate("range", 500.0, 2000.0, 0.5, 2.0, 0.8, 1.0)
    line = group_line(2025, part(120.0, 200.0), whole)
    assert line["low"] == 80.0  # 0.8 * (100 + 0.5 * 20) = 88, down to ten
    assert line["high"] == 300.0  # 100 + 2 * 100
    assert line["value"] is None


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_hidden_cells_are_filled_with_whole_persons_that_keep_every_history(rows, data) -> None:
    totals = [a + b for a, b in rows]
    hide = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    shown = [[None, None] if x else [a, b] for x, (a, b) in zip(hide, rows, strict=True)]
    groups = [sum(a for a, _ in rows), sum(b for _, b in rows)]
    found = spread(totals, shown, groups, [1.0, 1.0])
    assert (found >= 0).all()
    assert found.sum(axis=1).tolist() == totals
    for row, cells in zip(found.tolist(), shown, strict=True):
        assert cells == [None, None] or row == cells
    hidden = [t for t, x in zip(totals, hide, strict=True) if x]
    assert abs(found[:, 0].sum() - groups[0]) <= max(1, len(hidden))


def test_histories_that_do_not_add_up_to_the_print_give_no_totals() -> None:
    assert pooled_totals({"a": 5, "b": None}, 5) is None
    assert pooled_totals({"a": 5, "b": None, "c": None}, 10) == {"a": 5, "b": 3, "c": 2}


def test_a_printed_part_of_a_hidden_history_bounds_the_list_from_below() -> None:
    hidden = pl.DataFrame(
        {"year": ["2025"], "history": ["iom"], "n": [None]}, schema_overrides={"n": pl.Int64}
    )
    parts = pl.DataFrame(
        {"year": ["2025"] * 3, "history": ["iom"] * 3, "sex": [ALL, "female", "male"],
         "n": [None, 12, 9], "status": ["hidden", "shown", "shown"]}
    )  # fmt: skip
    assert least_persons(hidden) == {"iom": 1}
    assert least_persons(hidden, [parts]) == {"iom": 21}


def test_what_an_edition_told_apart_is_told_apart_again_and_nothing_else() -> None:
    """One late record on a history of nine must not give it a row, which would be all its persons.

    The year would count as moved by ten, and be printed anew around the one.
    """
    _, first = tables_of(VICTIMS)
    histories_told = frozenset(first["region"][0].counts["history"])
    held = person_histories(VICTIMS, LISTS, 5)
    nine = min(h for h, n in held["history"].value_counts().iter_rows() if n == 9 and "+" in h)
    (someone,) = held.filter(history=nine).head(1)["person_id"]
    late = VICTIMS.filter(person_id=someone).with_columns(person_id=pl.lit("late"))
    counted = group_histories(
        pl.concat([VICTIMS, late]), person_histories(pl.concat([VICTIMS, late]), LISTS, 5), 2025
    )
    again = {told: {h for t in group_tables(counted, replace(AROUND, told=told))["region"][:1]
                    for h in t.counts["history"]}
             for told in (None, histories_told)}  # fmt: skip
    assert nine in again[None]
    assert again[histories_told] == histories_told


def test_a_year_printed_again_beside_the_report_s_year_is_not_in_its_estimates() -> None:
    shown = printed(VICTIMS)
    name = f"{PREFIX}sex"
    old = shown[name].with_columns(year=pl.lit("2024"), n=pl.col("n") // 2)
    beside = {**shown, name: pl.concat([shown[name], old])}
    wide = gate("estimate", 1000.0, 1400.0)
    assert group_lines(beside, WANTED, wide, QUICK).equals(group_lines(shown, WANTED, wide, QUICK))
