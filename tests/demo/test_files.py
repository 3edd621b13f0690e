"""What the agencies of Samal send: their folders, layouts, spellings and planted faults."""

from __future__ import annotations

import csv
import filecmp
import tomllib
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from aiqyn.demo import DemoCountry, write_country
from aiqyn.demo.names import Identities
from aiqyn.demo.spelling import identity_columns

MIXED = r"(?i)[а-яёәғқңөұүһі][a-z]|[a-z][а-яёәғқңөұүһі]"


def _victims(folder: Path, agency: str) -> int:
    """Rows of victims, counted with nothing of ours."""
    told = {
        "police": ("IIM_*.xlsx", 3),
        "prosecutors": ("GP_*.xlsx", 1),
        "shelter": ("priyuty_*.xlsx", 1),
        "iom": ("iom_*.xlsx", 1),
        "courts": ("zhabirlenushiler_*.csv", "kz1048"),
        "labour": ("inspekciya_*.csv", "utf-8"),
        "border": ("shekara_*.csv", None),
        "hotline": ("calls_*.csv", "utf-8"),
    }[agency]
    found = 0
    for file in sorted((folder / "agencies" / agency).glob(told[0])):
        if file.suffix == ".xlsx":
            rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
            found += len(rows) - int(told[1])
        else:
            encoding = told[1] or ("ptcp154" if int(file.stem[-4:]) < 2022 else "utf-8-sig")
            text = file.read_bytes().decode(str(encoding))
            found += len(list(csv.reader(text.splitlines()))) - 1
    return found


def test_every_true_record_and_every_fault_is_in_the_files(
    samal: DemoCountry, records: pl.DataFrame
) -> None:
    faults = pl.read_csv(samal.folder / "truth" / "faults.csv")
    for agency in records["list"].unique().sort():
        true = records.filter((pl.col("list") == agency) & pl.col("sent")).height
        planted = faults.filter(pl.col("agency") == agency).height
        assert _victims(samal.folder, agency) == true + planted, agency


def test_a_fault_stands_where_the_truth_says(samal: DemoCountry) -> None:
    faults = pl.read_csv(samal.folder / "truth" / "faults.csv")
    told = faults.filter(pl.col("kind") == "age_text").row(0, named=True)
    book = CalamineWorkbook.from_path(samal.folder / "agencies" / "police" / told["file"])
    rows = book.get_sheet_by_name(told["sheet"]).to_python()
    heading = next(row for row in rows if told["column"] in row)
    assert rows[told["row"] - 1][heading.index(told["column"])] == "17 л."


def test_each_kind_of_fault_is_planted_and_faults_are_few(samal: DemoCountry) -> None:
    faults = pl.read_csv(samal.folder / "truth" / "faults.csv")
    assert set(faults["kind"]) == {
        "age_out_of_range",
        "age_text",
        "duplicate_row",
        "formula",
        "future_date",
        "impossible_date",
        "lost_letters",
        "missing_required",
        "not_a_date",
        "region_not_yet",
        "same_number",
        "unknown_code",
    }
    assert faults.group_by("kind").len()["len"].max() < 0.01 * samal.records


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        write_country(tmp_path / name, persons=2_000, seed=seed)
    names = [f.relative_to(tmp_path / "a") for f in (tmp_path / "a").rglob("*") if f.is_file()]
    _, differ, missing = filecmp.cmpfiles(
        tmp_path / "a", tmp_path / "b", [str(n) for n in names], shallow=False
    )
    assert (differ, missing) == ([], [])
    police = Path("agencies/police/IIM_2025_1.xlsx")
    assert (tmp_path / "a" / police).read_bytes() != (tmp_path / "c" / police).read_bytes()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        write_country(tmp_path, persons=2_000)
    assert [f.name for f in tmp_path.iterdir()] == ["mine.txt"]


def test_names_are_spelled_in_one_alphabet_and_numbers_cannot_be_real(truth: Path) -> None:
    who = pl.read_parquet(truth / "identities.parquet")
    for column in ("family_name", "given_name", "patronymic"):
        names = who[column].drop_nulls()
        assert not names.str.contains(MIXED).any()
    numbers = who["national_number"].drop_nulls()
    assert numbers.str.contains(r"^XS\d{8}$").all()


def test_one_person_is_spelled_in_several_ways(truth: Path) -> None:
    who = pl.read_parquet(truth / "identities.parquet").drop_nulls("family_name")
    ways = who.group_by("person").agg(pl.col("family_name").n_unique(), pl.len())
    assert ways.filter(pl.col("len") > 1)["family_name"].mean() > 1.3


def test_no_identity_stands_in_the_truth_of_the_records(records: pl.DataFrame) -> None:
    assert not {"family_name", "given_name", "birth_date", "national_number"} & set(records.columns)


def test_the_settings_are_those_of_an_invented_country(samal: DemoCountry) -> None:
    told = tomllib.loads((samal.folder / "observatory.toml").read_text(encoding="utf-8"))
    assert told["country"]["code"] == "XSA"
    assert told["country"]["invented"] is True
    assert told["years"] == {"first": 2019, "last": 2025}
    assert (samal.folder / told["country"]["regions"]).is_file()


def test_effects_and_strengths_are_not_told_outside_the_truth(samal: DemoCountry) -> None:
    reference = samal.folder / "reference"
    for file in (reference / "programmes").iterdir():
        assert "rate_ratio" not in file.read_text(encoding="utf-8")
    assert "logit" not in (reference / "detection_changes.csv").read_text(encoding="utf-8")


def test_regions_have_ready_locatives_and_tiles_of_their_own(samal: DemoCountry) -> None:
    regions = pl.read_csv(samal.folder / "reference" / "regions.csv")
    assert regions.height == 12
    assert regions.select("tile_row", "tile_col").n_unique() == 12
    assert regions["label_kk_loc"].str.contains(r"(облысында|қаласында)$").all()
    assert regions["label_ru_loc"].str.starts_with("в ").all()
    assert regions["label_en_loc"].str.starts_with("in ").all()


def test_the_population_before_the_split_is_with_the_old_region(samal: DemoCountry) -> None:
    people = pl.read_csv(samal.folder / "reference" / "population.csv")
    total = people.group_by("year").agg(pl.col("population").sum()).sort("year")
    growth = (total["population"] / total["population"].shift(1)).drop_nulls()
    assert growth.is_between(1.011, 1.013).all()
    assert "XSA-12" not in people.filter(pl.col("year") == 2021)["region"]


def test_the_silent_region_sent_no_data_and_not_no_annual_report(samal: DemoCountry) -> None:
    told = pl.read_csv(samal.folder / "reference" / "no_report.csv").row(0, named=True)
    assert told["text_kk"] == "Облыстан деректер келмеді"
    assert told["text_ru"] == "Данные из области не получены"
    assert told["text_en"] == "No data were received from the region"


def test_no_list_writes_a_birth_after_the_day_it_met_the_person() -> None:
    met = [date(2020, 5, 1) + timedelta(days=n % 40) for n in range(4_000)]
    born = np.array([(day - date(1970, 1, 1)).days - 1 for day in met])
    who = Identities(
        birth=born,
        woman=np.ones(4_000, dtype=bool),
        family=np.zeros(4_000, dtype=np.int64),
        given=np.zeros(4_000, dtype=np.int64),
        father=np.zeros(4_000, dtype=np.int64),
        number=pl.Series(["200501000000"] * 4_000),
    )
    people = range(4_000)
    records = pl.DataFrame({"list": ["police"] * 4_000, "person": people, "date_detected": met})
    told = identity_columns(np.random.default_rng(1), records, who, np.arange(4_000))
    written = told["birth_date"].str.to_date("%d.%m.%Y", strict=False)
    assert (written < records["date_detected"].dt.offset_by("-2d")).any()  # slips there are
    assert not (written > records["date_detected"]).any()
