"""``make bench``: programmes whose effect is known, 500 panels a world."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from benches.measures import limits
from benches.rows import Row, skipped

if TYPE_CHECKING:
    from aiqyn.prevention.effects.invented import World

PANELS = 500


def programmes() -> Iterator[Row]:
    """Bias, missed coverage and null programmes found, in three worlds."""
    if find_spec("diff_diff") is None:
        yield skipped("programmes of known effect", "the extra aiqyn[effects] is not installed")
        return
    for name, world in worlds().items():
        bias, held, found = trial(world, PANELS)
        bound = limits()["programmes"]
        yield Row(f"programmes: bias, {name}", abs(bias), "of the effect", bound["bias"])
        yield Row(f"programmes: not in the 95 % interval, {name}", 1 - held, "", bound["missed"])
        yield Row(f"programmes: null ones found, {name}", found, "", bound["found"])


def worlds() -> dict[str, World]:
    """Name -> world: few areas with counts, many with a score."""
    from aiqyn.prevention.effects.invented import World

    return {
        "12 areas, three start alone": World(12, 24, {8: 1, 12: 1, 16: 1}, -8.0, counts=True),
        "20 areas, seven treated": World(20, 16, {6: 3, 10: 4}, -6.0, counts=True),
        "150 areas, half treated": World(150, 8, {3: 25, 4: 25, 6: 25}, 0.6, counts=False),
    }


def trial(world: World, panels: int) -> tuple[float, float, float]:
    """Bias as a share of the effect, share of intervals that hold it, share of nulls found."""
    import numpy as np

    from aiqyn.prevention.effects.invented import invented_panel
    from aiqyn.prevention.effects.staggered import staggered_did

    values, held, found = [], 0, 0
    for seed in range(panels):
        rng = np.random.default_rng([seed, world.areas])
        told = staggered_did(invented_panel(world, rng), rng).effect
        quiet = staggered_did(invented_panel(world, rng, effect=0.0), rng).effect
        values.append(told.value)
        held += _holds(told.low, world.effect, told.high)
        found += quiet.direction != "not_seen"
    return float(np.mean(values)) / world.effect - 1, held / panels, found / panels


def _holds(low: float | None, value: float, high: float | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)
