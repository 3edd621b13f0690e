"""Panels whose truth is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from aiqyn.prevention.effects.panel import NEVER, Panel

Make = Callable[..., Panel]


@pytest.fixture
def make() -> Make:
    """``make(areas=20, periods=8, starts={3: 4, 5: 3}, effect=2.0)``: start -> number of areas."""

    def panel(
        *,
        areas: int = 20,
        periods: int = 8,
        starts: dict[int, int] | None = None,
        effect: float = 0.0,
        seed: int = 1,
        noise: float = 1.0,
    ) -> Panel:
        rng = np.random.default_rng(seed)
        begun = [at for at, n in (starts or {4: areas // 3}).items() for _ in range(n)]
        start = np.array(begun + [NEVER] * (areas - len(begun)))
        level, course = rng.normal(20, 3, (areas, 1)), np.cumsum(rng.normal(0, 0.5, periods))
        under = (start[:, None] != NEVER) & (np.arange(periods) >= start[:, None])
        outcome = level + course + noise * rng.normal(size=(areas, periods)) + effect * under
        names = tuple(f"A{i}" for i in range(areas))
        return Panel(names, tuple(str(2015 + t) for t in range(periods)), outcome, start)

    return panel
