"""The lists and their truth agree, and overlap as they were told to."""

from __future__ import annotations

import filecmp
import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from aiqyn.demo.overlapping_lists import Overlap, Truth, read_truth, write_lists
from aiqyn.demo.overlapping_lists.capture import usual_overlap
from aiqyn.estimates import read_table
from aiqyn.estimates.tables.capture_histories import table_of_persons

COLUMNS = [
    "record_id", "given", "surname", "patronymic", "dob", "dob_precision", "sex", "citizenship",
    "region", "national_id",
]  # fmt: skip
LISTS = ("police", "ngo", "labour_inspectorate", "iom")


def test_every_record_of_the_files_has_exactly_one_person(truth: Truth) -> None:
    told = pl.read_parquet(truth.folder / "truth" / "truth.parquet")
    assert told.columns == ["list", "record_id", "person"]
    for file in truth.files:
        table = pl.read_csv(file, infer_schema=False)
        assert table.columns == COLUMNS
        own = told.filter(list=file.stem)
        assert sorted(table["record_id"]) == sorted(own["record_id"])
        assert own["record_id"].is_unique().all()
        assert table.equals(pl.read_parquet(file.with_suffix(".parquet")))


def test_the_files_beside_one_another_are_the_lists_and_nothing_else(truth: Truth) -> None:
    names = {path.name for path in truth.folder.iterdir()}
    assert names == {"truth"} | {f"{name}.{kind}" for name in LISTS for kind in ("csv", "parquet")}


def test_the_true_histories_are_a_table_for_the_estimate(truth: Truth, tmp_path: Path) -> None:
    truth.histories().write_csv(tmp_path / "histories.csv")
    read = read_table(tmp_path / "histories.csv")
    counted = table_of_persons(truth.records, person="person", agency="list")
    assert read.totals == counted.totals
    pairs = [{frozenset(a): n for a, n in table.overlaps.items()} for table in (read, counted)]
    assert pairs[0] == pairs[1]
    assert read.observed == truth.persons == truth.histories()["count"].sum()


def test_a_record_does_not_betray_its_person_by_its_number(truth: Truth) -> None:
    """Places in the file and places among the persons are as good as independent."""
    own = truth.records.filter(list="police")
    r = float(np.corrcoef(own["record_id"].cast(pl.Int64), own["person"])[0, 1])
    assert abs(r) < 4 / math.sqrt(own.height)


def test_one_seed_gives_the_same_bytes_and_another_does_not(truth: Truth, tmp_path: Path) -> None:
    scheme = "first" if "first" in truth.folder.name else "second"
    again = write_lists(tmp_path / "a", persons=truth.population, seed=3, scheme=scheme)
    other = write_lists(tmp_path / "b", persons=truth.population, seed=4, scheme=scheme)
    files = sorted(str(f.relative_to(truth.folder)) for f in truth.folder.rglob("*.*"))
    assert len(files) == 11
    assert filecmp.cmpfiles(truth.folder, again.folder, files, shallow=False)[0] == files
    assert filecmp.cmpfiles(truth.folder, other.folder, files, shallow=False)[0] == []


def test_the_truth_is_read_back_as_it_was(truth: Truth) -> None:
    again = read_truth(truth.folder)
    assert again.lists == truth.lists == LISTS
    assert again.population == truth.population
    assert again.records.equals(truth.records)


def test_about_a_record_and_a_twentieth_a_person(truth: Truth) -> None:
    assert truth.records.height / truth.population == pytest.approx(1.05, abs=0.04)


def test_lists_are_as_long_as_they_were_told(truth: Truth) -> None:
    n = truth.population
    for name, share in usual_overlap().shares.items():
        held = truth.records.filter(list=name)["person"].n_unique()
        assert abs(held - n * share) < 4.5 * math.sqrt(n * share * (1 - share)), name


def test_persons_stand_twice_on_a_list_as_often_as_told(tmp_path: Path) -> None:
    """Each writing leads to another with chance d, so d of all records of a list are not first."""
    usual = usual_overlap()
    often = Overlap(usual.shares, usual.pairs, usual.heterogeneity, duplicates=0.2)
    made = write_lists(tmp_path, persons=8_000, overlap=often).records
    again = made.height - made.select("list", "person").n_unique()
    sd = math.sqrt(made.height * 0.2 * 0.8)
    assert abs(again - 0.2 * made.height) < 4.5 * sd


@pytest.mark.parametrize("log_odds", [-1.0, 0.0, 1.5])
def test_a_list_leads_to_another_as_strongly_as_told(tmp_path: Path, log_odds: float) -> None:
    """Mantel and Haenszel's odds ratio within persons alike in sex, age and citizenship."""
    overlap = Overlap(usual_overlap().shares, {("police", "ngo"): log_odds}, 0.0, 0.0)
    made = write_lists(tmp_path, persons=30_000, seed=8, overlap=overlap)
    persons = pl.read_parquet(made.folder / "truth" / "persons.parquet")
    strata = persons.group_by("woman", pl.col("age") < 18, "foreigner").agg(
        n=pl.len().cast(pl.Float64),
        a=(pl.col("police") & pl.col("ngo")).sum().cast(pl.Float64),
        b=(pl.col("police") & ~pl.col("ngo")).sum(),
        c=(~pl.col("police") & pl.col("ngo")).sum(),
        d=(~pl.col("police") & ~pl.col("ngo")).sum(),
    )
    table = strata.sum()
    ratio = strata.select((pl.col("a") * pl.col("d") / pl.col("n")).sum()).item() / (
        strata.select((pl.col("b") * pl.col("c") / pl.col("n")).sum()).item()
    )
    error = math.sqrt(sum(1 / table[cell].item() for cell in "abcd"))
    assert abs(math.log(ratio) - log_odds) < 4.5 * error


def test_unequal_visibility_puts_more_persons_on_several_lists(tmp_path: Path) -> None:
    """Lists of the same length share more persons when some are easier to see (Chao 1987)."""
    shares = usual_overlap().shares
    even = write_lists(tmp_path / "even", persons=20_000, overlap=Overlap(shares, {}, 0.0, 0.0))
    uneven = write_lists(tmp_path / "un", persons=20_000, overlap=Overlap(shares, {}, 1.5, 0.0))
    assert uneven.persons < 0.93 * even.persons


def test_an_overlap_of_unknown_lists_is_not_made() -> None:
    usual = usual_overlap()
    with pytest.raises(ValueError, match="police"):
        Overlap(usual.shares, {("police", "hospital"): 1.0}, 0.0, 0.0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        Overlap({**usual.shares, "ngo": 1.0}, {}, 0.0, 0.0)


def test_sealed_records_are_marked_in_their_list_and_in_the_truth(tmp_path: Path) -> None:
    made = write_lists(tmp_path, persons=6_000, sealed=0.1)
    marked = pl.concat(
        pl.read_csv(file, infer_schema=False).select(pl.lit(file.stem).alias("list"), "record_id",
            pl.col("sealed") == "1")
        for file in made.files
    )  # fmt: skip
    both = marked.join(made.records, on=["list", "record_id"])
    assert both.height == made.records.height
    assert (both["sealed"] == both["sealed_right"]).all()
    n = both.height
    assert abs(both["sealed"].sum() - 0.1 * n) < 4.5 * math.sqrt(0.09 * n)
