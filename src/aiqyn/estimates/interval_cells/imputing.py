"""Methods without a likelihood of ranges: the mean over tables whose ranges are filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.closed_population.capture_probability import Family, fit_family
from aiqyn.estimates.closed_population.two_lists import chapman_totals
from aiqyn.estimates.interval_cells.choice import choose_pairs
from aiqyn.estimates.interval_cells.filling import bootstrap_of_ranges, filled
from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.intervals.resampling import Procedure
from aiqyn.estimates.intervals.telling import resampled_estimate
from aiqyn.estimates.results import Caution, Estimate
from aiqyn.estimates.tables.cells import Floats

if TYPE_CHECKING:
    from aiqyn.estimates.multiple_systems import Options

BOUND: Family = "Mh Chao (LB)"  # as `lower_bound` has it
FILLS = 200  # the mean over them is then known to a fifteenth of their spread
OF_METHOD = {"chao": Caution("EST-111"), "chapman": Caution("EST-106")}


def imputed(table: IntervalTable, method: str, options: Options) -> Estimate:
    """Chao's bound or Chapman's formula, averaged over filled tables.

    Raises
    ------
    AnswerRefused (EST-023) Chapman for other than two lists, (EST-024) when nobody is surely on two
    lists, (EST-020) when a filled table has no maximum.
    """
    if method == "chapman" and len(table.lists) != 2:
        raise AnswerRefused("EST-023", n=len(table.lists), low=2, high=2)
    if not any(n for h, n in enumerate(table.low) if h.bit_count() > 1):
        raise AnswerRefused("EST-024")
    procedure = chapman_totals if method == "chapman" else _chao(len(table.lists))
    terms = choose_pairs(table, options.pthresh)
    totals, _ = procedure(filled(table, terms, FILLS, np.random.default_rng(options.seed)))
    if not np.isfinite(totals).all():
        raise AnswerRefused("EST-020")
    total = float(totals.mean())
    again = bootstrap_of_ranges(
        table, terms, total, procedure, options.tables, options.boot, options.seed
    )
    model = {} if method == "chapman" else {"model": BOUND}
    settings = {**model, "fills": FILLS}
    found = resampled_estimate(method, table.observed, total, again, options.seed, settings)
    told = (OF_METHOD[method], Caution("EST-161", {"n": FILLS}))
    return replace(found, cautions=(*told, *found.cautions))


def _chao(lists: int) -> Procedure:
    def procedure(batch: Floats) -> tuple[Floats, tuple[object, ...]]:
        return fit_family(batch, lists, BOUND).total, ()

    return procedure
