"""Select, measure, generate: a synthetic file that one person more or less hardly changes.

1. the number of rows, with noise; the gate looks once: hopeless files end here;
2. a table of each column; codes too rare to be told from noise are merged;
3. a table of every pair of columns; a mixture of products is fitted, a first file drawn;
4. the triples that the first file gets most wrong are chosen and measured; fitted and drawn again;
5. how far the file is from the data, with noise; the gate looks again.

Every look at the data goes through `Meter`, which charges it to the release's rho.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aiqyn.disclosure.private import gate
from aiqyn.disclosure.private.choosing_triples import (
    cliques,
    distance,
    shares_by_cells,
    worst_triples,
)
from aiqyn.disclosure.private.domain import Domain
from aiqyn.disclosure.private.encoding import decode, encode
from aiqyn.disclosure.private.gate import Verdict
from aiqyn.disclosure.private.levels import Levels, find_levels
from aiqyn.disclosure.private.measuring import Measured, Meter
from aiqyn.disclosure.private.mixture import draw, fit

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from aiqyn.disclosure.private.noise import Noise
    from aiqyn.disclosure.private.settings import Settings


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What came of one release's budget.

    Attributes
    ----------
    rows : the noisy number of rows; at least 0
    rows_sigma : standard deviation of its noise, persons
    verdict : the gate's
    rho : what was spent
    file : the synthetic rows; None where the gate refused before drawing
    levels : noisy tables of single columns; None likewise
    measured : noisy tables of pairs and triples, over levels
    pairs_error : total variation of pairs, mean, measured with noise; None likewise
    """

    rows: int
    rows_sigma: float
    verdict: Verdict
    rho: float
    file: pl.DataFrame | None = None
    levels: Levels | None = None
    measured: tuple[Measured, ...] = ()
    pairs_error: float | None = None


def synthesise(
    table: pl.DataFrame,
    domain: Domain,
    *,
    rho: float,
    delta: float,
    noise: Noise,
    rng: np.random.Generator,
    settings: Settings,
    reserve: Callable[[float], None] = lambda rho: None,
) -> Synthesis:
    """A synthetic file of the table's shape, or the reason why there is none.

    Parameters
    ----------
    table : a person a row, a code a cell
    rho : the release's budget (`rho_of` epsilon and delta)
    rng : for what reads noisy numbers only; it protects nobody and may be seeded
    reserve : told of each part of the budget before it is drawn; raises where it is not there
    """
    places, meter = encode(table, domain), Meter(noise, rho)
    first = settings.shares["size"] * rho
    reserve(first)
    rows, sigma = meter.number(len(places), 1, settings.shares["size"])
    verdict = gate.before_measuring(rows, domain.shape, rho, delta, settings)
    if not verdict.released:
        return Synthesis(max(rows, 0), sigma, verdict, meter.spent)
    reserve(rho - first)
    levels = find_levels(meter, places, domain.shape, settings)
    measured, drawn = _generate(meter, levels, levels.of(places), rows, rng, settings)
    made = levels.codes(drawn, rng)
    error = _pairs_error(meter, places, made, domain.shape, rows, settings)
    return Synthesis(
        rows=rows,
        rows_sigma=sigma,
        verdict=gate.of_finished_file(rows, error, settings),
        rho=meter.spent,
        file=decode(made, domain),
        levels=levels,
        measured=measured,
        pairs_error=error,
    )


def _generate(
    meter: Meter,
    levels: Levels,
    places: NDArray[np.int64],
    rows: int,
    rng: np.random.Generator,
    settings: Settings,
) -> tuple[tuple[Measured, ...], NDArray[np.int64]]:
    """The noisy tables of pairs and triples, and the rows (levels) drawn from their mixture."""
    shape, shares = levels.shape, settings.shares
    fitted = partial(fit, shape=shape, rows=rows, components=settings.components, rng=rng)

    def measure(chosen: Sequence[tuple[int, ...]], share: float) -> list[Measured]:
        split = shares_by_cells(shape, chosen)
        return [
            meter.table(places, shape, clique, share * part)
            for clique, part in zip(chosen, split, strict=True)
        ]

    tables = measure(cliques(shape, 2, settings.clique_cells), shares["pairs"])
    model = fitted([*levels.by_level, *tables], steps=settings.steps)
    triples = worst_triples(
        meter,
        places,
        draw(model, rows, rng),
        shape,
        number=settings.triples,
        cells=settings.clique_cells,
        choice=shares["choice"],
        measuring=shares["triples"],
    )
    if triples:
        tables += measure(triples, shares["triples"])
        every = [*levels.by_level, *tables]
        model = fitted(every, steps=settings.steps // 2, start=model)
    return tuple(tables), draw(model, rows, rng)


def _pairs_error(
    meter: Meter,
    places: NDArray[np.int64],
    made: NDArray[np.int64],
    shape: Sequence[int],
    rows: int,
    settings: Settings,
) -> float:
    """Total variation of the file's pairs from the data's, mean over pairs, with noise."""
    pairs = cliques(shape, min(2, len(shape)), 10**9)
    apart = sum(distance(places, made, shape, pair) for pair in pairs)
    noisy, _ = meter.number(apart, len(pairs), settings.shares["check"])
    return noisy / (2 * rows * len(pairs))
