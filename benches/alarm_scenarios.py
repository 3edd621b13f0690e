"""How often the alarms are false, and how often they see an outbreak: 42 simulated scenarios.

``python -m benches.alarm_scenarios [SERIES] [SEED]`` prints what docs/methods/alarms.md tells. The
scenarios are those of ../shared/data/noufaily/spec.json: after Noufaily et al. (2013), from public
re-implementations, so the figures are no reproduction of the paper's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benches.children import ROOT

SPEC = ROOT.parent / "shared" / "data" / "noufaily" / "spec.json"
WEEKS, BASELINE, CURRENT = 624, (312, 575), (575, 624)
SIZES = (2, 3, 5, 10)
Scenario = Mapping[str, Any]
Counts = NDArray[np.float64]


def means(scenario: Scenario) -> Counts:
    """The expected count of each week."""
    t = np.arange(1, WEEKS + 1)
    eta = scenario["theta"] + scenario["beta"] * t
    for j in range(1, scenario["m"] + 1):
        angle = 2 * np.pi * j * t / 52
        eta = eta + scenario["gamma1"] * np.cos(angle) + scenario["gamma2"] * np.sin(angle)
    return np.asarray(np.exp(eta))


def background(scenario: Scenario, series: int, rng: np.random.Generator) -> Counts:
    """Counts of (weeks, series) without outbreaks, variance phi times the mean."""
    mu, phi = means(scenario)[:, None], float(scenario["phi"])
    if phi == 1:
        return rng.poisson(mu, (WEEKS, series)).astype(np.float64)
    size = np.broadcast_to(mu / (phi - 1), (WEEKS, series))
    return rng.negative_binomial(size, 1 / phi).astype(np.float64)


def add_outbreak(
    counts: Counts, column: int, k: int, span: tuple[int, int], spread: Counts, rng: Any
) -> NDArray[np.bool_]:
    """Put an outbreak into one series; the weeks that hold its cases."""
    start = int(rng.integers(*span))
    size = 0
    while size < 2:
        size = int(rng.poisson(k * spread[start]))
    weeks = start + np.floor(rng.lognormal(0, 0.5, size)).astype(int)
    weeks = weeks[weeks < span[1]]
    np.add.at(counts[:, column], weeks, 1.0)
    return np.isin(np.arange(*CURRENT), weeks)


def measured(scenario: Scenario, series: int, rng: np.random.Generator) -> dict[str, float]:
    """FPR of clean series and of those with old outbreaks; POD and POTI by size of the outbreak."""
    spread = np.sqrt(scenario["phi"] * means(scenario))
    told: dict[str, float] = {"FPR": _share(_alarms(background(scenario, series, rng)))}
    counts = background(scenario, series, rng)
    for column in range(series):
        _old_outbreaks(counts, column, spread, rng)
    told["FPR, old outbreaks"] = _share(_alarms(counts))
    for k in SIZES:
        counts, hit = background(scenario, series, rng), np.zeros((49, series), bool)
        for column in range(series):
            _old_outbreaks(counts, column, spread, rng)
            hit[:, column] = add_outbreak(counts, column, k, CURRENT, spread, rng)
        seen = _alarms(counts).astype(bool) & hit
        told[f"POD {k}"] = float(seen.any(axis=0).mean())
        told[f"POTI {k}"] = float(seen.sum() / max(hit.sum(), 1))
    return told


def _old_outbreaks(counts: Counts, column: int, spread: Counts, rng: np.random.Generator) -> None:
    for k in rng.choice(SIZES, 4):
        add_outbreak(counts, column, int(k), BASELINE, spread, rng)


def _share(alarms: Counts) -> float:
    return float(np.nanmean(alarms))


def _alarms(counts: Counts) -> Counts:
    from aiqyn.signals.series.farrington import Farrington, farrington
    from aiqyn.signals.series.reference_periods import Calendar

    settings = Farrington(
        p_threshold_trend=1.0,
        no_periods=10,
        past_weeks_not_included=26,
        threshold_method="nbPlugin",
        alpha=0.005,
    )
    return farrington(counts, Calendar(WEEKS, 52), settings, rows=range(*CURRENT)).alarm


def table(series: int, seed: int, spec: Path = SPEC) -> Iterator[tuple[int, dict[str, float]]]:
    """Each scenario's number and measures; a generator of random numbers for each."""
    for scenario in json.loads(spec.read_text(encoding="utf-8"))["scenarios"]:
        rng = np.random.default_rng([seed, scenario["scenario"]])
        yield scenario["scenario"], measured(scenario, series, rng)


def main(words: list[str]) -> None:
    """Print the table, and the means over scenarios with their Monte Carlo standard errors."""
    series, seed = (*map(int, words), *(200, 2013)[len(words) :])
    rows = []
    for number, told in table(series, seed):
        print(f"| {number} | " + " | ".join(f"{x:.4f}" for x in told.values()) + " |", flush=True)
        rows.append(told)
    for name in rows[0]:
        values = np.array([row[name] for row in rows])
        tests = series * (49 if "FPR" in name else 1)
        error = np.sqrt((values * (1 - values) / tests).sum()) / len(rows)
        span = f"{values.min():.4f}-{values.max():.4f}"
        print(f"{name}: {values.mean():.4f} (se {error:.4f}), {span}")


if __name__ == "__main__":
    main(sys.argv[1:])
