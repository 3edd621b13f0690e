"""All estimates of a table with their corrected totals beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.gate.judging import gate
from aiqyn.estimates.interval_cells.filling import likely_table
from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.linkage_error.audits import LinkageAudit
from aiqyn.estimates.linkage_error.by_hand import AuditedHistories
from aiqyn.estimates.linkage_error.corrected import Corrected
from aiqyn.estimates.linkage_error.correcting import corrected_for_linkage
from aiqyn.estimates.linkage_error.correcting_by_hand import ByHand, corrected_by_hand
from aiqyn.estimates.linkage_error.correcting_posteriors import posterior_by_hand
from aiqyn.estimates.linkage_error.held_methods import held_method
from aiqyn.estimates.linkage_error.posterior_methods import POSTERIORS
from aiqyn.estimates.results import Caution, Estimate, Interval
from aiqyn.estimates.tables.capture_histories import CaptureTable

if TYPE_CHECKING:
    from aiqyn.estimates.multiple_systems import HiddenNumber, Options, Table

NOT_CORRECTED = "EST-108"


def with_corrections(
    found: HiddenNumber,
    table: Table,
    audit: LinkageAudit,
    options: Options,
    by_hand: AuditedHistories | None = None,
) -> HiddenNumber:
    """The same answers; each keeps its number and gains the corrected one, or a caution why not.

    The gate judges the corrected number and interval: only these may be printed.

    `by_hand`, the audited histories, gives each number a second opinion that extrapolates nothing.

    A table with suppressed cells is not corrected (EST-163).
    """
    results = tuple(_with_correction(r, table, audit, options, by_hand) for r in found.results)
    whole = likely_table(table) if isinstance(table, IntervalTable) else table
    seen = tuple(as_the_gate_sees(r) for r in results)
    chief = next((r for r in seen if r.interval()), None)
    judged = gate(whole, seen, audited=chief is not None and chief.corrected is not None)
    return replace(found, results=results, gate=judged)


def as_the_gate_sees(result: Estimate) -> Estimate:
    """The result with the corrected number and interval in the place of its own."""
    better = result.corrected
    if better is None:
        return result
    moved = tuple(m * better.estimate / better.naive for m in result.modes)
    return replace(
        result,
        total=better.estimate,
        intervals=(Interval(0.95, better.lo95, better.hi95),),
        modes=moved,
    )


def _with_correction(
    result: Estimate,
    table: Table,
    audit: LinkageAudit,
    options: Options,
    by_hand: AuditedHistories | None,
) -> Estimate:
    if result.refusal is not None:
        return result
    if not isinstance(table, CaptureTable):
        return replace(result, cautions=(*result.cautions, Caution("EST-163")))
    try:
        corrected = _corrected(result, table, audit, options)
    except AnswerRefused as refusal:
        why = Caution(refusal.code, refusal.slots)
        return replace(result, cautions=(*result.cautions, why))
    if by_hand is not None:
        corrected = _with_second_opinion(corrected, table, by_hand, options)
    told = tuple(c for c in result.cautions if c.code != NOT_CORRECTED)
    return replace(result, corrected=corrected, cautions=(*told, *corrected.cautions))


def _corrected(
    result: Estimate, table: CaptureTable, audit: LinkageAudit, options: Options
) -> Corrected:
    found = corrected_for_linkage(
        table,
        audit,
        result.method,
        rng=np.random.default_rng(options.seed),
        pthresh=options.pthresh,
        order=options.order,
        delta=options.delta,
    )
    return found if result.total is None else replace(found, naive=result.total)


def _with_second_opinion(
    corrected: Corrected, table: CaptureTable, by_hand: AuditedHistories, options: Options
) -> Corrected:
    try:
        again = _by_hand(corrected.method, table, by_hand, options)
    except AnswerRefused:
        return replace(corrected, cautions=(*corrected.cautions, Caution("EST-164")))
    if corrected.agrees_with(again):
        return replace(corrected, by_hand=again)
    slots = {"n": again.estimate, "low": again.lo95, "high": again.hi95}
    doubt = Caution("EST-169", slots)
    return replace(corrected, by_hand=again, cautions=(*corrected.cautions, doubt))


def _by_hand(
    method: str, table: CaptureTable, histories: AuditedHistories, options: Options
) -> ByHand:
    rng = np.random.default_rng(options.seed)
    if method in POSTERIORS:
        return posterior_by_hand(table, histories, method, rng, options.delta)
    held = held_method(method, len(table.lists), options.pthresh, options.order)
    return corrected_by_hand(table, histories, held, rng)
