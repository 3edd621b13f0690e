"""Estimates by year, sex, age, form, region or citizenship, thin strata leaning on the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.resampling import BOOT, SEED, draw
from aiqyn.estimates.log_linear.estimates_by_pairs import stepwise
from aiqyn.estimates.log_linear.naming import named_model
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH, choose
from aiqyn.estimates.results import Interval
from aiqyn.estimates.subgroups.agreement import scaled_to
from aiqyn.estimates.subgroups.answer import Part, Subgroups
from aiqyn.estimates.subgroups.cautions import cautions_of
from aiqyn.estimates.subgroups.intervals import dark_draws, percentile_intervals
from aiqyn.estimates.subgroups.point import PointFit, point_fit
from aiqyn.estimates.subgroups.settings import Level, Settings, Whole
from aiqyn.estimates.subgroups.stratified_table import StratifiedTable
from aiqyn.estimates.tables.cells import Floats

LARGEST_ERROR = 1.0  # of the log of the persons on no list: about one person on two lists


def by_stratum(
    table: StratifiedTable,
    *,
    whole: Whole = "parts",
    level: Level = "pooled",
    pthresh: float = PTHRESH,
    boot: int = BOOT,
    seed: int = SEED,
) -> Subgroups:
    """Persons in all by stratum, the parts adding up to the whole.

    Parameters
    ----------
    whole : "parts": the whole is the sum of the parts; "table": the parts are scaled, draw by
        draw, to the stepwise estimate of the table without regard to strata
    level : "pooled": how much is found in a stratum leans on the others; "own": it does not, and a
        stratum too thin to tell is refused; so for years, where detection is what is asked
    pthresh : of the stepwise choice of pairs on all strata together
    boot : joint draws, each with a new choice of pairs and a refit; 0 for the numbers alone
    seed : of the draws

    Raises
    ------
    AnswerRefused (EST-020) when the lists of all strata together bound nothing, (EST-071) when the
    joint model has no maximum; UsageRefused (EST-032) for an option that cannot be used.

    References
    ----------
    Sekar & Deming (1949), J. Am. Stat. Assoc. 44, 101-115 (strata against unequal catchability);
    Gelman & Hill (2007), ch. 12 (partial pooling); Laird & Louis (1987) for the intervals.
    """
    asked = Settings(whole, level, pthresh, boot, seed)
    point = point_fit(table, asked)
    drawn = _drawn(table, point, asked)
    parts = _parts(table, point, drawn, asked)
    if all(p.refusal is not None for p in parts):
        raise AnswerRefused("EST-071", dimension=table.dimension)
    sd = point.fit.place.sd[0]
    answer = Subgroups(
        table.dimension,
        parts,
        float(sum(p.estimate for p in parts if p.estimate is not None)),
        _of_sum(table, drawn, parts, asked),
        whole,
        point.table_total,
        named_model(table.whole, point.terms),
        {"level": None if asked.free_level else float(sd[0]), "mix": float(sd[1])},
        asked.to_json(),
        draws=drawn,
    )
    return replace(answer, cautions=cautions_of(table, answer))


def _drawn(table: StratifiedTable, point: PointFit, asked: Settings) -> Floats | None:
    """Joint draws of the persons in all; NaN in strata with nobody."""
    if asked.boot == 0:
        return None
    lists, counts = len(table.whole.lists), table.array[point.filled]
    again = choose(draw(table.whole, asked.boot, asked.seed), lists, asked.pthresh)
    rng = np.random.default_rng([asked.seed, 1])
    dark = dark_draws(counts, again.terms, rng, free_level=asked.free_level)
    if asked.whole == "table":
        dark = scaled_to(dark, again.total - table.whole.observed)
    drawn = np.full((asked.boot, len(table.codes)), np.nan)
    drawn[:, point.filled] = counts.sum(axis=1) + dark
    return drawn


def _parts(
    table: StratifiedTable, point: PointFit, drawn: Floats | None, asked: Settings
) -> tuple[Part, ...]:
    dark, own, error = (np.full(len(table.codes), np.nan) for _ in range(3))
    dark[point.filled], own[point.filled] = point.dark, point.own
    error[point.filled] = point.error
    parts = []
    for k, (code, observed) in enumerate(zip(table.codes, table.observed, strict=True)):
        refusal = _refusal(code, observed, error[k], asked)
        if refusal is not None:
            parts.append(Part(code, observed, None, refusal=refusal))
            continue
        limits = percentile_intervals(drawn[:, k]) if drawn is not None else ()
        parts.append(Part(code, observed, observed + float(dark[k]), limits, float(own[k])))
    return tuple(parts)


def _refusal(code: str, observed: int, error: float, asked: Settings) -> AnswerRefused | None:
    """Why a stratum has no estimate: nobody in it, or nothing that tells how much was found."""
    if not observed:
        return AnswerRefused("EST-072", group=code)
    if asked.free_level and error > LARGEST_ERROR:
        return AnswerRefused("EST-075", group=code)
    return None


def _of_sum(
    table: StratifiedTable, drawn: Floats | None, parts: tuple[Part, ...], asked: Settings
) -> tuple[Interval, ...]:
    """Intervals of the whole: of the sum of the draws, or those that the table's own number has."""
    if drawn is None:
        return ()
    given = [p.refusal is None for p in parts]
    left_out = any(p.observed for p in parts if p.refusal is not None)
    if asked.whole == "table" and not left_out:
        boot, seed = asked.boot, asked.seed
        return stepwise(table.whole, pthresh=asked.pthresh, boot=boot, seed=seed).intervals
    return percentile_intervals(drawn[:, given].sum(axis=1))
