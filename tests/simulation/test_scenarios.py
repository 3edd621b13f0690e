"""A scenario is the population it says: its lists, their dependence, its size."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from aiqyn.errors import InputRefused
from aiqyn.estimates import (
    Scenario,
    capture_table,
    fitted_scenario,
    independence,
    read_scenario,
    scenario_names,
    stepwise,
)

THREE = """
lists = ["a", "b", "c"]
population = 1000
capture = [0.3, 0.2, 0.1]
"""


def share(of: Scenario, *lists: str) -> float:
    """Share of the population on all of these lists, whatever others it is on."""
    wanted = sum(1 << of.lists.index(x) for x in lists)
    return sum(p for h, p in enumerate(of.shares) if h & wanted == wanted)


def odds_ratio(of: Scenario, a: str, b: str) -> float:
    """Of two lists among those on no other list."""
    i, j = (1 << of.lists.index(x) for x in (a, b))
    return of.shares[i | j] * of.shares[0] / (of.shares[i] * of.shares[j])


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_each_list_holds_the_share_that_the_file_says(file) -> None:
    ratio = '[[odds_ratios]]\nlists = ["c", "a"]\nratio = 5.0'
    found = read_scenario(file(THREE + ratio))
    assert [share(found, x) for x in "abc"] == pytest.approx([0.3, 0.2, 0.1], abs=1e-9)
    assert odds_ratio(found, "a", "c") == pytest.approx(5.0)
    assert odds_ratio(found, "a", "b") == pytest.approx(1.0)


def test_lists_without_an_odds_ratio_are_independent(file) -> None:
    found = read_scenario(file(THREE))
    assert share(found, "a", "b", "c") == pytest.approx(0.3 * 0.2 * 0.1)
    assert found.on_a_list == pytest.approx(1 - 0.7 * 0.8 * 0.9)


def test_two_classes_make_independent_lists_look_dependent(file) -> None:
    text = """
lists = ["a", "b"]
population = 1000
classes = [{share = 0.5, capture = [0.4, 0.4]}, {share = 0.5, capture = [0.1, 0.1]}]
"""
    found = read_scenario(file(text))
    assert share(found, "a", "b") == pytest.approx((0.16 + 0.01) / 2)
    assert share(found, "a", "b") > share(found, "a") * share(found, "b")


def test_every_scenario_of_the_package_can_be_read() -> None:
    assert len(scenario_names()) >= 4
    for name in scenario_names():
        found = read_scenario(name)
        assert sum(found.shares) == pytest.approx(1)
        assert min(found.shares) > 0


@pytest.mark.parametrize(
    ("before", "after", "entry"),
    [
        ("population = 1000", "population = 0", "population"),
        ("population = 1000", "population = 1e3", "population"),
        ("population = 1000", "", "population"),
        ('"a", "b", "c"', '"a", "a", "c"', "lists"),
        ('"a", "b", "c"', '"a"', "lists"),
        ("0.3, 0.2, 0.1", "0.3, 0.2", "capture"),
        ("0.3, 0.2, 0.1", "0.3, 0.2, 0", "capture"),
        ("0.3, 0.2, 0.1", "0.3, 0.2, 1.0", "capture"),
        ("0.3, 0.2, 0.1", '0.3, 0.2, "x"', "capture"),
        ("capture = [0.3, 0.2, 0.1]", "classes = 3", "classes"),
        ("capture = [", "odds_ratios = 3\ncapture = [", "odds_ratios"),
        ("capture = [", "odds_ratios = [3]\ncapture = [", "odds_ratios"),
        ("capture = [", 'odds_ratios = [{lists = ["a", "x"], ratio = 2}]\ncapture = [', "odds_"),
        ("capture = [", 'odds_ratios = [{lists = ["a", "b"], ratio = 0}]\ncapture = [', "odds_"),
        (
            "capture = [0.3, 0.2, 0.1]",
            "classes = [{share = 0.5, capture = [0.1, 0.1, 0.1]}]",
            "share",
        ),
        (
            "capture = [",
            "classes = [{share = 1, capture = [0.1, 0.1, 0.1]}]\ncapture = [",
            "capture",
        ),
        ("capture = [", "odds_ratio = []\ncapture = [", "odds_ratio"),
    ],
)
def test_a_scenario_that_cannot_be_used_names_the_entry(file, before, after, entry) -> None:
    assert before in THREE
    with pytest.raises(InputRefused) as refused:
        read_scenario(file(THREE.replace(before, after)))
    assert refused.value.code == "EST-041"
    assert str(refused.value.slots["entry"]).startswith(entry)


@pytest.mark.parametrize("text", ["lists = [", ""])
def test_a_file_that_is_no_toml_or_is_not_there_is_refused(file, text, tmp_path) -> None:
    path = file(text) if text else tmp_path / "missing.toml"
    with pytest.raises(InputRefused) as refused:
        read_scenario(path)
    assert refused.value.code == "EST-040"


def test_a_fitted_population_expects_the_table_it_was_fitted_to() -> None:
    """Maximum likelihood keeps the persons of each list and of each chosen pair."""
    counts = {("a",): 60, ("b",): 50, ("c",): 90, ("a", "b"): 60, ("a", "c"): 6, ("b", "c"): 5}
    table = capture_table(counts)
    estimate = stepwise(table, boot=0)
    found = fitted_scenario(table, estimate)
    assert found.population == round(estimate.total or 0)
    assert estimate.model is not None
    assert estimate.model.pairs
    held = {(x,): table.totals[x] for x in table.lists}
    held |= {
        p: table.overlaps[p] for p in combinations(table.lists, 2) if p in estimate.model.pairs
    }
    for lists, persons in held.items():
        assert share(found, *lists) * (estimate.total or 0) == pytest.approx(persons, rel=1e-6)


def test_independent_lists_fitted_to_a_table_are_independent_in_the_population() -> None:
    table = capture_table({("a",): 60, ("b",): 50, ("a", "b"): 30, ("c",): 9, ("a", "c"): 4})
    found = fitted_scenario(table, independence(table, boot=0))
    singles = np.prod([share(found, x) for x in table.lists])
    assert share(found, *table.lists) == pytest.approx(float(singles))
