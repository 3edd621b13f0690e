"""One small Samal for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from aiqyn.demo import DemoCountry, write_country

PERSONS = 4_000


@pytest.fixture(scope="session")
def samal(tmp_path_factory: pytest.TempPathFactory) -> DemoCountry:
    return write_country(tmp_path_factory.mktemp("samal"), persons=PERSONS, seed=7)


@pytest.fixture(scope="session")
def truth(samal: DemoCountry) -> Path:
    return samal.folder / "truth"


@pytest.fixture(scope="session")
def persons(truth: Path) -> pl.DataFrame:
    return pl.read_parquet(truth / "persons.parquet")


@pytest.fixture(scope="session")
def records(truth: Path) -> pl.DataFrame:
    return pl.read_parquet(truth / "records.parquet")
