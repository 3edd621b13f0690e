"""Samal's files through the real door: exactly the planted rows are refused, nothing is changed."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from aiqyn import intake
from aiqyn.demo import DemoCountry, agencies, write_country

TODAY = date(2026, 4, 15)
PLAIN = ("person_code", "sex", "age", "citizenship", "region", "recruitment", "sector", "relation")
SETS = ("acts", "means", "forms", "control")


Taken = list[tuple[str, intake.Intake]]


def _read_all(country: DemoCountry) -> Taken:
    found = []
    for agency in sorted((country.folder / "agencies").iterdir()):
        told = tomllib.loads((agency / "agency.toml").read_text(encoding="utf-8"))
        for file in sorted(agency.iterdir()):
            if file.name != "agency.toml":
                read = intake.read(file, told["mapping"], today=TODAY, agency=agency.name)
                found.append((agency.name, read))
    return found


def _refused(taken: Taken) -> set[tuple[str, str, int | None, str]]:
    return {(agency, r.file, r.row, r.code) for agency, read in taken for r in read.refusals}


def _planted(country: DemoCountry) -> set[tuple[str, str, int | None, str]]:
    with (country.folder / "truth" / "faults.csv").open(encoding="utf-8") as stream:
        faults = [row for row in csv.DictReader(stream) if row["expected"] == "refused"]
    return {(f["agency"], f["file"], int(f["row"]), f["code"]) for f in faults}


@pytest.fixture(scope="module")
def taken(samal: DemoCountry) -> Taken:
    return _read_all(samal)


@pytest.fixture(scope="module")
def victims(taken: Taken) -> pl.DataFrame:
    tables = [read.tables["victims"] for _, read in taken if "victims" in read.tables]
    return pl.concat(tables, how="diagonal_relaxed")


def test_exactly_the_planted_rows_are_refused(samal: DemoCountry, taken: Taken) -> None:
    planted = _planted(samal)
    assert planted
    assert _refused(taken) == planted
    assert sum(read.refused for _, read in taken) == len(planted)


def test_every_row_is_accepted_or_refused(taken: Taken) -> None:
    assert all(read.accepted + read.refused == read.rows for _, read in taken)


def test_every_true_record_arrives_once(records: pl.DataFrame, victims: pl.DataFrame) -> None:
    sent = records.filter("sent").select(agency="list", record_id="record_id")
    came = victims.select("agency", "record_id")
    assert came.height == sent.height
    assert came.join(sent, on=["agency", "record_id"], how="anti").is_empty()


@pytest.mark.parametrize("field", [*PLAIN, *SETS])
def test_nothing_is_changed_on_the_way(
    field: str, records: pl.DataFrame, victims: pl.DataFrame
) -> None:
    """A column that a list does not send is null at the other end; all others are as written."""
    both = victims.select("agency", "record_id", came=field).join(
        records.select("record_id", agency="list", went=field), on=["agency", "record_id"]
    )
    if field == "age":  # an age that the list left empty is told from the birth date, see below
        both = both.filter(pl.col("went").is_not_null())
    sending = both.filter(pl.col("came").is_not_null().any().over("agency"))
    assert sending["agency"].n_unique() >= 3
    if field in SETS:
        sending = sending.with_columns(pl.col("came", "went").list.sort())
    else:
        sending = sending.with_columns(pl.col("came", "went").cast(pl.String))
    assert sending.filter(pl.col("came").ne_missing(pl.col("went"))).is_empty()


def test_an_age_that_a_list_left_empty_is_told_from_the_birth_date(
    records: pl.DataFrame, persons: pl.DataFrame, victims: pl.DataFrame
) -> None:
    """Lists write birth dates with slips of days, so a year more or less may be told."""
    left_empty = (
        records.filter("sent", pl.col("age").is_null())
        .select("record_id", "person", "date_detected", agency="list")
        .join(persons.select("person", "date_seen", true="age"), on="person")
        .join(victims.select("agency", "record_id", told="age"), on=["agency", "record_id"])
    )
    told = left_empty.filter(pl.col("told").is_not_null())
    assert told.height > left_empty.height / 2
    later = (pl.col("date_detected") - pl.col("date_seen")).dt.total_days() / 365.25
    off = told.select((pl.col("told") - pl.col("true") - later).abs().alias("off"))["off"]
    assert off.max() < 1.2, off.to_list()


def test_stages_events_help_and_referrals_arrive(taken: Taken) -> None:
    rows: dict[str, int] = {}
    for _, read in taken:
        for name, table in read.tables.items():
            rows[name] = rows.get(name, 0) + table.height
    assert {"accused", "justice_events", "assistance", "referrals"} <= set(rows)
    assert all(rows[name] > 50 for name in ("accused", "justice_events", "assistance", "referrals"))


def test_no_identity_comes_out_of_intake(victims: pl.DataFrame) -> None:
    assert not {"family_name", "given_name", "birth_date", "national_number"} & set(victims.columns)


def test_the_large_country_sends_csv_and_intake_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agencies, "WORKBOOK_LIMIT", 100)
    small = write_country(tmp_path, persons=2_000, seed=5)
    assert not list(tmp_path.rglob("*.xlsx"))
    taken = _read_all(small)
    assert _refused(taken) == _planted(small)
    victims = [read.tables["victims"].height for _, read in taken if "victims" in read.tables]
    assert sum(victims) == small.records
