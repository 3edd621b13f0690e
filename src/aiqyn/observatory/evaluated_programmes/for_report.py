"""From the stage's table to what the report may read of the programmes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from aiqyn.report.programme_evidence import Answer, ProgrammeEvidence, ProgrammeFacts
from aiqyn.words import LANGUAGES

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
FACTS = ("code", "funder", "cost", "currency", "expected", "scale", "kind", "design", "period")
LISTS = ("groups", "forms", "regions")


def programme_evidence(answers: pl.DataFrame) -> tuple[ProgrammeEvidence, ...]:
    """The programmes in the order of their codes."""
    return tuple(_programme(json.loads(text)) for text in answers["answer"])


def with_programmes(labels: Labels, answers: pl.DataFrame) -> Labels:
    """The labels, and the programmes' own texts: in a language they lack, as they were written."""
    told = [json.loads(text) for text in answers["answer"]]
    own = {
        f"programme_{part}": {row["code"]: _in_all(row[part]) for row in told}
        for part in ("title", "what", "theory")
    }
    return {**labels, **own} if told else labels


def _in_all(texts: Mapping[str, str]) -> dict[str, str]:
    first = next(iter(texts.values()))
    return {lang: texts.get(lang, first) for lang in LANGUAGES}


def _programme(row: Mapping[str, Any]) -> ProgrammeEvidence:
    own: dict[str, Any] = {name: row[name] for name in FACTS}  # Any: JSON
    lists: dict[str, Any] = {name: tuple(row[name]) for name in LISTS}
    facts = ProgrammeFacts(**own, **lists, since=date.fromisoformat(row["since"]))
    if "effect" not in row:
        return ProgrammeEvidence(facts, row["verdict"], row["grade"], refused=tuple(row["why"]))
    return ProgrammeEvidence(facts, row["verdict"], row["grade"], _answer(row))


def _answer(row: Mapping[str, Any]) -> Answer:
    value, low, high = row["effect"]
    return Answer(
        value=value,
        low=low,
        high=high,
        without=row["without"],
        relative=row["relative"],
        treated=row["treated"],
        comparison=row["comparison"],
        checks=tuple((key, passed, slots) for key, passed, slots in row["checks"]),
        mind=tuple(row["mind"]),
        cost_per_person=tuple(row["cost_per_person"]) if row["cost_per_person"] else None,
        placebos=tuple(row["placebos"]),
        event=tuple(tuple(point) for point in row["event"]),
        power=tuple(tuple(point) for point in row["power"]["points"]),
        least=row["power"]["least"],
    )
