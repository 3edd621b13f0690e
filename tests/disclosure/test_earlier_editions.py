"""Last year's report and replaced editions lie beside the new one, and can be subtracted from it.

The reader here shares no code with the house: whole numbers of persons, all printed sums of both
publications, and that a year which did not change is the same year in both.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from aiqyn.disclosure import CountTable, Release, Rules, clear, count_table
from aiqyn.disclosure.earlier import KEPT, NEW, REVISED, SAME, Edition, edition_json, judge
from aiqyn.disclosure.earlier import read_edition as read
from aiqyn.errors import InputRefused

ALL = "_all"
SEXES, REGIONS, FORMS = ("f", "m"), ("north", "south", "west"), ("farm", "home", "street")
RULES = Rules()
Person = tuple[str, str, str, str]  # year, sex, region, form


def tables(people: Sequence[Person]) -> list[CountTable]:
    frame = pl.DataFrame(people, ["year", "sex", "region", "form"], orient="row")
    domains = {"sex": SEXES, "region": REGIONS, "form": FORMS}
    return [
        count_table(name, frame, ("year", *dims), no_total=["year"], domains=domains)
        for name, dims in (("by_sex", ("sex", "region")), ("by_form", ("form", "region")))
    ]


def publish(people: Sequence[Person], *editions: Edition) -> Release:
    return clear(tables(people), RULES, editions=editions).value


def edition(name: str, release: Release, threshold: int = 5) -> Edition:
    """Through the file, as an observatory does."""
    return read(name, edition_json(release, threshold=threshold, about={}))


def invented(rng: random.Random, years: Sequence[str], size: int) -> list[Person]:
    weights = [rng.random() ** 3 for _ in product(SEXES, REGIONS, FORMS)]
    kinds = list(product(SEXES, REGIONS, FORMS))
    return [(y, *k) for y in years for k in rng.choices(kinds, weights, k=size)]


def facts(release: Release, year: str) -> dict[tuple[str, ...], tuple[int | None, str]]:
    """(sex, region, form) -> what is printed of the year."""
    found = {}
    for name, dim in (("by_sex", "sex"), ("by_form", "form")):
        for row in release.tables[name].filter(year=year).iter_rows(named=True):
            codes = {"sex": ALL, "form": ALL, "region": row["region"], dim: row[dim]}
            found[codes["sex"], codes["region"], codes["form"]] = (row["n"], row["status"])
    return found


def ranges(
    shown: Sequence[Mapping[tuple[str, ...], tuple[int | None, str]]],
) -> dict[tuple[str, ...], tuple[int, int]]:
    """Least and most persons of each cell that some publication hides and none shows."""
    kinds = list(product(SEXES, REGIONS, FORMS))
    rows, low, high, names = [], [], [], []
    for printed in shown:
        for cell, (n, status) in printed.items():
            ends = (n, n) if n is not None else (1, 4) if status == "small" else (1, np.inf)
            rows.append(
                [all(c in (ALL, k) for c, k in zip(cell, kind, strict=True)) for kind in kinds]
            )
            low.append(ends[0])
            high.append(ends[1])
            names.append(cell)
    held = LinearConstraint(np.array(rows, dtype=float), low, high)
    known = {c for printed in shown for c, (n, _) in printed.items() if n is not None}
    found = {}
    for cell, row in zip(names, rows, strict=True):
        if cell not in known:
            ends = []
            for sign in (1.0, -1.0):
                cost = sign * np.array(row, dtype=float)
                best = milp(
                    cost, integrality=np.ones(len(kinds)), bounds=Bounds(0, 500), constraints=held
                )
                assert best.x is not None, "what is printed cannot be true"
                ends.append(round(float(np.array(row) @ best.x)))
            found[cell] = (ends[0], ends[1])
    return found


@pytest.mark.parametrize("seed", range(6))
def test_a_year_printed_again_keeps_what_it_hid(seed: int) -> None:
    people = invented(random.Random(seed), ("2023", "2024"), 60)
    old = publish(people)
    more = [*people, *invented(random.Random(seed + 100), ("2025",), 60)]
    new = publish(more, edition("2024", old))
    for year in ("2023", "2024"):
        assert facts(new, year) == facts(old, year)
        together = ranges([facts(old, year), facts(new, year)])
        assert together
        assert all(high - low >= 3 for low, high in together.values())


def test_the_same_publication_again_is_the_same_to_the_last_cell() -> None:
    people = invented(random.Random(4), ("2023", "2024"), 80)
    old = publish(people)
    again = publish(people, edition("2024", old))
    for name, frame in old.tables.items():
        assert again.tables[name].equals(frame)


def test_one_record_changed_in_an_old_year_is_not_printed(rules: Rules) -> None:
    people = invented(random.Random(7), ("2024",), 90)
    old = publish(people)
    late = ("2024", "f", "north", "street")
    new_year = invented(random.Random(8), ("2025",), 90)
    for changed in ([*people, late], people[1:], [late, *people[1:]]):
        assert sorted(changed) != sorted(people)
        new = publish([*changed, *new_year], edition("2024", old))
        assert facts(new, "2024") == facts(old, "2024")
        verdicts = judge(tables([*changed, *new_year]), [edition("2024", old)], rules)
        assert verdicts["victims", "2024"].standing == KEPT
        assert verdicts["victims", "2025"].standing == NEW


def test_without_what_was_printed_before_the_one_record_would_be_found() -> None:
    """The danger is real: each edition alone is safe, their difference describes one person."""
    people = invented(random.Random(7), ("2024",), 90)
    late = ("2024", "f", "north", "street")
    first, second = facts(publish(people), "2024"), facts(publish([*people, late]), "2024")
    moved = {c for c, (n, _) in first.items() if n is not None and second[c][0] not in (None, n)}
    assert (ALL, ALL, ALL) in moved
    assert all(second[c][0] == (first[c][0] or 0) + 1 for c in moved)
    assert {code for cell in moved for code in cell} - {ALL} <= set(late)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(5, 40))
def test_a_revision_of_many_persons_is_printed_and_no_cell_tells_of_a_few(
    seed: int, added: int
) -> None:
    rng = random.Random(seed)
    people = invented(rng, ("2024",), 70)
    late = invented(rng, ("2024",), added)
    old = publish(people)
    new = publish([*people, *late], edition("2024", old))
    before, after = facts(old, "2024"), facts(new, "2024")
    for cell, (n, _) in after.items():
        told = before[cell][0]
        if n is not None and told is not None and before != after:
            assert n - told == 0 or n - told >= 5, cell
    _nothing_opens_when_persons_were_only_added(before, after)


def _nothing_opens_when_persons_were_only_added(
    before: Mapping[tuple[str, ...], tuple[int | None, str]],
    after: Mapping[tuple[str, ...], tuple[int | None, str]],
) -> None:
    """A reader who knows that nobody was taken out: old persons, and new ones, never negative."""
    kinds = list(product(SEXES, REGIONS, FORMS))
    size = len(kinds)
    rows, low, high, hidden = [], [], [], []
    for at, printed in enumerate((before, after)):
        for cell, (n, status) in printed.items():
            own = [all(c in (ALL, k) for c, k in zip(cell, kind, strict=True)) for kind in kinds]
            row = np.array([*own, *(own if at else [False] * size)], dtype=float)
            ends = (n, n) if n is not None else (1, 4) if status == "small" else (1, np.inf)
            rows.append(row)
            low.append(ends[0])
            high.append(ends[1])
            if n is None:
                hidden.append(row)
    held = LinearConstraint(np.array(rows), low, high)
    for row in hidden:
        ends = [
            milp(sign * row, integrality=np.ones(2 * size), bounds=Bounds(0, 500), constraints=held)
            for sign in (1.0, -1.0)
        ]
        least, most = (round(float(row @ end.x)) for end in ends)
        assert most - least >= 3


def test_a_number_that_was_printed_stays_printed_and_its_hidden_neighbour_hidden() -> None:
    """Last year hid the north to save the south; a new table must not show it."""
    rows = {"sex": [ALL, "f", "m"], "n": [40, 37, 3]}
    first = CountTable("sex", ("year", "sex"), pl.DataFrame({"year": ["2024"] * 3, **rows}))
    told = clear([first], RULES).value
    assert told.tables["sex"]["n"].null_count() == 2
    region = CountTable(
        "region",
        ("year", "region"),
        pl.DataFrame({"year": ["2024"] * 3, "region": [ALL, "a", "b"], "n": [40, 20, 20]}),
    )
    new = clear([first, region], RULES, editions=[edition("2024", told)]).value
    assert new.tables["sex"].equals(told.tables["sex"])
    assert new.tables["region"]["n"].to_list() == [40, 20, 20]


def test_a_table_that_is_no_longer_printed_still_counts_among_what_is_known() -> None:
    """Last year: women and men by age, two of them hidden. Now by age alone must not show all."""
    crossed = pl.DataFrame(
        {
            "year": ["2024"] * 9,
            "sex": [ALL, ALL, ALL, "f", "f", "f", "m", "m", "m"],
            "age": [ALL, "young", "old"] * 3,
            "n": [60, 13, 47, 31, 10, 21, 29, 3, 26],
        }
    )
    old = Release(
        clear([CountTable("crossed", ("year", "sex", "age"), crossed)], RULES).value.published
    )
    shown = old.tables["crossed"].filter(pl.col("n").is_null())
    assert shown.height >= 4
    ages = crossed.filter(sex=ALL).drop("sex")
    new = clear(
        [CountTable("ages", ("year", "age"), ages)], RULES, editions=[edition("2024", old)]
    ).value
    both = (*old.published, *new.published)
    from aiqyn.disclosure import attack

    assert attack(both, RULES) == ()


def test_a_correction_that_is_taken_back_prints_the_old_numbers() -> None:
    people = invented(random.Random(1), ("2024",), 70)
    late = invented(random.Random(2), ("2024",), 30)
    first = publish(people)
    second = publish([*people, *late], edition("a", first))
    third = publish(people, edition("a", first), edition("b", second))
    assert facts(third, "2024") == facts(first, "2024")


def test_what_is_done_with_a_year_follows_from_how_far_it_moved(rules: Rules) -> None:
    people = invented(random.Random(3), ("2024",), 70)
    told = [edition("a", publish(people))]
    key = ("victims", "2024")
    assert judge(tables(people), told, rules)[key].standing == SAME
    assert judge(tables([*people, *[people[0]] * 4]), told, rules)[key].standing == KEPT
    assert judge(tables([*people, *[people[0]] * 5]), told, rules)[key].standing == REVISED
    assert judge(tables(people), [], rules)[key].standing == NEW


def test_a_higher_threshold_hides_in_the_old_years_what_it_hides_in_the_new(rules: Rules) -> None:
    people = invented(random.Random(5), ("2024",), 90)
    old = publish(people)
    strict = Rules(threshold=10)
    late = [*people, ("2024", "f", "north", "farm")]
    for now in (people, late):
        new = clear(tables(now), strict, editions=[edition("a", old)]).value
        for frame in new.tables.values():
            assert not frame.filter(pl.col("n").is_between(1, 9)).height


def test_the_file_of_an_edition_holds_no_number_of_a_hidden_cell() -> None:
    release = publish(invented(random.Random(9), ("2024",), 60))
    text = edition_json(release, threshold=5, about={"year": 2024})
    back = read("a", text)
    for table, again in zip(release.published, back.tables, strict=True):
        assert again.cells.equals(table.cells)
        assert (again.axes, again.sums) == (table.axes, table.sums)
        assert table.cells.filter(pl.col("status") != "shown")["n"].null_count() > 0


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "other"}'])
def test_a_file_that_is_no_edition_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read("2024", text)
    assert refusal.value.code == "DISC-201"


def by_list(people: Sequence[Person], few: Sequence[str]) -> list[CountTable]:
    """Persons by home, and by home and sex with the homes of few in one row: as in the report."""
    frame = pl.DataFrame(people, ["year", "sex", "region", "form"], orient="row")
    whole = count_table("by_form", frame, ("year", "form"), no_total=["year"])
    rare = pl.when(pl.col("form").is_in(few)).then(pl.lit("rare")).otherwise("form")
    told = frame.with_columns(form=rare)
    return [whole, count_table("by_both", told, ("year", "form", "sex"), no_total=["year"])]


MANY = [
    *[("2024", s, "west", "farm") for s in "fm" * 20],
    *[("2024", s, "west", f) for s in "fm" * 3 for f in ("home", "street")],
]


def test_a_row_that_an_edition_printed_for_several_codes_is_no_code_that_has_gone() -> None:
    """Where it were, every year with such a row would be printed anew for one late record."""
    few, block = ("home", "street"), ("victims", "2024")
    told = [edition("2024", clear(by_list(MANY, few), RULES).value)]
    late = [*MANY, ("2024", "m", "west", "farm")]
    for made in (by_list(late, few), by_list(late, few)[:1]):
        assert judge(made, told, RULES)[block].standing == KEPT
    assert judge(by_list(MANY, few)[:1], told, RULES)[block].standing == SAME


def test_a_table_that_is_made_of_the_new_year_alone_says_nothing_of_the_old() -> None:
    """Each year's report has the groups of its own year: last year's have not gone to zero."""
    told = [edition("2024", clear(by_list(MANY, ()), RULES).value)]
    next_year = [("2025", *codes) for _, *codes in MANY]
    for late, standing in (([], SAME), ([("2024", "m", "west", "farm")], KEPT)):
        whole = by_list([*MANY, *late, *next_year], ())[0]
        groups = by_list(next_year, ())[1]
        assert judge([whole, groups], told, RULES)["victims", "2024"].standing == standing


def test_a_code_of_late_records_alone_gets_no_row_in_a_year_printed_again() -> None:
    """A row of zero that was not there before tells that somebody stands under its code."""
    first = clear(by_list(MANY, ())[:1], RULES).value
    late = [*MANY, ("2024", "m", "west", "ship")]
    second = clear(by_list(late, ())[:1], RULES, editions=[edition("2024", first)]).value
    assert second.tables["by_form"].equals(first.tables["by_form"])
