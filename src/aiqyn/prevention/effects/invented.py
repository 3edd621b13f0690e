"""Invented panels with a programme of known effect: what an evaluation must find again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.effects.panel import NEVER, Floats, Panel

SIZE = 3.2  # mean log count of an area and period
SPREAD = 20.0  # size of the negative binomial: variance mean + mean² / 20
MEMORY = 0.5  # autocorrelation of a score


@dataclass(frozen=True, slots=True)
class World:
    """A programme whose truth is known.

    Attributes
    ----------
    areas, periods : size of the panel
    starts : place of the first treated period -> number of areas; the others never start
    effect : added to the mean of each treated area and period, in the outcome's unit
    counts : persons, negative binomial, with a wave that all areas share; else a score whose
        deviations (standard deviation 1) depend on the period before
    """

    areas: int
    periods: int
    starts: Mapping[int, int]
    effect: float
    counts: bool


def invented_panel(world: World, rng: np.random.Generator, *, effect: float | None = None) -> Panel:
    """One draw of the world; `effect` other than the world's own, 0 for a null programme."""
    begun = [at for at, n in world.starts.items() for _ in range(n)]
    starts = np.array(begun + [NEVER] * (world.areas - len(begun)), dtype=np.int64)
    under = (starts[:, None] != NEVER) & (np.arange(world.periods) >= starts[:, None])
    added = (world.effect if effect is None else effect) * under
    level = rng.normal(0, 0.3, (world.areas, 1))
    outcome = _counts(level, added, rng) if world.counts else _scores(level, added, rng)
    areas = tuple(f"A{i:03d}" for i in range(world.areas))
    return Panel(areas, tuple(str(t) for t in range(world.periods)), outcome, starts)


def _counts(level: Floats, added: Floats, rng: np.random.Generator) -> Floats:
    wave = 4 * np.sin(np.arange(added.shape[1]) / 2)
    mean = np.clip(np.exp(SIZE + level) + wave + added, 0.5, None)
    drawn = rng.negative_binomial(SPREAD, SPREAD / (SPREAD + mean))
    return np.asarray(drawn, dtype=np.float64)


def _scores(level: Floats, added: Floats, rng: np.random.Generator) -> Floats:
    noise = rng.normal(size=added.shape)
    for t in range(1, added.shape[1]):
        noise[:, t] = MEMORY * noise[:, t - 1] + np.sqrt(1 - MEMORY**2) * noise[:, t]
    return np.asarray(5 + 3 * level + noise + added)
