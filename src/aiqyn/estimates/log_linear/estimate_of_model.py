"""The answer of one log-linear model: its number, likelihood and criteria, and its replicates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from aiqyn.estimates.intervals.resampling import Bootstrapped
from aiqyn.estimates.intervals.telling import resampled_estimate
from aiqyn.estimates.log_linear.chosen_models import lost_pairs
from aiqyn.estimates.log_linear.fitting import deviance, fit, log_likelihood, reduce
from aiqyn.estimates.log_linear.naming import named_model
from aiqyn.estimates.results import Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Bools


def estimate_of_model(
    table: CaptureTable,
    method: str,
    terms: Bools,
    total: float,
    again: Bootstrapped | None,
    seed: int,
    settings: Mapping[str, Any],  # Any: numbers and words alike
) -> Estimate:
    """Estimate by one row of terms, with the Poisson constants in AIC and BIC as R has them."""
    counts, row = table.vector[None], terms[None]
    mean = fit(counts, reduce(counts, row)).mean
    likelihood, size = float(log_likelihood(counts, mean)[0]), int(terms.sum())
    model = named_model(table, terms)
    estimate = resampled_estimate(method, table.observed, total, again, seed, settings)
    return replace(
        estimate,
        model=model,
        aic=2 * size - 2 * likelihood,
        bic=size * float(np.log(table.observed)) - 2 * likelihood,
        deviance=float(deviance(counts, mean)[0]),
        cautions=(*lost_pairs(model.minus_infinity), *estimate.cautions),
    )
