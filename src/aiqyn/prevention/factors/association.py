"""Association of factors with measured trafficking: the count model over draws of its offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.factors.count_model import Posterior, posterior, search_grid
from aiqyn.prevention.factors.detected_share import Pooled, doubts, drawn_offsets, known, pooled
from aiqyn.prevention.factors.link import Link
from aiqyn.prevention.factors.list_of_factors import factor_list
from aiqyn.prevention.factors.model_input import Cells, Floats
from aiqyn.prevention.factors.observed import Observed
from aiqyn.prevention.factors.results import Association, LeftOut
from aiqyn.prevention.factors.rules import Rules

SEED = 2025


def associate(
    observed: Observed, rules: Rules, *, seed: int = SEED, leave_out: bool = True
) -> Association:
    """The rate ratio of each factor per standard deviation, the others held.

    The errors of the share detected are drawn given the counts; with each draw in the offset the
    model of `count_model` is fitted, and the answers are pooled by Rubin's rules.

    Raises
    ------
    AnswerRefused PREV-050 too few areas, PREV-051 too few cells for so many factors, PREV-052 too
    few persons.
    """
    refuse_too_few(observed, rules)
    rng = np.random.default_rng(seed)
    draws = posteriors(observed, rules, rng, rules.offsets)
    slopes = pool_slopes(draws, rules)
    plain: Sequence[float | None] = [None] * len(slopes)
    if observed.share_known:
        plain = _without_share(observed, rules)
    return Association(
        links=_links(observed, slopes, plain),
        cells=len(observed.persons),
        areas=len(observed.areas),
        periods=len(observed.periods),
        persons=float(observed.persons.sum()),
        share_known=observed.share_known,
        between_areas=float(np.mean([d.between_areas for d in draws])),
        beyond_chance=float(np.mean([d.beyond_chance for d in draws])),
        draws=len(draws),
        seed=seed,
        together=_together(observed, rules),
        unused=observed.unused,
        dropped=observed.dropped,
        left_out=_left_out(observed, rules) if leave_out else (),
    )


def refuse_too_few(observed: Observed, rules: Rules) -> None:
    """Refuse what cannot be told from so few areas, cells or persons."""
    areas, cells, factors = len(observed.areas), len(observed.persons), len(observed.values)
    if areas < rules.areas:
        raise AnswerRefused("PREV-050", n=areas, least=rules.areas)
    if cells < rules.cells_a_factor * factors:
        most = cells // rules.cells_a_factor
        raise AnswerRefused("PREV-051", n=cells, factors=factors, most=most)
    if observed.persons.sum() < rules.persons:
        n = int(observed.persons.sum())
        raise AnswerRefused("PREV-052", n=n, least=rules.persons)


def posteriors(
    observed: Observed, rules: Rules, rng: np.random.Generator, draws: int
) -> list[Posterior]:
    """The model's answer for each draw of the errors of the share detected."""
    cells = with_shares(observed, rules)
    grid = search_grid(cells, rules.priors)
    if not len(cells.doubts):
        return [posterior(cells, rules.priors, grid)]
    drawn = drawn_offsets(cells, rules.priors, grid, draws, rng)
    return [posterior(one, rules.priors, grid) for one in drawn]


def with_shares(observed: Observed, rules: Rules, factors: Sequence[str] | None = None) -> Cells:
    """The model's input with the share detected in its offset, and the doubt about it."""
    if not observed.share_known:
        return observed.cells(np.zeros(len(observed.persons)), factors)
    cells = observed.cells(np.log(observed.detection[:, 0]), factors)
    if np.all(observed.detection[:, 1] == observed.detection[:, 2]):
        return cells
    estimate, errors = doubts(observed.detection, rules.level)
    return replace(cells, estimate=estimate, doubts=errors)


def pool_slopes(draws: Sequence[Posterior], rules: Rules) -> list[Pooled]:
    """Each slope over the draws."""
    told = [d.slope() for d in draws]
    return [
        pooled([m[k] for m, _ in told], [v[k, k] for _, v in told], rules.level)
        for k in range(draws[0].slopes)
    ]


def _without_share(observed: Observed, rules: Rules) -> list[float]:
    """The rate ratios that plain counts would have given."""
    return _plain_ratios(observed.cells(np.zeros(len(observed.persons))), rules)


def _plain_ratios(cells: Cells, rules: Rules) -> list[float]:
    found = posterior(cells, rules.priors, search_grid(cells, rules.priors))
    return [float(x) for x in np.exp(found.slope()[0])]


def _links(
    observed: Observed, slopes: Sequence[Pooled], plain: Sequence[float | None]
) -> tuple[Link, ...]:
    found = {
        name: Link(
            factor=name,
            ratio=float(np.exp(slope.value)),
            low=float(np.exp(slope.low)),
            high=float(np.exp(slope.high)),
            mean=observed.scales[name][0],
            sd=observed.scales[name][1],
            without_share=bare,
            share_of_doubt=slope.share,
            carried=observed.carried[name],
        )
        for name, slope, bare in zip(observed.values, slopes, plain, strict=True)
    }
    return tuple(found[name] for name in factor_list() if name in found)


def _together(observed: Observed, rules: Rules) -> tuple[tuple[str, str, float], ...]:
    names = list(observed.values)
    if len(names) < 2:
        return ()
    r: Floats = np.atleast_2d(np.corrcoef(np.stack([observed.values[n] for n in names])))
    pairs = [
        (i, j) for i in range(len(names)) for j in range(i) if abs(r[i, j]) > rules.correlation
    ]
    return tuple((names[j], names[i], float(r[i, j])) for i, j in pairs)


def _left_out(observed: Observed, rules: Rules) -> tuple[LeftOut, ...]:
    """The answer without each factor, and without each area, in turn; the share as estimated."""
    names = list(observed.values)
    rests = [[n for n in names if n != name] for name in names] if len(names) > 1 else []
    factors = [
        LeftOut("factor", name, _ratios(observed, rules, rest))
        for name, rest in zip(names, rests, strict=False)
    ]
    areas = [
        LeftOut("area", area, _ratios(observed.only(observed.area != at), rules, names))
        for at, area in enumerate(observed.areas)
    ]
    return (*factors, *areas)


def _ratios(observed: Observed, rules: Rules, names: Sequence[str]) -> dict[str, float]:
    cells = known(with_shares(observed, rules, names))
    return dict(zip(names, _plain_ratios(cells, rules), strict=True))
