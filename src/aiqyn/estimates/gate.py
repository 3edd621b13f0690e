"""The gate of publication: what the report may print of an estimate, and why no more."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from aiqyn.estimates.capture_histories import CaptureTable
from aiqyn.estimates.log_linear_estimates import stepwise
from aiqyn.estimates.results import Caution, Estimate, Interval
from aiqyn.estimates.stability import leave_one_list_out
from aiqyn.words import say

Publish = Literal["estimate", "range", "lower_bound", "nothing"]
STRICTER: tuple[Publish, ...] = ("estimate", "range", "lower_bound", "nothing")
COMPARED = ("stepwise", "bic", "aic", "bic-average", "bayes-threshold", "decomposable")


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds of `gate.toml`; see there for their reasons."""

    least_overlap: int
    widest_for_estimate: float
    widest_for_range: float
    largest_move: float


@dataclass(frozen=True, slots=True)
class Gate:
    """What the report may print.

    Attributes
    ----------
    publish : the number with its interval, a range alone, a lower bound alone, or nothing
    reasons : each doubt that closed the gate so far
    method : code of the estimate it speaks of; None when every method refused
    low, high : persons; ends of the range, or the bound, that may be printed; None: not to be
    """

    publish: Publish
    reasons: tuple[Caution, ...]
    method: str | None = None
    low: float | None = None
    high: float | None = None

    def text(self, lang: str = "en") -> str:
        """What may be printed, and why no more."""
        told = [say(f"estimate.gate.{self.publish}", lang), *(r.text(lang) for r in self.reasons)]
        return " ".join(told)

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: words, numbers and null
        """``{"publish", "why", "codes", "method", "low", "high"}``."""
        codes = [r.code.rsplit(".", 1)[-1] for r in self.reasons]
        told = {"publish": self.publish, "why": self.text(lang), "codes": codes}
        return told | {"method": self.method, "low": self.low, "high": self.high}


@cache
def gate_rules() -> Rules:
    """The thresholds that ship with the package."""
    text = files("aiqyn").joinpath("data", "estimates", "gate.toml").read_text(encoding="utf-8")
    return Rules(**tomllib.loads(text))


def gate(table: CaptureTable, results: Sequence[Estimate], rules: Rules | None = None) -> Gate:
    """The strictest judgement of all doubts about the first estimate that has an interval.

    Parameters
    ----------
    results : of one or several methods on the table; the first with an interval is judged, the
        others say whether the methods agree
    """
    rules = rules or gate_rules()
    given = [r for r in results if r.refusal is None]
    if not given:
        return Gate("nothing", (_why("all_refused"),))
    chief = next((r for r in given if r.interval(0.95)), given[0])
    doubts = _doubts(table, chief, given, rules)
    least: Publish = "lower_bound" if chief.method == "chao" else "estimate"
    publish = STRICTER[max(STRICTER.index(p) for p in (least, *(p for p, _ in doubts)))]
    reasons = tuple(why for _, why in doubts) or (_why("sound"),)
    low, high = _printed(publish, chief)
    return Gate(publish, reasons, chief.method, low, high)


def _doubts(
    table: CaptureTable, chief: Estimate, given: Sequence[Estimate], rules: Rules
) -> list[tuple[Publish, Caution]]:
    found = [
        _two_lists(table),
        _thin(table, rules),
        *_of_interval(chief.interval(0.95), rules),
        _of_modes(chief),
        _moved(table, rules),
        _methods(given, rules),
    ]
    return [doubt for doubt in found if doubt is not None]


Doubt = tuple[Publish, Caution] | None


def _two_lists(table: CaptureTable) -> Doubt:
    return ("nothing", _why("few_lists")) if len(table.lists) < 3 else None


def _thin(table: CaptureTable, rules: Rules) -> Doubt:
    twice = sum(n for h, n in enumerate(table.counts) if h.bit_count() > 1)
    if twice >= rules.least_overlap:
        return None
    return "lower_bound", _why("thin_overlap", n=twice, least=rules.least_overlap)


def _of_interval(interval: Interval | None, rules: Rules) -> list[Doubt]:
    if interval is None or interval.low is None:
        return [("nothing", _why("no_interval"))]
    if interval.high is None:
        return [("lower_bound", _why("degenerate"))]
    found: list[Doubt] = []
    if interval.degenerate:
        found.append(("range", _why("degenerate")))
    ratio = interval.high / interval.low
    for publish, widest in (
        ("lower_bound", rules.widest_for_range),
        ("range", rules.widest_for_estimate),
    ):
        if ratio > widest:
            found.append((publish, _why("wide", ratio=int(widest))))  # type: ignore[arg-type]
            break
    return found


def _of_modes(chief: Estimate) -> Doubt:
    if len(chief.modes) < 2:
        return None
    return "range", _why("modes", low=min(chief.modes), high=max(chief.modes))


def _moved(table: CaptureTable, rules: Rules) -> Doubt:
    parts = leave_one_list_out(table, lambda part: stepwise(part, boot=0))
    totals = [p.estimate.total for p in parts if p.estimate and p.estimate.total]
    if len(totals) < 2 or max(totals) / min(totals) <= rules.largest_move:
        return None
    return "range", _why("unstable", low=min(totals), high=max(totals))


def _methods(given: Sequence[Estimate], rules: Rules) -> Doubt:
    totals = [r.total for r in given if r.method in COMPARED and r.total]
    if len(totals) < 2 or max(totals) / min(totals) <= rules.largest_move:
        return None
    return "range", _why("methods", low=min(totals), high=max(totals))


def _printed(publish: Publish, chief: Estimate) -> tuple[float | None, float | None]:
    """Ends that may be printed: every mode lies within them."""
    interval = chief.interval(0.95)
    if publish == "nothing" or interval is None or interval.low is None:
        return None, None
    low = min(interval.low, *chief.modes) if chief.modes else interval.low
    if publish == "lower_bound" or interval.high is None:
        return low, None
    return low, max(interval.high, *chief.modes) if chief.modes else interval.high


def _why(code: str, **slots: object) -> Caution:
    return Caution(f"estimate.gate.why.{code}", slots)
