"""The estimates of one year, from histories in which no small number is told apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from aiqyn.errors import AiqynError
from aiqyn.estimates import (
    CaptureTable,
    Estimate,
    Gate,
    GateCheck,
    HiddenNumber,
    Options,
    capture_table,
    hidden_number,
    leave_one_list_out,
    merge_two_lists,
    stepwise,
)
from aiqyn.estimates.gate.judging import STRICTER
from aiqyn.estimates.gate.rules import gate_rules
from aiqyn.observatory.estimate_settings import EstimateSettings
from aiqyn.observatory.hidden_part.histories import JOIN
from aiqyn.observatory.hidden_part.lines import Row, line
from aiqyn.observatory.hidden_part.unlinked import all_linked
from aiqyn.observatory.linked_persons.correcting import LinkageAudited, corrected

MOST_MODELS = 12  # models of the chart; the others are rarely chosen
PART_METHOD = ("stepwise",)
UNLINKED = "estimate.gate.check.unlinked"


@dataclass(frozen=True, slots=True)
class Judged:
    """The estimates of one year's table and what may be printed of them.

    Attributes
    ----------
    gate : its range reaches down to the estimate with every record without a code linked
    """

    year: int
    lists: tuple[str, ...]
    results: tuple[Estimate, ...]
    gate: Gate

    @property
    def chief(self) -> Estimate | None:
        """The estimate that the gate speaks of."""
        return next((r for r in self.results if r.method == self.gate.method), None)


def table_of(year: int, counts: Mapping[str, int]) -> CaptureTable:
    """The capture table of a year.

    Raises
    ------
    InputRefused (EST-005 …) when nothing can be estimated from it.
    """
    lists = sorted({name for history in counts for name in history.split(JOIN)})
    rows: dict[Sequence[str], int] = {
        tuple(history.split(JOIN)): n for history, n in counts.items()
    }
    return capture_table(rows, name=str(year), lists=lists)


def judged(
    year: int,
    counts: Mapping[str, int],
    doubles: int,
    methods: Sequence[str],
    settings: EstimateSettings,
    boot: int,
    audit: LinkageAudited | None = None,
) -> Judged:
    """Estimates by each method in its order, and the gate of the year.

    Parameters
    ----------
    counts : history -> persons
    doubles : of them, how many may be persons of another list; see `all_linked`
    boot : resampled tables for each interval
    audit : what was found of the linkage's error, which the numbers are then without
    """
    table = table_of(year, counts)
    answer = _results(table, methods, settings, boot, audit)
    if not doubles:
        return Judged(year, table.lists, answer.results, answer.gate)
    linked = _linked(year, counts, doubles, settings, boot, audit)
    return Judged(year, table.lists, answer.results, with_unlinked(answer.gate, linked, doubles))


def _results(
    table: CaptureTable,
    methods: Sequence[str],
    settings: EstimateSettings,
    boot: int,
    audit: LinkageAudited | None,
) -> HiddenNumber:
    options = Options(boot=boot, seed=settings.seed, point_only=settings.point_only)
    return corrected(hidden_number(table, methods, options), table, audit, options)


def _linked(
    year: int,
    counts: Mapping[str, int],
    doubles: int,
    settings: EstimateSettings,
    boot: int,
    audit: LinkageAudited | None,
) -> Gate | None:
    """The gate of the table in which every record without a code is somebody already counted."""
    try:
        table = table_of(year, all_linked(counts, doubles))
        return _results(table, settings.by_year, settings, boot, audit).gate
    except AiqynError:
        return None


def with_unlinked(found: Gate, linked: Gate | None, doubles: int) -> Gate:
    """The gate when `doubles` persons may be on one more list: a range at most, from all to none.

    Parameters
    ----------
    found : of the table as counted, where each of them is a person of its own
    linked : of the table where each is somebody already counted; None where it has no estimate
    """
    check = GateCheck("not_for", UNLINKED, {"n": doubles})
    checks = (*found.checks, check)
    if linked is None or linked.low is None or found.low is None:
        return replace(found, publish="nothing", low=None, high=None, checks=checks)
    publish = STRICTER[max(STRICTER.index(p) for p in (found.publish, linked.publish, "range"))]
    low, high = min(linked.low, found.low), None if publish == "lower_bound" else found.high
    if high is not None and high / low > gate_rules().widest_printed_range:
        publish, high = "lower_bound", None
    return replace(found, publish=publish, low=low, high=high, checks=checks)


def method_lines(of: Judged) -> list[Row]:
    """One line a method; that of the gate is the main one."""
    return [line(of.year, r.method, r, main=r.method == of.gate.method) for r in of.results]


def without_list_lines(
    year: int, table: CaptureTable, settings: EstimateSettings, audit: LinkageAudited | None = None
) -> list[Row]:
    """The estimate without each list."""
    parts = leave_one_list_out(table, _part_method(settings, audit))
    return [line(year, part.omitted, part.estimate) for part in parts]


def merged_lines(
    year: int, table: CaptureTable, settings: EstimateSettings, audit: LinkageAudited | None = None
) -> list[Row]:
    """The estimate with each two lists as one."""
    parts = merge_two_lists(table, _part_method(settings, audit))
    return [line(year, JOIN.join(part.lists), part.estimate) for part in parts]


def model_lines(of: Judged) -> list[Row]:
    """The models that the resampled tables chose, most often chosen first."""
    if of.chief is None:
        return []
    return [
        {
            "year": of.year,
            "code": of_model.model.label,
            "value": of_model.estimate,
            "share": of_model.share,
            "main": of_model.model == of.chief.model,
        }
        for of_model in of.chief.models[:MOST_MODELS]
        if of_model.share
    ]


def year_line(of: Judged) -> Row:
    """The main estimate of a year."""
    return line(of.year, str(of.year), of.chief)


def gate_row(of: Judged) -> Row:
    """What may be printed of the year."""
    value = of.chief.total if of.chief else None
    ends = {"publish": of.gate.publish, "low": of.gate.low, "high": of.gate.high}
    return {"year": of.year, **ends, "value": value, "method": of.gate.method}


def check_rows(of: Judged) -> list[Row]:
    """The checks of the gate in their order."""
    return [
        {"year": of.year, "verdict": c.verdict, "key": c.key, "slots": json.dumps(dict(c.slots))}
        for c in of.gate.checks
    ]


def _part_method(
    settings: EstimateSettings, audit: LinkageAudited | None
) -> Callable[[CaptureTable], Estimate]:
    def of_part(part: CaptureTable) -> Estimate:
        found = stepwise(part, boot=settings.part_boot, seed=settings.seed)
        if audit is None or found.refusal is not None:
            return found
        return _results(part, PART_METHOD, settings, settings.part_boot, audit).results[0]

    return of_part
