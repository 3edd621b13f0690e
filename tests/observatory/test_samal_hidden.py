"""The hidden number of Samal, whose truth is known: what is printed, and what it gives away.

Samal was not made to please an estimator: people differ in how easily they are found, lists lead to
one another, and every seventh record has no common code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pytest

from aiqyn.demo import write_country
from aiqyn.observatory import STAGES, Observatory, build, table
from aiqyn.observatory.hidden_part.histories import BESIDE
from aiqyn.observatory.hidden_part.stage import estimates
from aiqyn.observatory.publication import gather
from aiqyn.report import Evidence

PERSONS = 20_000  # in truth, over seven years
OWN = ("border", "hotline", "iom", "labour", "police", "shelter")


@dataclass(frozen=True)
class Built:
    observatory: Observatory
    evidence: Evidence
    truth: pl.DataFrame

    def true_victims(self, year: int) -> int:
        return self.truth.filter(pl.col("victim") & (pl.col("year") == year)).height

    def tables(self, stage: str) -> Mapping[str, pl.DataFrame]:
        names = build(self.observatory, STAGES)[stage].outputs
        return {name: table(self.observatory, stage, name) for name in names}


@pytest.fixture(scope="module")
def samal(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder: Path = tmp_path_factory.mktemp("samal")
    write_country(folder, persons=PERSONS, seed=2025)
    observatory = Observatory.open(folder)
    manifests = build(observatory, STAGES)
    truth = pl.read_parquet(folder / "truth" / "persons.parquet")
    return Built(observatory, gather(observatory, manifests, 2025), truth)


def test_the_truth_of_the_report_s_year_lies_within_what_is_printed(samal: Built) -> None:
    hidden = samal.evidence.hidden
    assert hidden is not None
    assert hidden.lists == OWN
    assert set(hidden.left_out) == {"prosecutors", "courts"}
    assert hidden.low is not None
    true = samal.true_victims(2025)
    assert hidden.low <= true
    assert hidden.publish != "estimate", "a seventh of the records may be somebody else's"
    if hidden.publish == "range":
        assert hidden.high is not None
        assert true <= hidden.high


def test_no_year_s_lower_end_lies_above_its_truth(samal: Built) -> None:
    hidden = samal.evidence.hidden
    assert hidden is not None
    told = [line for line in hidden.by_year if line.low is not None]
    assert len(told) >= 5
    assert [x.code for x in told if (x.low or 0) > samal.true_victims(int(x.code))] == []


def test_a_year_with_two_lists_prints_nothing(samal: Built) -> None:
    """In 2020 only the police and the shelters kept lists."""
    gate = samal.tables("disclosure")["estimate_gate"].filter(year=2020).row(0, named=True)
    assert gate["publish"] == "nothing"
    assert [gate[name] for name in ("low", "high", "value")] == [None] * 3


def test_histories_hold_all_victims_of_every_year(samal: Built) -> None:
    counted = samal.tables("estimates")["histories"].group_by("year").agg(pl.sum("n"))
    victims = samal.tables("profiles")["victims_bounds"].select("year", "n")
    assert sorted(counted.rows()) == sorted(victims.rows())


def test_an_estimate_says_nothing_that_the_printed_histories_do_not_say(samal: Built) -> None:
    """Two persons swap small histories: every table of estimates is the same to the last bit."""
    made = samal.tables("estimates")
    listed = samal.tables("profiles")["victims_listed"]
    swapped = _with_small_numbers_changed(listed, made["histories"], 2025)
    given = {
        "victims_listed": swapped,
        "victims_bounds": samal.tables("profiles")["victims_bounds"],
    }
    quick = replace(samal.observatory.settings.estimate, boot=40, part_boot=20)
    settings = replace(samal.observatory.settings, estimate=quick)
    observatory = replace(samal.observatory, settings=settings)
    first = estimates(observatory, lambda s, t: (given | {"victims_listed": listed})[t], _silent)
    second = estimates(observatory, lambda stage, name: given[name], _silent)
    assert not first.tables["histories"].equals(second.tables["histories"])
    for name in set(first.tables) - {"histories"}:
        assert first.tables[name].equals(second.tables[name]), name


def test_every_number_that_the_estimates_were_made_from_is_printed(samal: Built) -> None:
    made = samal.tables("estimates")["histories"].filter(year=2025)
    printed = samal.tables("disclosure")["victims_lists"].filter(year="2025", status="shown")
    shown = set(printed["history"])
    alone = set(made.filter(~pl.col("pooled") & (pl.col("history") != BESIDE))["history"])
    assert alone
    assert alone | {"listed"} <= shown
    assert set(made.filter("pooled")["history"]) & shown == set()


def test_no_group_s_lower_end_lies_above_its_truth(samal: Built) -> None:
    hidden = samal.evidence.hidden
    assert hidden is not None
    assert set(hidden.groups) == {"sex", "age_group", "form_group", "region"}
    true = samal.truth.filter(pl.col("victim"), year=2025).with_columns(
        age_group=pl.when(pl.col("age") < 18).then(pl.lit("0-17")).otherwise(pl.lit("18+"))
    )
    told = [(d, x) for d, lines in hidden.groups.items() for x in lines if x.low is not None]
    assert {("sex", "female"), ("sex", "male"), ("age_group", "0-17")} <= {
        (d, x.code) for d, x in told
    }
    for dimension, line in told:
        assert line.low is not None
        assert line.low <= true.filter(pl.col(dimension) == line.code).height
        assert hidden.low is not None
        assert line.low <= hidden.low


def test_sdg_16_2_2_stands_by_sex_and_age_with_its_rates(samal: Built) -> None:
    hidden = samal.evidence.hidden
    assert hidden is not None
    detected = hidden.sdg.filter(series="detected")
    value = dict(detected.select("code", "value").iter_rows())
    assert value["female"] + value["male"] == value["0-17"] + value["18+"] <= value["_all"]
    assert detected["per_100k"].null_count() == 0
    undetected = dict(hidden.sdg.filter(series="undetected").select("code", "low").iter_rows())
    assert undetected.keys() == value.keys()
    assert all(low is not None and low >= 0 for low in undetected.values())


def test_a_report_of_another_year_says_why_it_has_no_estimate(samal: Built) -> None:
    manifests = build(samal.observatory, STAGES)
    other = gather(samal.observatory, manifests, 2023)
    assert (other.hidden, other.no_estimate) == (None, "OBS-027")


def _silent(done: float, doing: str) -> None:
    """Progress that nobody watches."""


def _with_small_numbers_changed(
    listed: pl.DataFrame, histories: pl.DataFrame, year: int
) -> pl.DataFrame:
    """One person of a history of two to four stands on another of one to three instead."""
    small = histories.filter("pooled", year=year).filter(pl.col("n") < 5).sort("n", "history")
    start = small.filter(pl.col("n") > 1)["history"][-1]
    end = small.filter((pl.col("n") < 4) & (pl.col("history") != start))["history"][0]
    own = pl.col("lists").list.set_intersection(list(OWN)).list.sort().list.join("+")
    held = listed.with_columns(own.alias("own"))
    who = held.filter(pl.col("year") == year, pl.col("own") == start)["person_id"][0]
    moved = pl.lit(end.split("+"), dtype=pl.List(pl.String))
    lists = pl.when(pl.col("person_id") == who).then(moved).otherwise("lists").alias("lists")
    return listed.with_columns(lists)
