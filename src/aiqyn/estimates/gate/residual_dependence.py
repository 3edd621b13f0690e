"""Signs in a table that people differ in how easily they are found: dependence of every pair."""

from __future__ import annotations

import numpy as np

from aiqyn.estimates.log_linear.fitting import deviance, fit, reduce
from aiqyn.estimates.tables.cells import Bools, Floats, pair_masks, superset_sums

FLAT = 1e-9  # share of its variance that the model must leave to the new parameter


def common_residual(counts: Floats, terms: Bools) -> float | None:
    """Score test of one odds ratio common to all pairs of lists beyond the model.

    Parameters
    ----------
    counts : persons by history; shape ``(2**lists,)``
    terms : of the model, intercept included; same shape

    Returns
    -------
    Standard errors above 0, about standard normal if the model is right, positive where people
    differ in how easily they are found; None where the model already holds all pairs.

    References
    ----------
    Rao (1948), Proc. Camb. Phil. Soc. 44, 50-57. The column, a history's number of pairs, is that
    of Darroch, Fienberg, Glonek & Junker (1993), J. Am. Stat. Assoc. 88, 1137-1148, eq. 2.7.
    """
    model = reduce(counts[None], terms[None])
    mean = fit(counts[None], model).mean[0]
    on = np.flatnonzero(model.terms[0])
    size = np.array([h.bit_count() for h in range(len(counts))], dtype=np.float64)
    column = size * (size - 1) / 2
    score = float((column * np.where(mean > 0, counts - mean, 0.0)).sum())
    whole = float((column**2 * mean).sum())
    cross = superset_sums(column * mean)[on]
    explained = np.linalg.lstsq(superset_sums(mean)[on[:, None] | on], cross, rcond=None)[0]
    left = whole - float(cross @ explained)
    return score / float(np.sqrt(left)) if left > FLAT * whole else None


def every_pair_positive(counts: Floats, terms: Bools, lists: int) -> bool:
    """Whether the model holds half of all pairs or more, each with lists that go together.

    A few pairs are referrals; when so many all point the same way, a difference between people
    is the shorter explanation.
    """
    pairs = list(pair_masks(lists))
    chosen = terms[pairs]
    if 2 * chosen.sum() < len(pairs):
        return False
    model = reduce(counts[None], terms[None])
    beta = fit(counts[None], model).beta[0][pairs]
    return bool(np.all(beta[chosen] > 0) and not model.infinite[0][pairs].any())


def fit_p_value(counts: Floats, terms: Bools, rng: np.random.Generator, draws: int = 199) -> float:
    """Share of tables drawn from the model that fit it no better than the table itself.

    Parameters
    ----------
    draws : tables; the table itself counts as one more (Davison & Hinkley 1997, eq. 4.11)

    Notes
    -----
    Parametric bootstrap of the deviance, the model kept as chosen; chi-square tables are of no
    use with so many small counts.
    """
    own = reduce(counts[None], terms[None])
    mean = fit(counts[None], own).mean[0]
    drawn = rng.multinomial(int(counts.sum()), mean / mean.sum(), size=draws).astype(np.float64)
    every = np.tile(terms, (draws, 1))
    again = deviance(drawn, fit(drawn, reduce(drawn, every)).mean)
    worse = int((again >= deviance(counts[None], mean[None])[0] - 1e-9).sum())
    return (1 + worse) / (1 + draws)
