"""Typical situations that definitions count differently, judged by the classifier itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import polars as pl
import yaml

from aiqyn.standard import classify


@dataclass(frozen=True, slots=True)
class Situation:
    """A typical situation: its key in the catalogue and its verdict under each definition."""

    key: str
    verdicts: Mapping[str, str]


def situations(definitions: Sequence[str], on: date) -> tuple[Situation, ...]:
    """The situations of ``data/report/situations.yaml`` under the law as it stood on a day."""
    cases = [case for case in load_cases() if case.get("needs", definitions[0]) in definitions]
    verdicts = classify(_records(cases), definitions, on=on)
    found = {(row["id"], row["definition"]): row["verdict"] for row in verdicts.to_dicts()}
    return tuple(
        Situation(case["key"], {name: found[case["key"], name] for name in definitions})
        for case in cases
    )


def load_cases() -> list[dict[str, Any]]:
    """The cases as the data file has them."""
    text = files("aiqyn").joinpath("data", "report", "situations.yaml").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = yaml.safe_load(text)["situations"]
    return loaded


def _records(cases: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    codes = pl.List(pl.String)
    return pl.DataFrame(
        [
            {
                "id": case["key"],
                "age": case["age"],
                **{part: case.get(part) for part in ("acts", "means", "purposes")},
            }
            for case in cases
        ],
        schema={"id": pl.String, "age": pl.Int64, "acts": codes, "means": codes, "purposes": codes},
    )
