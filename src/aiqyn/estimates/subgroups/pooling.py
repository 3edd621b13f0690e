"""How far strata differ, learnt from them all: the penalised fit with its two deviations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.subgroups.joint_model import (
    MOST_STEPS,
    STEP_DONE,
    Curvature,
    Place,
    Strata,
    beginning,
    newton,
)
from aiqyn.estimates.tables.cells import Bools, Floats

PRIOR_RATE = 2.0  # Gamma(2, rate) on each deviation: mode 0.5, mean 1 of log odds; see `deviations`
SD_DONE = 1e-3  # relative change of a deviation
FARTHEST = 30.0  # log odds; beyond it a parameter is on its way to infinity
FASTEST = 3.0  # most that a deviation grows or shrinks in a step
DAMPED = (0.7, 0.3)  # power of that ratio, first and late: the rule alone may swing to and fro
LATE = 20  # steps
FREE = 10.0  # log odds; a deviation so wide that it holds nothing back
ROWS_AT_ONCE = 50  # rows of a batch; keeps the matrices in the processor's cache


@dataclass(frozen=True, slots=True)
class JointFit:
    """Fitted joint models, a row each.

    Attributes
    ----------
    place : list effects, pairs, deviations
    curvature : information there
    converged : the climb came to rest at finite parameters; where False there is no maximum
    """

    place: Place
    curvature: Curvature
    converged: Bools


def joint_fit(
    strata: Strata,
    start: Place | None = None,
    *,
    sd: Floats | None = None,
    free_level: bool = False,
) -> JointFit:
    """Penalised maximum and the deviations that go with it.

    Parameters
    ----------
    start : where to begin
    sd : deviations to hold, shape ``(rows, 2)``; without them they are estimated
    free_level : how much is found at all is each stratum's own: `level` is held at `FREE`
    """
    start = start or beginning(strata, sd)
    if free_level:
        start = Place(
            start.beta, start.v, np.column_stack([np.full(len(start.sd), FREE), start.sd[:, 1]])
        )
    parts = []
    for low in range(0, len(strata.persons), ROWS_AT_ONCE):
        which = slice(low, low + ROWS_AT_ONCE)
        at = Place(start.beta[which], start.v[which], start.sd[which])
        parts.append(_climb(strata.rows(which), at, hold_sd=sd is not None, free_level=free_level))
    return _joined(parts)


def effects_given(strata: Strata, at: Place) -> JointFit:
    """Most likely effects of each stratum when the common parameters are known."""
    parts = []
    for low in range(0, len(strata.persons), ROWS_AT_ONCE):
        which = slice(low, low + ROWS_AT_ONCE)
        here = Place(at.beta[which], at.v[which], at.sd[which])
        parts.append(_climb(strata.rows(which), here, hold_sd=True, move_beta=False))
    return _joined(parts)


def deviations(at: Place, found: Curvature, power: float = 1.0) -> Floats:
    """The next standard deviations `level` and `mix`; shape ``(rows, 2)``.

    Parameters
    ----------
    power : of the ratio to the present ones, 1 for the whole step

    Notes
    -----
    Maximum of the restricted Laplace marginal likelihood times a Gamma(2, `PRIOR_RATE`) density
    on each deviation, which keeps it off the false certainty of zero (Chung et al. 2013,
    Psychometrika 78, 685-709). Stationary point by MacKay's and Schall's rule: with ``G`` the
    effects the data know (``sum of 1 - posterior variance``) and ``U`` their sum of squares,
    ``rate sd^3 + (G - 1) sd^2 = U`` (Schall 1991, Biometrika 78, 719-727, eqs 3.4-3.6).
    """
    variance = _variances(found)
    known = np.stack([(1 - variance[..., :1]).sum((1, 2)), (1 - variance[..., 1:]).sum((1, 2))], 1)
    squares = np.stack([(at.v[..., :1] ** 2).sum((1, 2)), (at.v[..., 1:] ** 2).sum((1, 2))], 1)
    wanted = _root(known - 1, squares * at.sd**2)
    ratio = np.clip(wanted / at.sd, 1 / FASTEST, FASTEST)
    return np.asarray(at.sd * ratio**power)


def _climb(
    strata: Strata, at: Place, *, hold_sd: bool, move_beta: bool = True, free_level: bool = False
) -> JointFit:
    if not hold_sd:
        at = _settled_deviations(strata, at, free_level)
    for _ in range(MOST_STEPS):
        at, moved, found = newton(strata, at, move_beta=move_beta)
        if (moved < STEP_DONE).all():
            break
    finite = np.abs(at.beta).max(axis=1) < FARTHEST
    return JointFit(at, found, (moved < STEP_DONE) & finite)


def _settled_deviations(strata: Strata, at: Place, free_level: bool) -> Place:
    for step in range(MOST_STEPS):
        at, moved, found = newton(strata, at)
        sd = deviations(at, found, DAMPED[step >= LATE])
        if free_level:
            sd[:, 0] = FREE
        change = np.abs(np.log(sd / at.sd)).max(axis=1)
        at = _with_sd(at, sd)
        if ((moved < SD_DONE) & (change < SD_DONE)).all():
            break
    return at


def _with_sd(at: Place, sd: Floats) -> Place:
    """Other deviations, the same effects."""
    ratio = at.sd / sd
    v = at.v.copy()
    v[..., :1] *= ratio[:, None, :1]
    v[..., 1:] *= ratio[:, None, 1:]
    return Place(at.beta, v, sd)


def _variances(found: Curvature) -> Floats:
    """Posterior variances of `v`, the uncertainty of the common parameters in them."""
    inverse = np.linalg.inv(found.inner)
    outer = np.linalg.inv(found.outer)
    own = np.einsum("rsqq->rsq", inverse)
    lent = np.einsum("rsqd,rde,rsqe->rsq", found.across, outer, found.across, optimize=True)
    return np.asarray(np.minimum(own + lent, 1.0))


def _root(known: Floats, squares: Floats) -> Floats:
    """Positive root of ``rate x^3 + known x^2 = squares`` by Newton's steps from above."""
    x = np.maximum(1.0, np.cbrt(squares / PRIOR_RATE)) + np.maximum(-known, 0) / PRIOR_RATE
    for _ in range(30):
        value = PRIOR_RATE * x**3 + known * x**2 - squares
        slope = 3 * PRIOR_RATE * x**2 + 2 * known * x
        x = np.maximum(x - value / slope, x / 4)
    return x


def _joined(parts: list[JointFit]) -> JointFit:
    places, curves = [p.place for p in parts], [p.curvature for p in parts]
    place = Place(
        *(np.concatenate([getattr(p, name) for p in places]) for name in ("beta", "v", "sd"))
    )
    curvature = Curvature(
        *(np.concatenate([getattr(c, n) for c in curves]) for n in ("inner", "across", "outer"))
    )
    return JointFit(place, curvature, np.concatenate([p.converged for p in parts]))
