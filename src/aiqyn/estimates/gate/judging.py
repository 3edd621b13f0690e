"""The gate of publication: what the report may print of an estimate, and why no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiqyn.estimates.gate.checks import findings, linkage
from aiqyn.estimates.gate.judged import Judged, model_terms
from aiqyn.estimates.gate.printed_range import PrintedRange, printed_range
from aiqyn.estimates.gate.rules import Rules, gate_rules
from aiqyn.estimates.gate.verdicts import GateCheck, Publish, why
from aiqyn.estimates.results import Caution, Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.words import number, say

STRICTER: tuple[Publish, ...] = ("estimate", "range", "lower_bound", "nothing")


@dataclass(frozen=True, slots=True)
class Gate:
    """What the report may print.

    Attributes
    ----------
    publish : the number with its range, a range alone, a lower bound alone, or nothing
    reasons : each doubt that closed the gate so far
    method : code of the estimate it speaks of; None when every method refused
    low, high : persons; ends of the range, or the bound, that may be printed; None: not to be. They
        hold chance and the dependence between lists that `gate.toml` has the range bear
    checks : every check in fixed order, those that passed too
    """

    publish: Publish
    reasons: tuple[Caution, ...]
    method: str | None = None
    low: float | None = None
    high: float | None = None
    checks: tuple[GateCheck, ...] = ()

    def text(self, lang: str = "en") -> str:
        """What may be printed, and why no more."""
        told = [say(f"estimate.gate.{self.publish}", lang), *self._ends(lang)]
        return " ".join([*told, *(r.text(lang) for r in self.reasons)])

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: words, numbers and null
        """``{"publish", "why", "codes", "method", "low", "high", "checks"}``."""
        codes = [r.code.rsplit(".", 1)[-1] for r in self.reasons]
        told = {"publish": self.publish, "why": self.text(lang), "codes": codes}
        ends = {"method": self.method, "low": self.low, "high": self.high}
        return told | ends | {"checks": [c.to_json(lang) for c in self.checks]}

    def _ends(self, lang: str) -> list[str]:
        if self.low is None:
            return []
        if self.high is None:
            return [say("estimate.gate.at_least", lang, low=number(self.low, lang))]
        low, high = number(self.low, lang), number(self.high, lang)
        return [say("estimate.gate.between", lang, low=low, high=high)]


def gate(
    table: CaptureTable,
    results: Sequence[Estimate],
    rules: Rules | None = None,
    *,
    audited: bool = False,
) -> Gate:
    """The strictest judgement of all checks on the first estimate that has an interval.

    Parameters
    ----------
    results : of one or several methods on the table; the first with an interval is judged, the
        others say whether the methods agree
    audited : the linkage was audited and its error is in the intervals
    """
    rules = rules or gate_rules()
    given = [r for r in results if r.refusal is None]
    if not given:
        return Gate("nothing", (why("all_refused"),), checks=_none(audited))
    chief = next((r for r in given if r.interval(0.95)), given[0])
    printed = printed_range(table, chief, model_terms(table, chief), rules)
    found = findings(Judged(table, chief, given, printed, rules, audited))
    least: Publish = "lower_bound" if chief.method == "chao" else "estimate"
    publish = STRICTER[max(STRICTER.index(p) for p in (least, *(f.publish for f in found)))]
    reasons = tuple(f.why for f in found if f.why) or (why("sound"),)
    low, high = _ends(publish, printed)
    return Gate(publish, reasons, chief.method, low, high, tuple(f.check for f in found))


def _ends(publish: Publish, printed: PrintedRange) -> tuple[float | None, float | None]:
    if publish == "nothing":
        return None, None
    return printed.low, None if publish == "lower_bound" else printed.high


def _none(audited: bool) -> tuple[GateCheck, ...]:
    return GateCheck("not_for", "estimate.gate.check.refused"), linkage(audited).check
