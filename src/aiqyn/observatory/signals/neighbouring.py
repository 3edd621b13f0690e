"""Which regions of an observatory's country lie beside each other.

From ``reference/neighbours.csv`` (`region,neighbour`), else the list that is shipped, else the
tiles of the regions' map; none where there is no such thing either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import as_file, files

import numpy as np

from aiqyn.observatory.evidence_labels import regions, tiles
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.reference_files import neighbours_of
from aiqyn.signals.scan.neighbouring import Neighbours, gabriel
from aiqyn.signals.scan.places_near import over_the_plane

FILE = "neighbours.csv"


def neighbours(observatory: Observatory) -> Neighbours:
    """Region -> regions beside it.

    Raises
    ------
    InputRefused OBS-018, OBS-047 for the observatory's own file.
    """
    known = {row["code"] for row in regions(observatory)}
    own = observatory.reference / FILE
    if own.is_file():
        return _both_ways(neighbours_of(own), known)
    with as_file(files("aiqyn").joinpath("data", "signals", FILE)) as shipped:
        return _both_ways(neighbours_of(shipped), known) or _by_tiles(tiles(observatory))


def _both_ways(pairs: Iterable[tuple[str, str]], known: set[str]) -> Neighbours:
    """Of the regions that are known; who is beside one has it beside."""
    found = defaultdict[str, set[str]](set)
    for one, other in pairs:
        if one in known and other in known and one != other:
            found[one].add(other)
            found[other].add(one)
    return {code: frozenset(others) for code, others in found.items()}


def _by_tiles(at: dict[str, tuple[int, int]]) -> Neighbours:
    codes = sorted(at)
    spots = np.array([at[code] for code in codes], dtype=np.float64).reshape(len(codes), 2)
    beside = gabriel(over_the_plane(spots[:, None], spots[None, :]))
    named = np.array(codes)
    return {code: frozenset(named[row].tolist()) for code, row in zip(codes, beside, strict=True)}
