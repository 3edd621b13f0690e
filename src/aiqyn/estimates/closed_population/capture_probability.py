"""The M0, Mt, Mh and Mth family: how often people are listed; and Chao's lower bound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.resampling import BOOT, SEED, bootstrap
from aiqyn.estimates.intervals.telling import resampled_estimate
from aiqyn.estimates.log_linear.fitting import deviance, log_likelihood
from aiqyn.estimates.results import Caution, Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Bools, Floats, main_masks

Family = Literal[
    "M0",
    "Mt",
    "Mh Chao (LB)",
    "Mh Poisson2",
    "Mh Darroch",
    "Mh Gamma3.5",
    "Mth Chao (LB)",
    "Mth Poisson2",
    "Mth Darroch",
    "Mth Gamma3.5",
]
FAMILY: tuple[Family, ...] = Family.__args__  # type: ignore[attr-defined]  # Literal keeps its words there
GAMMA = 3.5  # Rcapture's parameter of the Gamma model
MOST_STEPS = 60
STEP_DONE = 1e-9
FARTHEST = 25.0  # log persons; a dark figure of 7e10 is no maximum but a flight to infinity


@dataclass(frozen=True, slots=True)
class FamilyFit:
    """One model of the family on many tables.

    Attributes
    ----------
    total : persons in all; infinite where the model has no maximum; shape ``(tables,)``
    mean : fitted persons by history; shape ``(tables, 2**lists)``
    parameters : how many each table's model has
    """

    total: Floats
    mean: Floats
    parameters: Floats


def lower_bound(
    table: CaptureTable,
    *,
    model: Family = "Mh Chao (LB)",
    boot: int = BOOT,
    seed: int = SEED,
    tables: Floats | None = None,
) -> Estimate:
    """Chao's lower bound of persons in all: the true number is at least about this.

    Raises
    ------
    AnswerRefused (EST-024) when nobody is on two lists.

    References
    ----------
    Chao (1987), Biometrics 43, 783-791; as a log-linear model with etas that are not negative:
    Rivest & Baillargeon (2007), Biometrics 63, 999-1006 (R package Rcapture, ``closedp.t``).
    """
    found = family_estimate(table, model, boot=boot, seed=seed, tables=tables, method="chao")
    return replace(found, cautions=(Caution("EST-111"), *found.cautions))


def family_estimate(
    table: CaptureTable,
    model: Family,
    *,
    boot: int = 0,
    seed: int = SEED,
    tables: Floats | None = None,
    method: str = "capture-probability",
) -> Estimate:
    """Persons in all by one model of the family.

    Raises
    ------
    AnswerRefused (EST-024) when nobody is on two lists, (EST-020) when there is no maximum.
    """
    lists = len(table.lists)
    _somebody_twice(table)
    found = fit_family(table.vector[None], lists, model)
    if not np.isfinite(found.total[0]):
        raise AnswerRefused("EST-020")

    def procedure(batch: Floats) -> tuple[Floats, tuple[object, ...]]:
        return fit_family(batch, lists, model).total, ()

    total = float(found.total[0])
    again = bootstrap(table, total, procedure, tables, boot, seed)
    likelihood = float(log_likelihood(table.vector[None], found.mean)[0])
    return replace(
        resampled_estimate(method, table.observed, total, again, seed, {"model": model}),
        aic=2 * float(found.parameters[0]) - 2 * likelihood,
        bic=float(found.parameters[0] * np.log(table.observed)) - 2 * likelihood,
        deviance=float(deviance(table.vector[None], found.mean)[0]),
    )


def fit_family(counts: Floats, lists: int, model: Family) -> FamilyFit:
    """Fit one model to many tables; negative etas of Chao's models leave one by one, first first.

    Parameters
    ----------
    counts : persons by history; shape ``(tables, 2**lists)``
    """
    design, etas = _design(lists, model)
    used = np.ones((len(counts), design.shape[1]), dtype=np.bool_)
    beta, mean, settled = _fit(counts, design, used)
    for _ in range(len(etas)):
        bad = (beta[:, etas] < 0) & used[:, etas]
        rows = np.flatnonzero(bad.any(axis=1))
        if not len(rows):
            break
        used[rows, np.array(etas)[bad[rows].argmax(axis=1)]] = False
        beta[rows], mean[rows], settled[rows] = _fit(counts[rows], design, used[rows])
    flight = ~settled | (beta[:, 0] > FARTHEST)
    total = np.where(flight, np.inf, counts.sum(axis=1) + np.exp(np.minimum(beta[:, 0], 700)))
    return FamilyFit(total, mean, used.sum(axis=1).astype(np.float64))


def _design(lists: int, model: Family) -> tuple[Floats, list[int]]:
    """Columns by history: intercept, chances of listing, heterogeneity; where the etas stand."""
    histories = np.arange(1 << lists)
    times = np.array([int(h).bit_count() for h in histories], dtype=np.float64)
    each = [(histories & m > 0).astype(np.float64) for m in main_masks(lists)]
    columns = [np.ones(len(histories)), *(each if "t" in model.split()[0] else [times])]
    before = len(columns)
    if "Chao" in model:
        columns += [np.maximum(times - k, 0) for k in range(2, lists)]
        return np.stack(columns, axis=1), list(range(before, len(columns)))
    extra = {
        "Poisson2": 2.0**times - 1,
        "Darroch": times**2 / 2,
        "Gamma3.5": np.log(GAMMA) - np.log(GAMMA + times),
    }
    columns += [column for name, column in extra.items() if model.endswith(name)]
    return np.stack(columns, axis=1), []


def _fit(counts: Floats, design: Floats, used: Bools) -> tuple[Floats, Floats, Bools]:
    """Newton's steps with halving on the observed histories; padded parameters stay 0."""
    x, n = design[1:], counts[:, 1:]
    target = (n + 0.1) * (np.log(n + 0.1) - 0.1 / (n + 0.1)) @ x
    beta = _step(n + 0.1, x, target, used)
    mean, height = _mean(n, x, beta)
    settled = np.zeros(len(n), dtype=np.bool_)
    for _ in range(MOST_STEPS):
        step = _step(mean, x, (n - mean) @ x, used)
        settled |= np.abs(step).max(axis=1) < STEP_DONE
        if settled.all():
            break
        beta, mean, height = _halved(n, x, beta, step, height)
    full = np.zeros_like(counts)
    full[:, 1:] = mean
    return beta, full, settled


def _halved(
    n: Floats, x: Floats, beta: Floats, step: Floats, height: Floats
) -> tuple[Floats, Floats, Floats]:
    size = np.ones((len(n), 1))
    for _ in range(40):
        mean, reached = _mean(n, x, beta + size * step)
        worse = ~(reached >= height - 1e-11 * (1 + np.abs(height)))
        if not worse.any():
            break
        size[worse] /= 2
    return beta + size * step, mean, reached


def _mean(n: Floats, x: Floats, beta: Floats) -> tuple[Floats, Floats]:
    eta = beta @ x.T
    mean = np.exp(np.clip(eta, -300, 300))
    return mean, (n * eta - mean).sum(axis=1)


def _step(weight: Floats, x: Floats, target: Floats, used: Bools) -> Floats:
    products = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    matrix = (weight @ products).reshape(len(weight), x.shape[1], -1)
    matrix = matrix * (used[:, :, None] & used[:, None, :])
    diagonal = np.einsum("bii->bi", matrix)
    diagonal += np.where(used, 1e-14 * diagonal + 1e-290, 1.0)
    try:
        answer = np.linalg.solve(matrix, (target * used)[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        answer = np.stack(
            [
                np.linalg.lstsq(m, t, rcond=None)[0]
                for m, t in zip(matrix, target * used, strict=True)
            ]
        )
    return np.where(np.isfinite(answer), answer, 0.0) * used


def _somebody_twice(table: CaptureTable) -> None:
    if not any(n for h, n in enumerate(table.counts) if h.bit_count() > 1):
        raise AnswerRefused("EST-024")
