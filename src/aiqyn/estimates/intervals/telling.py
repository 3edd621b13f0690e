"""What an answer tells of its resampling: its intervals, settings and cautions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiqyn.estimates.intervals.resampling import Bootstrapped
from aiqyn.estimates.results import Caution, Estimate, Replicates


def resampled_estimate(
    method: str,
    observed: int,
    total: float,
    again: Bootstrapped | None,
    seed: int,
    settings: Mapping[str, Any],  # Any: numbers and words alike
) -> Estimate:
    """The estimate with what its replicates say; the point alone where there were none."""
    return Estimate(
        method,
        observed,
        total,
        intervals=again.intervals if again else (),
        settings={**settings, **drawn(again, seed)},
        replicates=again.replicates if again else Replicates(),
        cautions=interval_cautions(again),
        replicate_estimates=again.given if again else None,
    )


def drawn(again: Bootstrapped | None, seed: int) -> dict[str, Any]:  # Any: numbers or None
    """How many tables were asked for, and with which seed; no seed when they were given."""
    if again is None:
        return {"boot": 0, "seed": None}
    asked = again.replicates.run if again.asked is None else again.asked
    return {"boot": asked, "seed": None if again.given is not None else seed}


def interval_cautions(again: Bootstrapped | None) -> tuple[Caution, ...]:
    """What must be said of the resampling, and that linkage error is not in it."""
    if again is None:
        return Caution("EST-113"), Caution("EST-108")
    told, run = [], again.replicates
    if any(i.degenerate for i in again.intervals):
        told.append(Caution("EST-101", {"n": run.run}))
    if run.ties:
        told.append(Caution("EST-102", {"n": run.ties, "m": run.run}))
    if run.empty_list:
        told.append(Caution("EST-103", {"n": run.empty_list, "m": run.run}))
    if run.refused:
        told.append(Caution("EST-104", {"n": run.refused, "m": run.run}))
    return (*told, Caution("EST-108"))
