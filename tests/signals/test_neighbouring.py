"""Places beside each other, sets of them, and the scores of sets."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from aiqyn.signals.scan.neighbouring import connected_sets, gabriel
from aiqyn.signals.scan.places_near import over_the_plane
from aiqyn.signals.scan.set_scores import set_scores


def beside(spots: list[tuple[float, float]]) -> dict[str, frozenset[str]]:
    at = np.array(spots)
    found = gabriel(over_the_plane(at[:, None], at[None, :]))
    return {str(i): frozenset(str(j) for j in np.flatnonzero(row)) for i, row in enumerate(found)}


def hangs_together(places: tuple[str, ...], of: dict[str, frozenset[str]]) -> bool:
    reached, edge = {places[0]}, [places[0]]
    while edge:
        edge = [p for one in edge for p in of[one] & set(places) - reached]
        reached |= set(edge)
    return reached == set(places)


def test_on_a_full_grid_neighbours_share_an_edge_and_a_corner_is_not_enough() -> None:
    spots = [(float(row), float(column)) for row in range(3) for column in range(3)]
    found = beside(spots)
    assert found["4"] == {"1", "3", "5", "7"}
    assert found["0"] == {"1", "3"}


def test_across_a_hole_in_the_grid_corners_are_neighbours() -> None:
    assert beside([(0.0, 0.0), (1.0, 1.0)])["0"] == {"1"}


def test_a_place_far_from_all_others_still_has_a_neighbour() -> None:
    rng = np.random.default_rng(4)
    spots = [*map(tuple, rng.normal(size=(12, 2)).tolist()), (90.0, -70.0)]
    found = beside(spots)
    assert found["12"]
    assert hangs_together(tuple(found), found)  # it holds the shortest tree of all places


def test_sets_are_all_those_that_hang_together_and_no_others() -> None:
    rng = np.random.default_rng(5)
    of = beside([*map(tuple, rng.normal(size=(9, 2)).tolist())])
    one_by_one = {
        places
        for size in (2, 3, 4)
        for places in combinations(sorted(of), size)
        if hangs_together(places, of)
    }
    assert set(connected_sets(of, 4, 10_000)) == one_by_one


def test_where_there_are_too_many_sets_the_larger_ones_are_left_out() -> None:
    of = beside([(float(i), 0.0) for i in range(10)])
    assert {len(places) for places in connected_sets(of, 4, 20)} == {2, 3}  # 9 + 8, then 7 more


def test_a_score_is_kulldorffs_likelihood_ratio_over_the_dispersion() -> None:
    counts, mean, phi = np.array([[6.0, 9.0]]), np.array([3.0, 4.0]), np.array([1.0, 2.0])
    sets = np.array([[0, 1]])
    ratio = 15 * np.log(15 / 7) - 15 + 7
    together = (3 * 1 + 4 * 2) / 7  # variance of the sum over its mean
    assert set_scores(counts, mean, phi, sets, 1.0)[0, 0] == pytest.approx(ratio / together)


@pytest.mark.parametrize("quiet", [2.0, 1.0])
def test_a_set_with_a_quiet_place_has_no_score(quiet) -> None:
    mean, phi = np.array([3.0, quiet / 2 if quiet == 1.0 else 4.0]), np.ones(2)
    sets = np.array([[0, 1]])
    assert set_scores(np.array([[30.0, quiet]]), mean, phi, sets, 2.0)[0, 0] == 0
