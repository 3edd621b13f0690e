"""Expected number of people harmed by area, found or not: draws from the count model."""

from __future__ import annotations

import numpy as np

from aiqyn.prevention.factors.association import with_shares
from aiqyn.prevention.factors.count_model import posterior, search_grid
from aiqyn.prevention.factors.laplace import design
from aiqyn.prevention.factors.observed import Observed
from aiqyn.prevention.factors.rules import Rules
from aiqyn.prevention.where_to_act.ranks import Floats


def expected_draws(
    observed: Observed, rules: Rules, draws: int, rng: np.random.Generator
) -> tuple[tuple[str, ...], Floats]:
    """Areas, and joint draws of the persons harmed in the last period; shape (draws, areas).

    The share detected stands in the model's offset with its error; it is taken out again here, so
    that what is drawn is everybody and not only those found.
    """
    cells = with_shares(observed, rules)
    found = posterior(cells, rules.priors, search_grid(cells, rules.priors))
    points = rng.choice(len(found.weights), size=draws, p=found.weights)
    roots = np.linalg.cholesky(found.spread)
    noise = rng.standard_normal((draws, found.mean.shape[1]))
    theta = found.mean[points] + np.einsum("dij,dj->di", roots[points], noise)
    last = _last_of_each_area(observed)
    z = design(cells)[last]
    errors = len(cells.doubts)
    z[:, z.shape[1] - errors :] = 0.0  # the error of the share is no part of the harm
    log_harm = np.log(observed.residents[last]) + theta @ z.T
    return tuple(observed.areas[a] for a in observed.area[last]), np.exp(log_harm)


def _last_of_each_area(observed: Observed) -> list[int]:
    """Cells of the last period of each area, areas in their order."""
    best: dict[int, int] = {}
    for at, (area, period) in enumerate(zip(observed.area, observed.period, strict=True)):
        if area not in best or period > observed.period[best[area]]:
            best[int(area)] = at
    return [best[area] for area in sorted(best)]
