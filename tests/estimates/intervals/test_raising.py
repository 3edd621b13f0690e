"""More replicates are run where a limit is only the smallest or the largest of those asked for."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn.estimates import stepwise
from aiqyn.estimates.intervals.bca import Correction, beyond_the_replicates
from aiqyn.estimates.intervals.resampling import MOST_RAISED, bootstrap, draw
from aiqyn.estimates.log_linear.stepwise_choice import choose


def test_the_first_replicates_are_the_same_however_many_follow(western):
    assert (draw(western, 4000, seed=3)[:1000] == draw(western, 1000, seed=3)).all()


def test_western_needs_more_than_a_thousand_and_gets_them(western):
    # R's printed lower limit 1293 is the smallest of its 1,000 replicates.
    found = stepwise(western, boot=1000)
    assert found.settings["boot"] == 1000
    assert found.replicates.run == MOST_RAISED
    assert found.interval(0.95).degenerate == ()
    assert "EST-101" not in {c.code for c in found.cautions}


def test_raised_replicates_give_the_limits_of_all_of_them(western):
    found = stepwise(western, boot=1000, seed=8)
    given = stepwise(western, tables=draw(western, found.replicates.run, seed=8))
    assert found.intervals == given.intervals
    assert found.replicates == given.replicates
    assert found.models == given.models


def test_who_asks_for_few_is_not_kept_waiting_but_told(western):
    found = stepwise(western, boot=200)
    assert found.replicates.run == found.settings["boot"] == 200
    assert found.interval(0.95).degenerate == ("low",)
    assert "EST-101" in {c.code for c in found.cautions}


def test_replicates_of_a_file_are_never_added_to(western):
    found = stepwise(western, tables=draw(western, 1000, seed=20260101))
    assert found.replicates.run == found.settings["boot"] == 1000
    assert found.interval(0.95).degenerate == ("low",)


def sizes(batch):
    return batch.sum(axis=1) + batch[:, 1], ("only",) * len(batch)


def test_a_limit_at_the_edge_of_sixteen_thousand_stays_flagged(western):
    above_all = bootstrap(western, 1e6, sizes, None, 1000, 1)
    assert above_all.replicates.run == MOST_RAISED
    assert len(above_all.models) == MOST_RAISED
    assert above_all.asked == 1000
    assert above_all.intervals[0].degenerate == ("low", "high")


def test_a_dear_method_is_never_raised(western):
    above_all = bootstrap(western, 1e6, sizes, None, 1000, 1, most=1000)
    assert above_all.replicates.run == 1000


def test_a_limit_well_inside_the_replicates_asks_for_no_more(western):
    inside = bootstrap(western, float(345 + 52), sizes, None, 1000, 1)
    assert inside.replicates.run == 1000
    assert inside.intervals[0].degenerate == ()


@pytest.mark.parametrize(("tail", "count", "beyond"), [(0.025, 39, True), (0.025, 41, False)])
def test_a_tail_of_a_fortieth_needs_forty_replicates(tail, count, beyond):
    assert beyond_the_replicates(Correction(0.0, 0.0, 0), tail, count) is beyond


def test_the_searched_replicates_are_those_of_one_call(western):
    tables = draw(western, 2500, seed=2)
    parts = np.concatenate([choose(tables[k : k + 1000], 5).total for k in (0, 1000, 2000)])
    assert choose(tables, 5).total == pytest.approx(parts, rel=1e-9)
