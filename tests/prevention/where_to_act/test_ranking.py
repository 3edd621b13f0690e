"""Places with their doubt, and the expected number of people harmed, where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn.errors import AnswerRefused, InputRefused
from aiqyn.prevention.factors.invented import World, invented_country
from aiqyn.prevention.where_to_act import (
    Channel,
    Groups,
    rank_areas,
    rank_intervals,
    read_channels,
    tiers,
)
from aiqyn.prevention.where_to_act.ranks import not_told_apart


def test_areas_that_are_alike_share_one_group_and_any_place():
    draws = np.random.default_rng(0).normal(size=(4_000, 6))
    assert tiers(draws, 0.95) == [1] * 6
    assert set(rank_intervals(draws, 0.95)) == {(1, 6)}
    assert [len(like) for like in not_told_apart(draws, 0.95)] == [5] * 6


def test_areas_far_apart_have_one_place_each():
    draws = np.random.default_rng(0).normal([0, 100, 200], 1, size=(4_000, 3))
    assert rank_intervals(draws, 0.95) == [(3, 3), (2, 2), (1, 1)]
    assert tiers(draws, 0.95) == [3, 2, 1]
    assert not_told_apart(draws, 0.95) == [[], [], []]


def test_draws_are_compared_together_and_not_column_by_column():
    """Two areas that move together are told apart although their intervals overlap."""
    common = np.random.default_rng(0).normal(size=(4_000, 1)) * 10
    draws = np.hstack([common, common + 1])
    assert rank_intervals(draws, 0.95) == [(2, 2), (1, 1)]


def test_the_true_number_and_the_true_place_are_held():
    """20 countries of 12 areas: intervals of 95 % hold most true numbers, places the true places.

    With a coverage of 95 % fewer than 214 of 240 have a probability below 0.001; places are
    discrete, so their intervals hold more.
    """
    numbers, places = 0, 0
    for seed in range(20):
        country = invented_country(World(areas=12), np.random.default_rng(seed))
        harmed, true = country.harmed, (-country.harmed).argsort().argsort() + 1
        for area in rank_areas(country.observed, seed=seed).areas:
            at = country.observed.areas.index(area.code)
            numbers += area.expected.low <= harmed[at] <= area.expected.high
            places += area.places[0] <= true[at] <= area.places[1]
    assert numbers >= 214
    assert places >= 214


def test_a_target_groups_part_and_cost_by_hand():
    """Half of the recorded are women; a way that reaches a fifth of 1 000 women at 10 each."""
    country = invented_country(World(), np.random.default_rng(1))
    code = country.observed.areas[0]
    groups = Groups({"women": 50_000, "men": 50_000}, {(code, "women"): 1_000, (code, "men"): 900})
    way = Channel("c", "women", 0.2, 10, "₸", {"kk": "", "ru": "", "en": ""}, "test")
    area = rank_areas(country.observed, groups=groups, channels=[way]).area(code)
    women = area.groups[0]
    assert women.expected.value == pytest.approx(area.expected.value / 2, rel=0.02)
    offer = women.offers[0]
    assert (offer.reached, offer.cost) == (200, 2_000)
    assert offer.harmed.value == pytest.approx(women.expected.value / 5, rel=1e-9)
    assert offer.cost_of_one.value == pytest.approx(2_000 / offer.harmed.value, rel=0.01)
    assert area.groups[1].offers == ()


def test_two_areas_are_no_ranking():
    country = invented_country(World(areas=2), np.random.default_rng(1))
    with pytest.raises(AnswerRefused, match="PREV-053"):
        rank_areas(country.observed)


@pytest.mark.parametrize(
    ("row", "code"),
    [("a,women,1.2,5,₸,x,x,x,y", "PREV-048"), ("a,women,0.2,much,₸,x,x,x,y", "PREV-055")],
)
def test_a_way_that_cannot_be_is_refused_with_its_row(tmp_path, row, code):
    heads = "code,group,share,cost,currency,label_kk,label_ru,label_en,source"
    (tmp_path / "reach.csv").write_text(f"{heads}\n{row}\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=code):
        read_channels(tmp_path)
