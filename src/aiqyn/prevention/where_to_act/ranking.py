"""From counts and factors to the areas where most people are harmed, with every doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.factors.observed import Observed
from aiqyn.prevention.factors.rules import load_rules as factor_rules
from aiqyn.prevention.where_to_act.expected import expected_draws
from aiqyn.prevention.where_to_act.ranks import Floats, not_told_apart, rank_intervals, tiers
from aiqyn.prevention.where_to_act.reach import (
    Channel,
    Groups,
    among_reached,
    cost_of_one,
    known_groups,
    quantiles,
    shares,
)
from aiqyn.prevention.where_to_act.results import Area, Offer, Span, TargetGroup, WhereToAct
from aiqyn.prevention.where_to_act.rules import Rules, load_rules

SEED, LEAST_AREAS = 2025, 3
NONE = Groups({}, {})


def rank_areas(
    observed: Observed,
    *,
    groups: Groups = NONE,
    channels: Sequence[Channel] = (),
    not_ranked: Mapping[str, str] | None = None,
    seed: int = SEED,
) -> WhereToAct:
    """Areas by the expected number of people harmed in the last period, found or not.

    Parameters
    ----------
    observed : counts with residents, share detected and, where there are any, factors
    groups, channels : target groups and the ways to reach them
    not_ranked : areas that are left out, and why

    Raises
    ------
    AnswerRefused PREV-053 when fewer than three areas are left.
    """
    if len(observed.areas) < LEAST_AREAS:
        raise AnswerRefused("PREV-053", n=len(observed.areas), least=LEAST_AREAS)
    rules, rng = load_rules(), np.random.default_rng(seed)
    codes, drawn = expected_draws(observed, factor_rules(), rules.draws, rng)
    mix = shares(groups, rules.draws, rules.smallest_mix, rng) if groups.recorded else None
    places, group_of = rank_intervals(drawn, rules.level), tiers(drawn, rules.apart)
    like = not_told_apart(drawn, rules.apart)
    found = []
    for k, code in enumerate(codes):
        residents = _residents(observed, code)
        own = _target_groups(code, drawn[:, k], mix, groups, channels, rules)
        found.append(
            Area(
                code,
                residents,
                _span(drawn[:, k], rules),
                _span(drawn[:, k] / residents * 100_000, rules),
                places[k],
                group_of[k],
                tuple(codes[other] for other in like[k]),
                own,
            )
        )
    ordered = tuple(sorted(found, key=lambda a: (a.tier, a.code)))
    last = observed.periods[-1]
    return WhereToAct(ordered, last, observed.share_known, seed, dict(not_ranked or {}))


def _target_groups(
    area: str,
    drawn: Floats,
    mix: Floats | None,
    groups: Groups,
    channels: Sequence[Channel],
    rules: Rules,
) -> tuple[TargetGroup, ...]:
    if mix is None:
        return ()
    column = {group: mix[:, k] for k, group in enumerate(groups.recorded)}
    return tuple(
        _target_group(group, drawn * column[group], groups.residents[area, group], channels, rules)
        for group in known_groups(groups, area)
    )


def _target_group(
    group: str, drawn: Floats, residents: float, channels: Sequence[Channel], rules: Rules
) -> TargetGroup:
    offers = tuple(_offer(c, drawn, residents, rules) for c in channels if c.group == group)
    return TargetGroup(group, residents, _span(drawn, rules), offers)


def _offer(channel: Channel, drawn: Floats, residents: float, rules: Rules) -> Offer:
    reached = residents * channel.share
    return Offer(
        channel.code,
        channel.labels,
        reached,
        _span(among_reached(drawn, channel), rules),
        reached * channel.cost,
        _span(cost_of_one(drawn, residents, channel), rules),
        channel.currency,
        channel.source,
    )


def _residents(observed: Observed, code: str) -> float:
    own = observed.area == observed.areas.index(code)
    return float(observed.residents[own][observed.period[own].argmax()])


def _span(draws: Floats, rules: Rules) -> Span:
    return Span(*quantiles(draws, rules.level))
