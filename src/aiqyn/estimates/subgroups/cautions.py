"""What must be said with estimates by stratum."""

from __future__ import annotations

import numpy as np

from aiqyn.estimates.results import Caution, Interval
from aiqyn.estimates.subgroups.answer import Subgroups
from aiqyn.estimates.subgroups.stratified_table import StratifiedTable

FEW_STRATA = 5  # with fewer the deviations rest on their prior; Gelman (2006), section 7.1
BORROWED = 0.1  # own share below which a part is said to be borrowed


def cautions_of(table: StratifiedTable, answer: Subgroups) -> tuple[Caution, ...]:
    """Cautions in the order in which they weigh."""
    told = [*_of_lists(table, answer), *_of_parts(answer), *_of_draws(answer)]
    if table.contradicted:
        told.append(Caution("EST-175", {"n": table.contradicted, "dimension": table.dimension}))
    return (*told, Caution("EST-173"), Caution("EST-108"))


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
    if unequal := _hidden_by_the_table(answer):
        told.append(unequal)
    return told


def _hidden_by_the_table(answer: Subgroups) -> Caution | None:
    """The table without strata answers outside the interval of their sum."""
    whole = next((i for i in answer.intervals if i.level == 0.95), None)
    left_out = any(p.observed for p in answer.parts if p.refusal is not None)
    if whole is None or left_out or answer.whole == "table":
        return None
    if not _outside(answer.table_total, whole):
        return None
    return Caution("EST-171", {"n": answer.table_total, "total": answer.total})


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
