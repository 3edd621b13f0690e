"""How often the intervals hold the truth: tables drawn from a population whose size is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aiqyn.errors import AnswerRefused, InputRefused, UsageRefused
from aiqyn.estimates.gate.judging import STRICTER, Gate
from aiqyn.estimates.multiple_systems import HiddenNumber, Options, hidden_number
from aiqyn.estimates.results import Estimate, Interval
from aiqyn.estimates.simulation.scenarios import Scenario
from aiqyn.estimates.simulation.truth_held import Coverage, MethodRecord, Printed
from aiqyn.estimates.tables.capture_histories import CaptureTable

if TYPE_CHECKING:
    import polars as pl

TABLES = 200  # data sets; a coverage of 95 % is then known to three points either way


@dataclass(frozen=True, slots=True)
class Simulation:
    """Tables drawn from a scenario, and how the methods did.

    Attributes
    ----------
    scenario : the population
    tables : drawn
    unusable : of them refused before any method (an emptied list, nobody on any list …)
    boot, seed : replicates of each interval; seed of the whole simulation
    methods : a record each
    gate : tables by what the gate let the report print, strictest last
    printed : how often that was true
    """

    scenario: Scenario
    tables: int
    unusable: int
    boot: int
    seed: int
    methods: tuple[MethodRecord, ...]
    gate: Mapping[str, int]
    printed: Printed

    def table(self) -> pl.DataFrame:
        """One row a method."""
        import polars as pl

        left_out = ("refusals", "coverage95_bounds", "coverage80_bounds")
        rows = [{k: v for k, v in m.to_json().items() if k not in left_out} for m in self.methods]
        return pl.DataFrame(rows, infer_schema_length=None)

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """The answer of ``aiqyn simulate-mse --json``."""
        return {
            "scenario": self.scenario.name,
            "lists": list(self.scenario.lists),
            "truth": self.scenario.population,
            "on_a_list": self.scenario.on_a_list,
            "tables": self.tables,
            "unusable": self.unusable,
            "boot": self.boot,
            "seed": self.seed,
            "methods": [m.to_json() for m in self.methods],
            "gate": dict(self.gate),
            "printed": self.printed.to_json(),
        }

    def __repr__(self) -> str:
        return f"Simulation of {self.scenario.name}: {self.tables} tables\n{self.table()}"


def simulate(
    scenario: Scenario,
    methods: Sequence[str] = ("stepwise",),
    options: Options | None = None,
    *,
    tables: int = TABLES,
    tell: Callable[[int], None] = lambda done: None,
) -> Simulation:
    """Draw tables from the scenario, estimate each, and compare with the truth.

    Parameters
    ----------
    methods, options : as for `hidden_number`; ``options.seed`` fixes tables and replicates
    tables : data sets to draw, at least 1
    tell : called with the number of data sets that are done

    Notes
    -----
    The gate is asked about each table too. It sees what a statistician sees, not the truth.
    """
    options = options or Options(boot=200)
    if tables < 1:
        raise UsageRefused("EST-032", option="tables", allowed="1, 2, …")
    if options.tables is not None:
        raise UsageRefused("EST-032", option="replicates", allowed="-")
    rng = np.random.default_rng(options.seed)
    answers: list[HiddenNumber] = []
    for done in range(1, tables + 1):
        table = draw_table(scenario, rng)
        again = replace(options, seed=int(rng.integers(2**31)))
        if table is not None:
            answers.append(hidden_number(table, methods, again))
        tell(done)
    return Simulation(
        scenario,
        tables,
        tables - len(answers),
        options.boot,
        options.seed,
        _records(answers, scenario.population),
        _gates(answers),
        _printed([a.gate for a in answers], scenario.population),
    )


def draw_table(scenario: Scenario, rng: np.random.Generator) -> CaptureTable | None:
    """One data set: the whole population drawn, those on no list forgotten; None if unusable."""
    counts = rng.multinomial(scenario.population, scenario.shares)
    counts[0] = 0
    rows = tuple(int(h) for h in np.flatnonzero(counts))
    try:
        return CaptureTable(scenario.name, scenario.lists, tuple(map(int, counts)), rows)
    except (AnswerRefused, InputRefused):
        return None


def _records(answers: Sequence[HiddenNumber], truth: int) -> tuple[MethodRecord, ...]:
    names = [r.method for r in answers[0].results] if answers else []
    by_method = ([a.results[k] for a in answers] for k in range(len(names)))
    return tuple(_record(n, found, truth) for n, found in zip(names, by_method, strict=True))


def _record(method: str, found: Sequence[Estimate], truth: int) -> MethodRecord:
    totals = np.array([e.total for e in found if e.total is not None])
    away = totals / truth - 1
    refused = Counter(e.refusal.code for e in found if e.refusal is not None)
    return MethodRecord(
        method,
        len(totals),
        dict(sorted(refused.items())),
        float(np.median(away)) if len(away) else None,
        float(away.mean()) if len(away) else None,
        float(np.sqrt((away**2).mean())) if len(away) else None,
        tuple(_coverage(found, level, truth) for level in (0.95, 0.8)),
        _width(found),
    )


def _coverage(found: Sequence[Estimate], level: float, truth: int) -> Coverage:
    given = [i for e in found if (i := e.interval(level)) is not None]
    covered = sum(_holds(i, truth) for i in given)
    return Coverage(level, len(given), covered, sum(None in (i.low, i.high) for i in given))


def _holds(interval: Interval, truth: int) -> bool:
    return _between(interval.low, interval.high, truth)


def _between(low: float | None, high: float | None, truth: int) -> bool:
    return (low is None or low <= truth) and (high is None or truth <= high)


def _width(found: Sequence[Estimate]) -> float | None:
    ends = [(i.low, i.high) for e in found if (i := e.interval(0.95)) is not None]
    ratios = [high / low for low, high in ends if low and high]
    return float(np.median(ratios)) if ratios else None


def _gates(answers: Sequence[HiddenNumber]) -> dict[str, int]:
    times = Counter(a.gate.publish for a in answers)
    return {publish: times[publish] for publish in STRICTER}


def _printed(gates: Sequence[Gate], truth: int) -> Printed:
    told = [g for g in gates if g.publish != "nothing"]
    given = Counter(g.publish for g in told)
    true = Counter(g.publish for g in told if _between(g.low, g.high, truth))
    return Printed({p: given[p] for p in STRICTER[:-1]}, {p: true[p] for p in STRICTER[:-1]})
