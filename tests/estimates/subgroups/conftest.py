"""Invented strata whose size is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aiqyn.estimates import StratifiedTable, stratified_rows

LISTS = "ABCDEF"


def invented(
    persons: Sequence[int],
    log_odds: np.ndarray | float,
    rng: np.random.Generator,
    *,
    lists: int = 4,
    level: float = 0.0,
    mix: float = 0.0,
    pairs: Sequence[tuple[int, int, float]] = (),
    first: int = 2018,
) -> StratifiedTable:
    """A table of strata that differ in detection by `level` and in their lists by `mix`.

    Parameters
    ----------
    persons : in truth in each stratum
    log_odds : of being on a list, broadcast to ``(strata, lists)``
    pairs : two lists and the log of their odds ratio
    """
    strata = len(persons)
    effects = np.broadcast_to(log_odds, (strata, lists)) + mix * rng.standard_normal(
        (strata, lists)
    )
    effects = effects + level * rng.standard_normal((strata, 1))
    held = (np.arange(1 << lists)[:, None] >> np.arange(lists)) & 1
    eta = held @ effects.T
    for a, b, gamma in pairs:
        eta += gamma * (held[:, a] * held[:, b])[:, None]
    chances = np.exp(eta) / np.exp(eta).sum(axis=0)
    rows = []
    for s, n in enumerate(persons):
        drawn = rng.multinomial(n, chances[:, s])
        rows += [(str(first + s), h, int(k)) for h, k in enumerate(drawn) if h]
    return stratified_rows("invented", list(LISTS[:lists]), "year", rows)
