"""Samal's programmes, whose effects stand in its truth and nowhere else.

P-01 lowers the crime to 70 % in two regions; P-03 changes nothing but brings more people into view.
Quarters and regions; "estimates" is the true number, as a perfect estimate of the hidden part.
"""

from __future__ import annotations

import tomllib

import numpy as np
import polars as pl
import pytest

pytest.importorskip("diff_diff", reason="the extra aiqyn[effects] is not installed")

from aiqyn.demo import write_country
from aiqyn.prevention.effects import NEVER, Card, Panel, Question, evaluate

YEARS = range(2019, 2026)
SEEN = {"detections": "first_detected", "estimates": "date_seen"}


@pytest.fixture(scope="module")
def samal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samal")
    write_country(folder, persons=20_000, seed=2025)
    return folder


def card(samal, code: str, kind: str, design: str) -> Card:
    told = tomllib.loads((samal / "reference" / "programmes" / f"{code}.toml").read_text("utf-8"))
    persons = pl.read_parquet(samal / "truth" / "persons.parquet").filter("victim")
    reached = persons.filter(
        pl.col("form_group").is_in(told["forms"])
        & pl.col("group").is_in(told["groups"])
        & pl.col(SEEN[kind]).dt.year().is_between(YEARS[0], YEARS[-1])
    )
    regions = tuple(sorted(persons["region"].unique()))
    counts = np.zeros((len(regions), 4 * len(YEARS)))
    for region, day in reached.select("region", SEEN[kind]).iter_rows():
        counts[regions.index(region), quarter(day)] += 1
    first = {place["region"]: place["from"] for place in told["where"]}
    starts = np.array([quarter(first[r]) if r in first else NEVER for r in regions])
    times = tuple(f"{y}-Q{q}" for y in YEARS for q in range(1, 5))
    return Card(evaluate(Panel(regions, times, counts, starts), Question(design=design, kind=kind)))


def quarter(day) -> int:
    return 4 * (day.year - YEARS[0]) + (day.month - 1) // 3


def test_the_programme_that_protects_is_seen_to_and_by_how_much(samal):
    found = card(samal, "P-01", "estimates", "sdid")
    assert found.verdict == "fewer_harmed"
    effect = found.evaluation.effect
    assert effect.low / effect.without <= -0.30 <= effect.high / effect.without
    assert effect.relative == pytest.approx(-0.30, abs=0.10)


@pytest.mark.parametrize("design", ["staggered-did", "sdid", "sc", "its"])
def test_the_campaign_that_only_finds_more_is_never_called_harmful(samal, design):
    found = card(samal, "P-03", "detections", design)
    assert found.verdict in ("more_detected", "no_change_seen", "not_attributable")


@pytest.mark.parametrize("design", ["staggered-did", "sdid"])
def test_the_campaign_without_effect_on_the_crime_is_called_neither_good_nor_bad(samal, design):
    found = card(samal, "P-03", "estimates", design)
    assert found.verdict == "no_change_seen"
    effect = found.evaluation.effect
    assert effect.low is None or effect.low < 0 < effect.high
