"""Samal from files to report: every row accounted for, the truth within bounds, no name inside."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from pypdf import PdfReader

from aiqyn import profiles
from aiqyn.demo import write_country
from aiqyn.observatory import STAGES, Observatory, build, publish, table
from aiqyn.observatory.manifest import read_manifest

PERSONS = 2_000
KILLS = 2
BUILD = "from aiqyn.cli import main; main()"
IDENTITIES = ("family_name", "given_name", "patronymic", "national_number")


@dataclass(frozen=True)
class Built:
    """A finished observatory, and how long it took (only to know when to kill another)."""

    observatory: Observatory
    seconds: float

    @property
    def folder(self) -> Path:
        return self.observatory.folder

    def table(self, stage: str, name: str) -> pl.DataFrame:
        return table(self.observatory, stage, name)

    def truth(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.folder / "truth" / f"{name}.parquet")


@pytest.fixture(scope="module")
def samal(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("samal")
    write_country(folder, persons=PERSONS, seed=11)
    observatory, started = Observatory.open(folder), time.perf_counter()
    build(observatory, STAGES)
    return Built(observatory, time.perf_counter() - started)


def contents(observatory: Observatory) -> dict[str, bytes]:
    """Everything that a build writes: tables, manifests, and the workbooks that agencies get."""
    root = observatory.folder
    written = [*observatory.build.rglob("*"), *root.glob("agencies/*/returned/*")]
    files = (f for f in sorted(written) if f.is_file() and f.name != ".lock")
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in files}


def test_every_row_of_every_file_is_accepted_or_refused(samal: Built) -> None:
    files = samal.table("intake", "files")
    sent = {f.name for f in samal.folder.glob("agencies/*/*.*") if f.name != "agency.toml"}
    assert set(files["file"]) == sent
    assert (files["accepted"] + files["refused"] == files["rows"]).all()
    assert files["accepted"].sum() > PERSONS / 7


def test_exactly_the_faults_that_were_planted_are_refused(samal: Built) -> None:
    planted = pl.read_csv(samal.folder / "truth" / "faults.csv").filter(
        pl.col("expected") == "refused"
    )
    place = ["agency", "file", "row", "code"]
    refusals = samal.table("intake", "refusals")
    assert planted.height > 0
    assert sorted(refusals.select(place).rows()) == sorted(planted.select(place).rows())


@pytest.fixture(scope="module")
def behind(samal: Built) -> pl.DataFrame:
    """Each counted unit of the linkage with its verdict and the true person behind its records."""
    people = samal.table("linkage", "persons")
    main = samal.observatory.settings.definition
    verdicts = profiles.assess(people, [main]).select("person_id", "verdict")
    sent = samal.table("intake", "victims").select("source_id", "agency", "record_id")
    true = samal.truth("records").select("person", "record_id", agency="list")
    return (
        people.select("person_id", "year", pl.col("source_ids").alias("source_id"))
        .explode("source_id")
        .join(sent, on="source_id")
        .join(true, on=["agency", "record_id"])
        .join(verdicts, on="person_id")
    )


def test_the_persons_behind_a_year_s_victims_lie_within_its_bounds(
    samal: Built, behind: pl.DataFrame
) -> None:
    """Whom the records show to be victims: as many persons as the truth knows behind them."""
    shown = behind.filter(pl.col("verdict") == "trafficking")
    true = shown.group_by("year").agg(pl.col("person").n_unique().alias("true"))
    years = samal.table("profiles", "victims_bounds").join(true, on="year", how="full")
    assert years.height == 7
    assert years.filter(~pl.col("true").is_between("low", "high")).is_empty()
    assert (years["low"] < years["true"]).any()
    assert (years["true"] < years["high"]).any()


def test_the_victims_first_detected_in_a_year_are_those_shown_or_not_decided(
    samal: Built, behind: pl.DataFrame
) -> None:
    """Facts that nobody wrote down leave a true victim undecided; none is found to be none.

    The truth counts a person in the year of the first record; a record without a code in a later
    year is counted there again, so the bounds of a year hold from above by the units undecided.
    """
    people = samal.truth("persons").filter(pl.col("first_detected").is_not_null())
    facts = people.with_columns(pl.col("person").cast(pl.String).alias("person_id"))
    main = samal.observatory.settings.definition
    victims = profiles.assess(facts, [main]).filter(pl.col("verdict") == "trafficking")
    detected = people.join(
        victims.select(pl.col("person_id").cast(pl.UInt32).alias("person")), on="person"
    )
    year = pl.col("first_detected").dt.year().cast(pl.Int64).alias("year")
    true = detected.group_by(year).agg(pl.len().alias("true"))
    units = behind.unique("person_id")
    unknown = units.filter(pl.col("verdict") == "unknown").group_by("year").len("unknown")
    years = (
        samal.table("profiles", "victims_bounds")
        .join(true, on="year", how="full", coalesce=True)
        .join(unknown, on="year", how="left")
    )
    most = pl.col("high") + pl.col("unknown").fill_null(0)
    assert years.height == 7
    assert years.filter(~pl.col("true").is_between(pl.col("low"), most)).is_empty()
    assert years.filter(pl.col("true") > pl.col("high")).height > 0
    of_victims = units.join(detected, on="person", how="semi")
    assert set(of_victims["verdict"]) <= {"trafficking", "unknown", "not_covered"}


def test_no_identity_stands_in_what_is_built_or_published(samal: Built) -> None:
    publish(samal.observatory, languages=("kk",))
    who = samal.truth("identities").select(IDENTITIES)
    secret = {word for column in who for word in _words(column.drop_nulls())}
    sent = {word for file in samal.folder.glob("agencies/*/*.csv") for word in _words_of(file)}
    assert len(secret & sent) > 100  # the agencies' own files hold them
    derived = [f for place in ("build", "published", "audit") for f in _files(samal.folder / place)]
    assert {f.suffix for f in derived} >= {".parquet", ".json", ".html", ".pdf", ".jsonl"}
    found = {f.name: secret & set(_words_of(f)) for f in derived}
    assert {name: words for name, words in found.items() if words} == {}


def _files(folder: Path) -> list[Path]:
    return [f for f in folder.rglob("*") if f.is_file()]


def _words_of(file: Path) -> Iterator[str]:
    """The words of a file, whatever its kind; of a table, of every cell and every list in it."""
    if file.suffix == ".parquet":
        for column in pl.read_parquet(file):
            while column.dtype == pl.List:
                column = column.explode()
            yield from _words(column.drop_nulls().unique().cast(pl.String))
    elif file.suffix == ".pdf":
        yield from _words(page.extract_text() for page in PdfReader(file).pages)
    else:
        yield from _words([file.read_bytes().decode("utf-8", "replace")])


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in re.findall(r"\w{3,}", text))


def test_what_is_deleted_is_built_again_to_the_same_bytes(samal: Built) -> None:
    before = contents(samal.observatory)
    shutil.rmtree(samal.observatory.build)
    build(samal.observatory, STAGES)
    assert contents(samal.observatory) == before


def test_a_build_in_another_folder_that_is_killed_again_and_again_ends_in_the_same_bytes(
    samal: Built, tmp_path: Path
) -> None:
    """The real command, killed at random moments of its work; then left in peace."""
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(samal.folder, elsewhere, ignore=_derived)
    other, chance = Observatory.open(elsewhere), random.Random(3)
    for _ in range(KILLS):
        child = _start(elsewhere)
        assert child.stderr is not None
        child.stderr.readline()  # the heading: it has begun
        time.sleep(chance.uniform(0, samal.seconds))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stderr.close()
        found = other.build.glob("*/manifest.json")
        assert all(read_manifest(manifest.parent) for manifest in found)
    build(other, STAGES)
    assert contents(other) == contents(samal.observatory)


def _start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, "build", str(folder)], stderr=subprocess.PIPE
    )


def _derived(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name in ("build", "published", "returned", "truth", "audit")]
