"""Programmes whose effect is known: found without bias, held by the interval, silent when nothing.

Counts in few areas (re-dealt starts) and a score in many (spread within groups). Bounds are
binomial for 80 panels: with a true coverage of 95 % fewer than 70 cover with a probability of
0.004, and a level of 5 % finds more than 10 null programmes with 0.002.
"""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("diff_diff", reason="the extra aiqyn[effects] is not installed")

from aiqyn.prevention.effects.invented import World, invented_panel
from aiqyn.prevention.effects.staggered import staggered_did

PANELS = 80


@pytest.mark.parametrize(
    ("world", "by"),
    [
        (World(20, 16, {6: 3, 10: 4}, -6.0, counts=True), "redealt"),
        (World(150, 8, {3: 25, 4: 25, 6: 25}, 0.6, counts=False), "groups"),
    ],
    ids=["counts in 20 areas", "a score in 150"],
)
def test_known_effects_are_found_and_null_programmes_are_not(world, by):
    held, claimed, found = 0, 0, []
    for seed in range(PANELS):
        rng = np.random.default_rng([seed, world.areas])
        told = staggered_did(invented_panel(world, rng), rng).effect
        quiet = staggered_did(invented_panel(world, rng, effect=0.0), rng).effect
        assert told.by == by
        held += told.low <= world.effect <= told.high
        claimed += quiet.direction != "not_seen"
        found.append(told.value)
    chance = 3 * np.std(found) / np.sqrt(PANELS)
    assert abs(np.mean(found) - world.effect) <= 0.05 * abs(world.effect) + chance
    assert held >= 70
    assert claimed <= 10
