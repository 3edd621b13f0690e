"""Invented countries whose truth is known: how often the interval of a factor holds it.

``python -m benches.factors 300``: of each world the share of intervals that hold the truth and the
mean log rate ratio, with the share detected as offset and without it.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from aiqyn.prevention.factors import Link, Observed, associate, load_rules
from aiqyn.prevention.factors.invented import NAMES, World, invented

WORLDS = {
    "detection differs by area": World(),
    "detection follows a factor": World(share_follows=0.5),
    "… which goes with nothing": World(share_follows=0.5, slopes=(0.0, 0.25, 0.0)),
    "30 areas, 5 periods, a vague share": World(
        areas=30, periods=5, share_follows=0.5, share_error=0.3
    ),
    "8 areas, 6 periods": World(areas=8, periods=6),
    "factors that never change": World(lasting=1.0, areas=20, periods=4, share_follows=0.4),
}


def main(runs: int) -> None:
    """Print a row a world."""
    for name, world in WORLDS.items():
        known = [_links(invented(world, _rng(world, s)), world) for s in range(runs)]
        plain = [_links(_unknown(invented(world, _rng(world, s))), world) for s in range(runs)]
        print(f"{name}: slopes {world.slopes}")
        print(f"  with the share     {_told(known, world)}")
        print(f"  without the share  {_told(plain, world)}", flush=True)


def _rng(world: World, seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, world.areas])


def _unknown(observed: Observed) -> Observed:
    return replace(observed, detection=np.full_like(observed.detection, np.nan))


def _links(observed: Observed, world: World) -> list[Link]:
    answer = associate(observed, load_rules(), leave_out=False)
    found = {link.factor: link for link in answer.links}
    return [found[name] for name in NAMES[: len(world.slopes)]]


def _told(runs: list[list[Link]], world: World) -> str:
    held = [
        [np.log(x.low) <= b <= np.log(x.high) for x, b in zip(links, world.slopes, strict=True)]
        for links in runs
    ]
    mean = [[np.log(x.ratio) for x in links] for links in runs]
    return f"held {np.mean(held, 0).round(3)}  mean {np.mean(mean, 0).round(3)}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
