"""The surveillance of points against R surveillance's stcd, event by event."""

from __future__ import annotations

import json

import numpy as np
import pytest

from aiqyn.errors import UsageRefused
from aiqyn.signals.scan import watch_points


@pytest.mark.shared
def test_the_statistic_after_each_event_is_that_of_stcd(shared):
    data = shared / "data" / "scan"
    points = np.genfromtxt(data / "imdepi_B.csv", delimiter=",", skip_header=1)
    for told in json.loads((data / "stcd_imdepi_B.expected.json").read_text()):
        settings = (told["radius"], told["epsilon"], told["threshold"])
        ours = watch_points(points[:, :2], *settings)
        assert ours.statistic == pytest.approx(np.array(told["R"], dtype=float), rel=1e-9)
        assert (ours.alarm + 1, ours.centre + 1) == (told["idxFA"], told["idxCC"])


def test_the_first_event_is_its_own_cylinder():
    only = watch_points(np.zeros((1, 2)), 1.0, 0.2, 30.0)
    assert only.statistic == pytest.approx([1.2 * np.exp(-0.2)])
    assert only.alarm is None


def test_events_that_pile_up_at_one_place_give_an_alarm_there():
    rng = np.random.default_rng(2)
    spread = rng.uniform(0, 100, (60, 2))
    pile = np.array([50.0, 50.0]) + rng.normal(0, 0.5, (25, 2))
    found = watch_points(np.vstack([spread, pile]), 3.0, 1.0, 200.0)
    assert found.alarm is not None
    assert found.alarm >= 60
    assert np.hypot(*(np.vstack([spread, pile])[found.centre] - 50.0)) < 3


def test_a_radius_of_nothing_is_refused():
    with pytest.raises(UsageRefused, match="SIG-029"):
        watch_points(np.zeros((2, 2)), 0.0, 0.2, 30.0)
