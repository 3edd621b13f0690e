"""The build: runs the stages that are stale, in order, and says what it does.

A stage is a pure function from tables to tables (`stages.py`); this file only decides whether it
must run, hands it its tables and commits what it made.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from aiqyn.errors import UsageRefused
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.lock import one_at_a_time
from aiqyn.observatory.manifest import (
    Manifest,
    code_sha256,
    commit,
    fingerprint,
    read_manifest,
    read_table,
)

Tables = Mapping[str, pl.DataFrame]
Fetch = Callable[[str, str], pl.DataFrame]
Advance = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What a stage made: its tables, and counts for the terminal and the report."""

    tables: Tables
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: its name, the stages it reads, what else it depends on, and its function."""

    name: str
    after: tuple[str, ...]
    run: Callable[[Observatory, Fetch, Advance], Made]
    inputs: Callable[[Observatory], Mapping[str, str]] = lambda _: {}
    parameters: Callable[[Observatory], Mapping[str, Any]] = lambda _: {}


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a stage: ``unchanged``, ``running`` (`done` from 0 to 1) or ``made``.

    A stage that was made says its `seconds` on the clock and its `cpu_seconds` of processor time.
    """

    stage: str
    state: str
    done: float = 0.0
    doing: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    notes: Mapping[str, Any] = field(default_factory=dict)


def build(
    observatory: Observatory,
    stages: tuple[Stage, ...],
    *,
    until: str | None = None,
    tell: Callable[[Step], None] = lambda step: None,
) -> dict[str, Manifest]:
    """Bring the stages up to date, in order, up to `until`; returns the manifest of each.

    Raises
    ------
    UsageRefused OBS-011 when `until` is no stage; OBS-010 when another build runs.
    """
    wanted = _wanted(stages, until)
    with one_at_a_time(observatory.build):
        finished: dict[str, Manifest] = {}
        for stage in wanted:
            finished[stage.name] = _bring_up_to_date(observatory, stage, finished, tell)
        return finished


def stale(observatory: Observatory, stages: tuple[Stage, ...]) -> tuple[str, ...]:
    """The stages that a build would run now."""
    found: list[str] = []
    finished: dict[str, Manifest] = {}
    for stage in stages:
        old = read_manifest(observatory.build / stage.name)
        ready = old is not None and not set(stage.after) & set(found)
        if old and ready and old.fingerprint == _fingerprint(observatory, stage, finished):
            finished[stage.name] = old
        else:
            found.append(stage.name)
    return tuple(found)


def table(observatory: Observatory, stage: str, name: str) -> pl.DataFrame:
    """A table of a finished stage, from disk."""
    folder = observatory.build / stage
    manifest = read_manifest(folder)
    if manifest is None:
        raise UsageRefused("OBS-012", stage=stage)
    return read_table(folder, manifest, name)


def _bring_up_to_date(
    observatory: Observatory,
    stage: Stage,
    finished: Mapping[str, Manifest],
    tell: Callable[[Step], None],
) -> Manifest:
    folder = observatory.build / stage.name
    old = read_manifest(folder)
    if old and old.fingerprint == _fingerprint(observatory, stage, finished):
        tell(Step(stage.name, "unchanged", 1.0, notes=old.notes))
        return old
    started, worked = time.perf_counter(), time.process_time()
    tell(Step(stage.name, "running"))
    made = stage.run(
        observatory,
        lambda before, name: read_table(observatory.build / before, finished[before], name),
        lambda done, doing: tell(Step(stage.name, "running", done, doing)),
    )
    inputs, parameters = _made_from(observatory, stage, finished)
    new = commit(
        folder,
        stage.name,
        made.tables,
        inputs=inputs,
        parameters=parameters,
        code=code_sha256(),
        notes=made.notes,
    )
    spent, cpu = time.perf_counter() - started, time.process_time() - worked
    tell(Step(stage.name, "made", 1.0, seconds=spent, cpu_seconds=cpu, notes=made.notes))
    return new


def _made_from(
    observatory: Observatory, stage: Stage, finished: Mapping[str, Manifest]
) -> tuple[dict[str, str], dict[str, Any]]:
    before = {f"build/{name}": finished[name].outcome for name in stage.after}
    return {**before, **stage.inputs(observatory)}, dict(stage.parameters(observatory))


def _fingerprint(observatory: Observatory, stage: Stage, finished: Mapping[str, Manifest]) -> str:
    inputs, parameters = _made_from(observatory, stage, finished)
    return fingerprint(inputs, parameters, code_sha256())


def _wanted(stages: tuple[Stage, ...], until: str | None) -> tuple[Stage, ...]:
    names = [stage.name for stage in stages]
    if until is None:
        return stages
    if until not in names:
        raise UsageRefused("OBS-011", stage=until, stages=", ".join(names))
    return stages[: names.index(until) + 1]
