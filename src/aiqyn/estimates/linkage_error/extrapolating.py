"""Back to no error: the log of the total as a quadratic of how much error there is.

References
----------
Cook & Stefanski (1994), J. Am. Stat. Assoc. 89, 1314-1328: simulation-extrapolation (SIMEX), with
the quadratic of their section 2.3; here the error is of links instead of measurements.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from aiqyn.estimates.linkage_error.adding import with_more_error
from aiqyn.estimates.linkage_error.error_rates import ErrorRates
from aiqyn.estimates.linkage_error.held_methods import HeldMethod
from aiqyn.estimates.tables.cells import Floats

STEPS = (0.0, 0.5, 1.0, 1.5, 2.0)  # error added, as a multiple of the error that is there
FEW = 0.8  # share of the corrected totals of the bootstrap that must exist
ENOUGH = 0.5  # share of the tables of a step that need a total
POINT_DRAWS = 400  # tables at each step for the number itself
BOOT_DRAWS = 8  # tables at each step for each of the many that give its interval
ENDS = (0.025, 0.975)
# Overlaps carried back vary by the chance of the audit as well, not only as Poisson counts do: 1.4
# times as much (audit of 1,000 persons) to 2.1 times (300) on lists of 20,000 persons. The choice
# of the model takes twice, or pairs enter that explain the chance of the audit.
DISPERSION = 2.0


def without_error(
    tables: Floats, rates: ErrorRates, method: HeldMethod, draws: int, rng: np.random.Generator
) -> Floats:
    """Persons in all without the error of each table; NaN where too few tables have a maximum.

    Parameters
    ----------
    tables : persons by history as linked; shape ``(rows, 2**lists)``
    rates : the error that is in them, a row each
    method : what is chosen for each, and held
    draws : tables with more error at each step, for each row

    Notes
    -----
    The model is chosen on the table carried back to no error, history by history, and held while
    error is added. Missed and wrong links look like dependence between lists: chosen on the table
    as linked the model would explain them, and chosen anew at each step it would jump.
    """
    again = np.repeat(np.arange(len(tables)), draws)
    steps = _steps(tables, rates, draws, rng)
    total = method(_carried_back(tables, steps))
    columns = [_mean_log(total(tables, np.arange(len(tables)))[:, None])]
    for more in steps:
        columns.append(_mean_log(total(more, again).reshape(len(tables), draws)))
    found: Floats = np.exp(np.stack(columns, axis=1) @ back_weights())
    return found


def tables_without_error(
    tables: Floats, rates: ErrorRates, draws: int, rng: np.random.Generator
) -> Floats:
    """Persons by history had there been no error, whole and at least 0; shape as `tables`.

    Parameters
    ----------
    tables, rates, draws : as in `without_error`
    """
    return _carried_back(tables, _steps(tables, rates, draws, rng))


def _steps(tables: Floats, rates: ErrorRates, draws: int, rng: np.random.Generator) -> list[Floats]:
    """Tables with more error at each of `STEPS` after the first, `draws` for each row."""
    again = np.repeat(np.arange(len(tables)), draws)
    return [with_more_error(tables[again], rates.of(again), times, rng) for times in STEPS[1:]]


def _carried_back(tables: Floats, steps: list[Floats]) -> Floats:
    means = [more.reshape(len(tables), -1, tables.shape[1]).mean(axis=1) for more in steps]
    back = np.tensordot(back_weights(), np.stack([tables, *means]), axes=1)
    whole: Floats = np.rint(np.maximum(back, 0.0))
    return whole


@cache
def back_weights() -> Floats:
    """What each step counts for in the quadratic's value at no error (-1 times more)."""
    powers = np.vander(np.array(STEPS), 3)
    weights: Floats = np.array([1.0, -1.0, 1.0]) @ np.linalg.pinv(powers)
    weights.setflags(write=False)
    return weights


def _mean_log(each: Floats) -> Floats:
    good = np.isfinite(each)
    logs = np.where(good, np.log(np.where(good, each, 1.0)), 0.0).sum(axis=1)
    times = good.sum(axis=1)
    return np.where(times >= ENOUGH * each.shape[1], logs / np.maximum(times, 1), np.nan)
