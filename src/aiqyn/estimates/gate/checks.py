"""The checks of the gate, in fixed order: on the table and the interval here, then on the model."""

from __future__ import annotations

from aiqyn.estimates.gate.judged import Judged
from aiqyn.estimates.gate.model_checks import (
    fit,
    methods,
    odds_ratio,
    residual,
    within_list,
    without_list,
)
from aiqyn.estimates.gate.verdicts import Finding, allowed_by, caution, closed, passed, why

FEWEST = 3  # lists; two cannot show dependence


def findings(at: Judged) -> tuple[Finding, ...]:
    """Every check in its order, those that passed too."""
    return (
        _lists(at),
        _overlap(at),
        _interval(at),
        _width(at),
        _modes(at),
        without_list(at),
        methods(at),
        fit(at),
        residual(at),
        within_list(at),
        odds_ratio(at),
        linkage(at.audited),
    )


def linkage(audited: bool) -> Finding:
    """Whether the error of the linkage was measured and is in the interval."""
    if audited:
        return passed("linkage.audited")
    return caution("linkage")


def _lists(at: Judged) -> Finding:
    n = len(at.table.lists)
    if n >= FEWEST:
        return passed("lists", n=n, least=FEWEST)
    return closed("nothing", "lists", why("few_lists"), n=n, least=FEWEST)


def _overlap(at: Judged) -> Finding:
    twice = sum(n for h, n in enumerate(at.table.counts) if h.bit_count() > 1)
    slots = {"n": twice, "least": at.rules.least_overlap}
    if twice >= at.rules.least_overlap:
        return passed("overlap", **slots)
    return closed("lower_bound", "overlap", why("thin_overlap", **slots), **slots)


def _interval(at: Judged) -> Finding:
    interval = at.chief.interval(0.95)
    if interval is None or interval.low is None:
        return closed("nothing", "interval.none", why("no_interval"))
    if interval.high is None:
        return closed("lower_bound", "interval.open", why("degenerate"))
    if interval.degenerate:
        return closed("range", "interval.open", why("degenerate"))
    return passed("interval", low=interval.low, high=interval.high)


def _width(at: Judged) -> Finding:
    interval, rules = at.chief.interval(0.95), at.rules
    if interval is None or interval.low is None or interval.high is None:
        return caution("width.none")
    ratio = interval.high / interval.low
    slots = {"ratio": ratio, "most": rules.widest_for_estimate}
    allowed = allowed_by(ratio, rules.widest_for_estimate, rules.widest_for_range)
    if allowed is None:
        return passed("width", **slots)
    publish, widest = allowed
    return closed(publish, "width", why("wide", ratio=int(widest)), **slots)


def _modes(at: Judged) -> Finding:
    if len(at.chief.modes) < 2:
        return passed("modes.one")
    slots = {"low": min(at.chief.modes), "high": max(at.chief.modes)}
    return closed("range", "modes", why("modes", **slots), **slots)
