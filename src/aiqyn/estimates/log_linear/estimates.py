"""Estimates by log-linear models: independent lists, stepwise pairs, the best of all models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.resampling import MOST_RAISED, Bootstrapped, Procedure, bootstrap
from aiqyn.estimates.log_linear.fitting import deviance, fit, log_likelihood, reduce
from aiqyn.estimates.log_linear.hierarchical_models import (
    Criterion,
    Search,
    average_total,
    best_total,
    search,
    weights,
)
from aiqyn.estimates.log_linear.naming import Histories, modes, named_model
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH, choose
from aiqyn.estimates.results import Caution, Estimate, ModelShare, Replicates
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Bools, Floats, Ints

BOOT = 1000
SEED = 20260101
CLOSE = 2.0  # BIC; below this "not worth more than a bare mention" (Kass & Raftery 1995, table 1)
OFTEN = 0.05  # a model chosen by fewer replicates is not listed as a mode
MOST_MODELS = 50  # models listed in an answer


def independence(
    table: CaptureTable, *, boot: int = BOOT, seed: int = SEED, tables: Floats | None = None
) -> Estimate:
    """Persons in all if no list leads to another: the log-linear model of single lists only.

    Raises
    ------
    AnswerRefused (EST-020) when it has no maximum, (EST-021) when it is not identifiable.
    """
    found = _stepwise(table, 0.0, boot, seed, tables, "independence", {})
    return _with(found, cautions=(Caution("EST-109"), *found.cautions))


def stepwise(
    table: CaptureTable,
    *,
    pthresh: float = PTHRESH,
    boot: int = BOOT,
    seed: int = SEED,
    tables: Floats | None = None,
) -> Estimate:
    """Persons in all by stepwise choice of dependent pairs, with a BCa interval.

    Parameters
    ----------
    pthresh : a pair enters while its one-sided Poisson p-value is below this
    boot : resampled tables, each with a full new choice of pairs; 0 for the number alone; raised
        from 1,000 or more where a limit lies at their edge (see `resampling.bootstrap`)
    seed : of the resampling
    tables : resampled tables to use instead of drawing; shape ``(replicates, 2**lists)``

    Raises
    ------
    AnswerRefused (EST-020, EST-021) when even independent lists give no number.

    References
    ----------
    Chan, Silverman & Vincent (2021), J. Am. Stat. Assoc. 116, 1297-1306.
    """
    return _stepwise(table, pthresh, boot, seed, tables, "stepwise", {"pthresh": pthresh})


def best_model(
    table: CaptureTable,
    *,
    criterion: Criterion = "bic",
    order: int = 2,
    boot: int = BOOT,
    seed: int = SEED,
    tables: Floats | None = None,
) -> Estimate:
    """Persons in all by the hierarchical model with the lowest BIC (or AIC) that has a maximum.

    Parameters
    ----------
    order : lists in the largest term: 2 up to 6 lists, up to ``lists - 1`` up to 5 lists
    boot : resampled tables, each with a full new search; too dear to be raised at the edge

    Raises
    ------
    AnswerRefused (EST-016) too many models, (EST-022) none admissible.

    References
    ----------
    Silverman, Chan & Vincent (2024), Stat. Comput. 34, 44.
    """
    lists = len(table.lists)
    found = search(table.vector, lists, order)
    ranking = found.ranked(criterion)
    if not len(ranking):
        raise AnswerRefused("EST-022")

    best = int(ranking[0])
    total = float(found.total[best])
    procedure = _searching(found, lists, order, lambda f: best_total(f, criterion))
    again = _resampled(table, total, procedure, boot, seed, tables, most=boot)
    apart = modes(float(found.total[r]) for r in nearly_best(found, found.order))
    settings = {"order": order, "admissible": len(ranking), "models": len(found.terms)}
    estimate = _estimate(table, criterion, found.terms[best], total, again, settings, boot, seed)
    return _with(
        estimate,
        models=ranked_models(table, found, ranking, again),
        modes=apart,
        cautions=(*far_apart(apart), *estimate.cautions),
    )


def average_of_models(
    table: CaptureTable,
    *,
    order: int = 2,
    boot: int = BOOT,
    seed: int = SEED,
    tables: Floats | None = None,
) -> Estimate:
    """Mean of the estimates of all admissible models, weighted by ``exp(-BIC / 2)``.

    Parameters
    ----------
    boot : resampled tables, each with a full new search and new weights; never raised

    Raises
    ------
    AnswerRefused (EST-016) too many models, (EST-022) none admissible.

    References
    ----------
    Buckland, Burnham & Augustin (1997), Biometrics 53, 603-618, eq. 1.
    """
    lists = len(table.lists)
    found = search(table.vector, lists, order)
    ranking = found.order
    if not len(ranking):
        raise AnswerRefused("EST-022")
    total, _ = average_total(found)
    procedure = _searching(found, lists, order, average_total)
    again = _resampled(table, total, procedure, boot, seed, tables, most=boot)
    apart = modes(float(found.total[r]) for r in nearly_best(found, ranking))
    listed = zip(ranking[:MOST_MODELS], weights(found), strict=False)
    return Estimate(
        "bic-average",
        table.observed,
        total,
        intervals=again.intervals if again else (),
        settings={
            "order": order,
            "admissible": len(ranking),
            "models": len(found.terms),
            **drawn(again, seed),
        },
        replicates=again.replicates if again else Replicates(),
        models=tuple(model_share(table, found, int(r), float(w)) for r, w in listed),
        modes=apart,
        cautions=(*far_apart(apart), *interval_cautions(again)),
        replicate_estimates=again.given if again else None,
    )


def _searching(
    found: Search, lists: int, order: int, answer: Callable[[Search], tuple[float, int]]
) -> Procedure:
    """A full search of each table, begun at the parameters found on the table itself."""

    def procedure(batch: Floats) -> tuple[Floats, tuple[object, ...]]:
        answers = [answer(search(counts, lists, order, found.beta)) for counts in batch]
        return np.array([total for total, _ in answers]), tuple(row for _, row in answers)

    return procedure


def nearly_best(found: Search, ranking: Ints) -> Ints:
    """Admissible models almost as good as the best."""
    near: Ints = ranking[found.bic[ranking] - found.bic[ranking].min() <= CLOSE]
    return near


def _stepwise(
    table: CaptureTable,
    pthresh: float,
    boot: int,
    seed: int,
    tables: Floats | None,
    method: str,
    settings: dict[str, Any],
) -> Estimate:
    lists = len(table.lists)

    def procedure(batch: Floats) -> tuple[Floats, tuple[object, ...]]:
        found = choose(batch, lists, pthresh)
        return found.total, tuple(row.tobytes() for row in found.terms)

    chosen = choose(table.vector[None], lists, pthresh)
    if not np.isfinite(chosen.total[0]):
        raise AnswerRefused("EST-020")
    total = float(chosen.total[0])
    again = _resampled(table, total, procedure, boot, seed, tables)
    estimate = _estimate(table, method, chosen.terms[0], total, again, settings, boot, seed)
    shares = _shares(table, again, chosen.terms[0], total)
    often = [m for m in shares if (m.share or 0) >= OFTEN and m.estimate is not None]
    apart = modes((total, *(m.estimate for m in often if m.estimate)))
    if method == "independence":
        return _with(estimate, modes=(total,))
    told = (*far_apart(apart, "EST-112"), *estimate.cautions)
    return _with(estimate, models=shares, modes=apart, cautions=told)


def _resampled(
    table: CaptureTable,
    point: float,
    procedure: Procedure,
    boot: int,
    seed: int,
    tables: Floats | None,
    *,
    most: int = MOST_RAISED,
) -> Bootstrapped | None:
    if tables is None and boot == 0:
        return None
    return bootstrap(table, point, procedure, tables, boot, seed, most=most)


def _estimate(
    table: CaptureTable,
    method: str,
    terms: Bools,
    total: float,
    again: Bootstrapped | None,
    settings: dict[str, Any],
    boot: int,
    seed: int,
) -> Estimate:
    counts, row = table.vector[None], terms[None]
    mean = fit(counts, reduce(counts, row)).mean
    likelihood, size = float(log_likelihood(counts, mean)[0]), int(terms.sum())
    model = named_model(table, terms)
    return Estimate(
        method,
        table.observed,
        total,
        intervals=again.intervals if again else (),
        model=model,
        aic=2 * size - 2 * likelihood,
        bic=size * float(np.log(table.observed)) - 2 * likelihood,
        deviance=float(deviance(counts, mean)[0]),
        settings={**settings, **drawn(again, seed)},
        replicates=again.replicates if again else Replicates(),
        cautions=(*lost_pairs(model.minus_infinity), *interval_cautions(again)),
        replicate_estimates=again.given if again else None,
    )


def drawn(again: Bootstrapped | None, seed: int) -> dict[str, Any]:  # Any: numbers or None
    """How many tables were asked for, and with which seed; no seed when they were given."""
    if again is None:
        return {"boot": 0, "seed": None}
    asked = again.replicates.run if again.asked is None else again.asked
    return {"boot": asked, "seed": None if again.given is not None else seed}


def interval_cautions(again: Bootstrapped | None) -> tuple[Caution, ...]:
    """What must be said of the resampling, and that linkage error is not in it."""
    if again is None:
        return Caution("EST-113"), Caution("EST-108")
    told, run = [], again.replicates
    if any(i.degenerate for i in again.intervals):
        told.append(Caution("EST-101", {"n": run.run}))
    if run.ties:
        told.append(Caution("EST-102", {"n": run.ties, "m": run.run}))
    if run.empty_list:
        told.append(Caution("EST-103", {"n": run.empty_list, "m": run.run}))
    if run.refused:
        told.append(Caution("EST-104", {"n": run.refused, "m": run.run}))
    return (*told, Caution("EST-108"))


def lost_pairs(lost: tuple[tuple[str, ...], ...]) -> tuple[Caution, ...]:
    """The caution that names the terms at minus infinity."""
    pairs = "; ".join("×".join(term) for term in lost)
    return (Caution("EST-107", {"pairs": pairs}),) if lost else ()


def far_apart(apart: tuple[float, ...], code: str = "EST-105") -> tuple[Caution, ...]:
    """The caution that there is more than one answer."""
    if len(apart) < 2:
        return ()
    return (Caution(code, {"low": min(apart), "high": max(apart)}),)


def ranked_models(
    table: Histories, found: Search, ranking: Ints, again: Bootstrapped | None
) -> tuple[ModelShare, ...]:
    """The best models of a search with the share of replicates that chose each."""
    times = Counter(again.models) if again else None
    run = again.replicates.run if again else 1
    return tuple(
        model_share(table, found, int(r), times[int(r)] / run if times else None)
        for r in ranking[:MOST_MODELS]
    )


def model_share(table: Histories, found: Search, row: int, share: float | None) -> ModelShare:
    """One model of a search."""
    return ModelShare(
        named_model(table, found.terms[row]),
        float(found.total[row]),
        share,
        float(found.bic[row]),
        float(found.aic[row]),
    )


def _shares(
    table: CaptureTable, again: Bootstrapped | None, chosen: Bools, total: float
) -> tuple[ModelShare, ...]:
    """Models by how many replicates chose them; without replicates the chosen one alone."""
    if again is None:
        return (ModelShare(named_model(table, chosen), total),)
    common = sorted(Counter(again.models).items(), key=lambda kv: (-kv[1], kv[0]))[:MOST_MODELS]
    terms = np.stack([np.frombuffer(key, dtype=np.bool_) for key, _ in common])  # type: ignore[call-overload]
    totals = _admissible_totals(table, terms)
    run = again.replicates.run
    return tuple(
        ModelShare(named_model(table, row), value, times / run)
        for row, value, (_, times) in zip(terms, totals, common, strict=True)
    )


def _admissible_totals(table: CaptureTable, terms: Bools) -> list[float | None]:
    from aiqyn.estimates.log_linear.existence import Existence, existence

    counts = np.tile(table.vector, (len(terms), 1))
    codes = existence(counts, terms)
    fits = fit(counts, reduce(counts, terms))
    totals = table.observed + np.exp(np.clip(fits.beta[:, 0], -700, 700))
    return [
        float(t) if code is Existence.OK else None for t, code in zip(totals, codes, strict=True)
    ]


def _with(estimate: Estimate, **parts: Any) -> Estimate:  # Any: fields of several types
    from dataclasses import replace

    return replace(estimate, **parts)
