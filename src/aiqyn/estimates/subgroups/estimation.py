"""Estimates by year, sex, age, form, region or citizenship, thin strata leaning on the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.estimates.cells import Bools, Floats
from aiqyn.estimates.log_linear_estimates import BOOT, SEED, stepwise
from aiqyn.estimates.naming import named_model
from aiqyn.estimates.resampling import draw
from aiqyn.estimates.results import Caution, Interval
from aiqyn.estimates.stepwise_choice import PTHRESH, choose
from aiqyn.estimates.subgroups.agreement import scaled_to
from aiqyn.estimates.subgroups.answer import Part, Subgroups, Whole
from aiqyn.estimates.subgroups.intervals import dark_draws, percentile_intervals
from aiqyn.estimates.subgroups.joint_model import Strata, dark_rates, shares, strata_of
from aiqyn.estimates.subgroups.pooling import JointFit, joint_fit
from aiqyn.estimates.subgroups.stratified_table import StratifiedTable

FEW_STRATA = (
    5  # below it the deviations between strata rest on their prior; Gelman (2006), sec. 7.1
)
BORROWED = 0.1  # own share below which a part is said to be borrowed


def by_stratum(
    table: StratifiedTable,
    *,
    whole: Whole = "parts",
    pthresh: float = PTHRESH,
    boot: int = BOOT,
    seed: int = SEED,
) -> Subgroups:
    """Persons in all by stratum, the parts adding up to the whole.

    Parameters
    ----------
    whole : "parts": the whole is the sum of the parts; "table": the parts are scaled, draw by
        draw, to the stepwise estimate of the table without regard to strata
    pthresh : of the stepwise choice of pairs on all strata together
    boot : joint draws, each with a new choice of pairs and a refit; 0 for the numbers alone
    seed : of the draws

    Raises
    ------
    AnswerRefused (EST-020) when the lists of all strata together bound nothing, (EST-071) when the
    joint model has no maximum; UsageRefused (EST-032) for another `whole`.

    References
    ----------
    Sekar & Deming (1949), J. Am. Stat. Assoc. 44, 101-115 (strata against unequal catchability);
    Gelman & Hill (2007), ch. 12 (partial pooling); Laird & Louis (1987) for the intervals.
    """
    if whole not in {"parts", "table"}:
        raise UsageRefused("EST-032", option="whole", allowed="parts, table")
    point = _Point.of(table, pthresh, whole)
    drawn = _drawn(table, point, pthresh, boot, seed, whole)
    parts = _parts(table, point, drawn)
    total = float(sum(p.estimate for p in parts if p.estimate is not None))
    answer = Subgroups(
        table.dimension,
        parts,
        total,
        _of_sum(table, drawn, pthresh, boot, seed, whole),
        whole,
        point.table_total,
        named_model(table.whole, point.terms),
        {"level": float(point.fit.place.sd[0, 0]), "mix": float(point.fit.place.sd[0, 1])},
        {"boot": boot, "seed": seed if boot else None, "pthresh": pthresh, "whole": whole},
        draws=drawn,
    )
    return _with_cautions(answer, table)


@dataclass(frozen=True, slots=True)
class _Point:
    """The joint fit of the table itself.

    Attributes
    ----------
    filled : which strata have somebody
    terms : of the model chosen on all strata together
    table_total : stepwise estimate of the table without regard to strata
    dark : persons on no list, by filled stratum
    """

    filled: Bools
    terms: Bools
    table_total: float
    strata: Strata
    fit: JointFit
    dark: Floats

    @classmethod
    def of(cls, table: StratifiedTable, pthresh: float, whole: Whole) -> _Point:
        lists = len(table.whole.lists)
        chosen = choose(table.whole.vector[None], lists, pthresh)
        if not np.isfinite(chosen.total[0]):
            raise AnswerRefused("EST-020")
        filled = table.array.sum(axis=1) > 0
        strata = strata_of(table.array[filled][None], chosen.terms)
        fit = joint_fit(strata)
        if not fit.converged[0]:
            raise AnswerRefused("EST-071", dimension=table.dimension)
        dark, total = strata.persons * dark_rates(strata, fit.place), float(chosen.total[0])
        if whole == "table":
            dark = scaled_to(dark, np.array([total - table.whole.observed]))
        return cls(filled, chosen.terms[0], total, strata, fit, dark[0])

    @property
    def own(self) -> Floats:
        """Share of each stratum's prior variance of the log of ``1 / Z`` that its data removed."""
        place, strata = self.fit.place, self.strata
        level, mix = place.sd[0]
        slope = (shares(strata, place)[0] @ strata.features)[:, : strata.lists]
        by_effect = np.concatenate([level * slope.sum(1, keepdims=True), mix * slope], axis=1)
        solved = np.linalg.solve(self.fit.curvature.inner[0], by_effect[..., None])[..., 0]
        return np.asarray(1 - (by_effect * solved).sum(1) / (by_effect**2).sum(1))


def _drawn(
    table: StratifiedTable, point: _Point, pthresh: float, boot: int, seed: int, whole: Whole
) -> Floats | None:
    """Joint draws of the persons in all; NaN in strata with nobody."""
    if boot == 0:
        return None
    if boot < 20:
        raise UsageRefused("EST-032", option="boot", allowed="0, 20, 21, …")
    again = choose(draw(table.whole, boot, seed), len(table.whole.lists), pthresh)
    counts = table.array[point.filled]
    dark = dark_draws(counts, again.terms, np.random.default_rng([seed, 1]))
    if whole == "table":
        dark = scaled_to(dark, again.total - table.whole.observed)
    drawn = np.full((boot, len(table.codes)), np.nan)
    drawn[:, point.filled] = counts.sum(axis=1) + dark
    return drawn


def _parts(table: StratifiedTable, point: _Point, drawn: Floats | None) -> tuple[Part, ...]:
    own, dark = iter(point.own), iter(point.dark)
    parts = []
    for k, (code, observed) in enumerate(zip(table.codes, table.observed, strict=True)):
        if not observed:
            refusal = AnswerRefused("EST-072", group=code)
            parts.append(Part(code, 0, None, refusal=refusal))
            continue
        limits = percentile_intervals(drawn[:, k]) if drawn is not None else ()
        parts.append(Part(code, observed, observed + float(next(dark)), limits, float(next(own))))
    return tuple(parts)


def _of_sum(
    table: StratifiedTable, drawn: Floats | None, pthresh: float, boot: int, seed: int, whole: Whole
) -> tuple[Interval, ...]:
    """Intervals of the whole: of the sum of the draws, or those that the table's own number has."""
    if drawn is None:
        return ()
    if whole == "table":
        return stepwise(table.whole, pthresh=pthresh, boot=boot, seed=seed).intervals
    return percentile_intervals(np.nansum(drawn, axis=1))


def _with_cautions(answer: Subgroups, table: StratifiedTable) -> Subgroups:
    from dataclasses import replace

    told = [*_of_lists(table, answer), *_of_parts(answer), *_of_draws(answer)]
    if table.contradicted:
        told.append(Caution("EST-175", {"n": table.contradicted, "dimension": table.dimension}))
    return replace(answer, cautions=(*told, Caution("EST-173"), Caution("EST-108")))


def _of_lists(table: StratifiedTable, answer: Subgroups) -> list[Caution]:
    told = [Caution("EST-106")] if len(table.whole.lists) == 2 else []
    if lost := answer.model.minus_infinity:
        told.append(Caution("EST-107", {"pairs": "; ".join("×".join(t) for t in lost)}))
    return told


def _of_parts(answer: Subgroups) -> list[Caution]:
    given = [p for p in answer.parts if p.refusal is None]
    told = []
    if thin := [p.code for p in given if (p.own or 0.0) < BORROWED]:
        told.append(Caution("EST-170", {"codes": ", ".join(thin)}))
    if len(given) < FEW_STRATA:
        told.append(Caution("EST-174", {"n": len(given)}))
    sum_of_parts = next((i for i in answer.intervals if i.level == 0.95), None)
    if sum_of_parts and answer.whole == "parts" and _outside(answer.table_total, sum_of_parts):
        told.append(Caution("EST-171", {"n": answer.table_total, "total": answer.total}))
    return told


def _outside(value: float, interval: Interval) -> bool:
    below = interval.low is not None and value < interval.low
    return below or (interval.high is not None and value > interval.high)


def _of_draws(answer: Subgroups) -> list[Caution]:
    if answer.draws is None:
        return [Caution("EST-113")]
    told, run = [], len(answer.draws)
    every = [i for p in answer.parts for i in p.intervals] + list(answer.intervals)
    if any(i.degenerate for i in every):
        told.append(Caution("EST-101", {"n": run}))
    if unbounded := int(np.isinf(answer.draws).any(axis=1).sum()):
        told.append(Caution("EST-104", {"n": unbounded, "m": run}))
    return told
