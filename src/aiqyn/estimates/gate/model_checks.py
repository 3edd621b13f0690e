"""Checks of the gate on the model: stability, fit, and dependence that it does not hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aiqyn.estimates.gate.judged import Judged
from aiqyn.estimates.gate.residual_dependence import (
    common_residual,
    every_pair_positive,
    fit_p_value,
)
from aiqyn.estimates.gate.verdicts import Finding, allowed_by, caution, closed, passed, why
from aiqyn.estimates.intervals.resampling import SEED
from aiqyn.estimates.log_linear.estimates_by_pairs import stepwise
from aiqyn.estimates.stability.single_lists import internal_consistency, leave_one_list_out

COMPARED = (
    "stepwise",
    "bic",
    "aic",
    "bic-average",
    "bayes-threshold",
    "decomposable",
    "latent-class",
)


def without_list(at: Judged) -> Finding:
    """Whether leaving out one list moves the estimate."""
    parts = leave_one_list_out(at.table, lambda part: stepwise(part, boot=0))
    totals = [p.estimate.total for p in parts if p.estimate and p.estimate.total]
    return _spread(totals, at.rules.largest_move, "without_list", "unstable")


def methods(at: Judged) -> Finding:
    """Whether the methods asked agree."""
    totals = [r.total for r in at.given if r.method in COMPARED and r.total]
    return _spread(totals, at.rules.largest_move, "methods", "methods")


def _spread(totals: Sequence[float], most: float, name: str, code: str) -> Finding:
    if len(totals) < 2:
        return caution(f"{name}.none")
    slots = {"low": min(totals), "high": max(totals)}
    if slots["high"] / slots["low"] <= most:
        return passed(name, **slots)
    return closed("range", name, why(code, **slots), **slots)


def fit(at: Judged) -> Finding:
    """Whether the model fits the table."""
    terms = at.terms
    if terms is None:
        return caution("fit.none")
    p = fit_p_value(at.table.vector, terms, np.random.default_rng(SEED))
    slots = {"p": p, "least": at.rules.least_fit}
    if p >= at.rules.least_fit:
        return passed("fit", **slots)
    return closed("range", "fit", why("poor_fit"), **slots)


def residual(at: Judged) -> Finding:
    """Whether all lists go together beyond the model, as they do where people differ."""
    terms = at.terms
    if terms is None:
        return caution("residual.none")
    counts = at.table.vector
    if every_pair_positive(counts, terms, len(at.table.lists)):
        return closed("lower_bound", "residual.pairs", why("heterogeneity"))
    z = common_residual(counts, terms)
    if z is None:
        return caution("residual.none")
    slots = {"z": z, "most": at.rules.largest_residual}
    if z < -at.rules.largest_residual:
        return caution("residual.apart", **slots)
    if z <= at.rules.largest_residual:
        return passed("residual", **slots)
    return closed("lower_bound", "residual", why("heterogeneity"), **slots)


def within_list(at: Judged) -> Finding:
    """Whether the other lists find the persons of a list, whose number is known."""
    parts = internal_consistency(at.table, lambda part: stepwise(part, boot=0))
    ratios = [p.estimate.total / p.truth for p in parts if p.estimate and p.estimate.total]
    if not ratios:
        return caution("within_list.none")
    middle, far = float(np.median(ratios)), at.rules.farthest_within_list
    slots = {"ratio": middle, "n": len(ratios)}
    if 1 / far <= middle <= far:
        return passed("within_list", **slots)
    return caution("within_list", **slots)


def odds_ratio(at: Judged) -> Finding:
    """Whether dependence that no table shows leaves a number, a range or only a bound."""
    rules, printed = at.rules, at.printed
    if printed.low is None or printed.high is None:
        return caution("odds_ratio.none")
    psi = {"psi0": rules.odds_ratio_low, "psi1": rules.odds_ratio_high}
    slots = psi | {"low": printed.low, "high": printed.high}
    ratio = printed.high / printed.low
    allowed = allowed_by(ratio, rules.widest_printed_estimate, rules.widest_printed_range)
    if allowed is None:
        return passed("odds_ratio", **slots)
    publish, widest = allowed
    return closed(publish, "odds_ratio", why("hidden", ratio=int(widest)), **slots)
