"""The utility gate: a file that would be false is refused. It reads noisy numbers only.

A refusal is seen by all, so it may not depend on the exact data: the first look needs the noisy
number of rows alone and costs a hundredth of the budget, the second a noisy measurement of the
finished file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import pi, sqrt

from aiqyn.disclosure.private.choosing_triples import shares_by_cells
from aiqyn.disclosure.private.settings import Settings
from aiqyn.disclosure.private.zcdp import sigma_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the file may leave.

    Attributes
    ----------
    released : bool
    key : the catalogue's key of the reason
    slots : numbers of the reason: noisy or budgeted ones, never exact counts
    """

    released: bool
    key: str
    slots: Mapping[str, float] = field(default_factory=dict)


def expected_one_way(rows: int, shape: Sequence[int], rho: float, settings: Settings) -> float:
    """Total variation of one column's table that the noise alone makes, mean over columns.

    A cell is off by sqrt(2/pi) sigma on average. In a column of `rows` rows at most rows / (rare
    sigma) codes can stand out; the others are merged and count as one.
    """
    split = shares_by_cells(shape, [(c,) for c in range(len(shape))])
    errors = []
    for codes, part in zip(shape, split, strict=True):
        sigma = sigma_of(rho * settings.shares["one_way"] * part)
        cells = min(codes, rows / (settings.rare * sigma) + 1)
        errors.append(min(1.0, sqrt(2 / pi) * sigma * cells / (2 * rows)))
    return sum(errors) / len(errors)


def before_measuring(
    rows: int, shape: Sequence[int], rho: float, delta: float, settings: Settings
) -> Verdict:
    """Whether tables of single columns can be told from noise at all."""
    if rows * delta >= 1:
        return Verdict(False, "synthetic.why.delta", {"rows": max(rows, 0)})
    expected = expected_one_way(rows, shape, rho, settings) if rows > 0 else 1.0
    slots = {"rows": max(rows, 0), "error": expected, "limit": settings.one_way_limit}
    if expected > settings.one_way_limit:
        return Verdict(False, "synthetic.why.one_way", slots)
    return Verdict(True, "synthetic.why.released", slots)


def of_finished_file(rows: int, error: float, settings: Settings) -> Verdict:
    """Whether the finished file's pairs of columns are near enough to the data's.

    Parameters
    ----------
    error : total variation of pairs, mean; measured with noise
    """
    slots = {"rows": rows, "error": max(error, 0.0), "limit": settings.two_way_limit}
    if error > settings.two_way_limit:
        return Verdict(False, "synthetic.why.two_way", slots)
    return Verdict(True, "synthetic.why.released", slots)
