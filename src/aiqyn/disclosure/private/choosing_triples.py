"""Which triples of columns are measured: those that the file so far gets most wrong.

The score of a triple is the number of persons by which its table in the file differs from the true
one, less the number by which noise alone would make it differ (McKenna, Mullins, Sheldon and Miklau
2022, "AIM", VLDB 15(11)). The triple is chosen by the exponential mechanism.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import pi, prod, sqrt
from typing import TYPE_CHECKING

from aiqyn.disclosure.private.encoding import cell_counts
from aiqyn.disclosure.private.zcdp import sigma_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aiqyn.disclosure.private.measuring import Meter

Clique = tuple[int, ...]


def cliques(shape: Sequence[int], ways: int, cells: int) -> list[Clique]:
    """Every so many columns whose table has at most `cells` cells."""
    every = combinations(range(len(shape)), ways)
    return [clique for clique in every if prod(shape[c] for c in clique) <= cells]


def distance(
    places: NDArray[np.int64], drawn: NDArray[np.int64], shape: Sequence[int], clique: Clique
) -> int:
    """Persons by which two files' tables differ, cell by cell; a row changes it by 1 at most."""
    true, made = (cell_counts(rows, shape, clique) for rows in (places, drawn))
    return int(abs(true - made).sum())


def shares_by_cells(shape: Sequence[int], chosen: Sequence[Clique]) -> list[float]:
    """How a budget is split: by cells to the power 2/3, which makes the summed error least."""
    weights = [prod(shape[c] for c in clique) ** (2 / 3) for clique in chosen]
    return [weight / sum(weights) for weight in weights]


def worst_triples(
    meter: Meter,
    places: NDArray[np.int64],
    drawn: NDArray[np.int64],
    shape: Sequence[int],
    *,
    number: int,
    cells: int,
    choice: float,
    measuring: float,
) -> list[Clique]:
    """Up to `number` triples, chosen one after the other without looking at the file again.

    Parameters
    ----------
    choice, measuring : shares of the release's rho, for choosing and for measuring them all
    """
    import numpy as np

    left = cliques(shape, 3, cells)
    sigma = sigma_of(meter.rho * measuring / number)
    noise = [round(sigma * sqrt(2 / pi) * prod(shape[c] for c in clique)) for clique in left]
    scores = [distance(places, drawn, shape, c) - n for c, n in zip(left, noise, strict=True)]
    chosen: list[Clique] = []
    while left and len(chosen) < number:
        place = meter.choice(np.array(scores, dtype=np.int64), choice / number)
        chosen.append(left.pop(place))
        scores.pop(place)
    return chosen
