"""Lists to persons, from files to a folder: held to truth, to order, to what must not show."""

from __future__ import annotations

import json
import stat
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from aiqyn.demo.overlapping_lists import cluster_scores, write_lists
from aiqyn.demo.overlapping_lists.true_persons import Truth
from aiqyn.linkage import LinkageFolder, draw_audit, explain, link, shipped_plan, write_linkage
from aiqyn.linkage.linking import Linkage
from aiqyn.linkage.model.parameters import read_parameters


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    folder = tmp_path_factory.mktemp("lists")
    return write_lists(folder, persons=4000, seed=77, scheme="second", sealed=0.02)


@pytest.fixture(scope="module")
def linked(truth: Truth) -> Linkage:
    return link(truth.files)


def test_most_persons_are_found_and_few_are_wrong(truth: Truth, linked: Linkage) -> None:
    """The names are spelled by a scheme that the normal forms were not written for."""
    scores = cluster_scores(truth.records, linked.persons)
    assert scores.f1 > 0.9
    assert scores.precision > 0.97


def test_casework_is_stricter_and_never_spreads_a_person_over_two(
    truth: Truth, linked: Linkage
) -> None:
    counting = cluster_scores(truth.records, linked.persons)
    casework = cluster_scores(truth.records, linked.persons, person_id="case_person_id")
    assert casework.precision > counting.precision
    nested = linked.persons.group_by("case_person_id").agg(pl.col("person_id").n_unique())
    assert nested["person_id"].max() == 1


def test_every_record_ends_in_exactly_one_person(truth: Truth, linked: Linkage) -> None:
    sent = truth.records.select("list", "record_id").sort("list", "record_id")
    assert linked.persons.select("list", "record_id").equals(sent)
    assert linked.persons.null_count().sum_horizontal().item() == 0


def test_the_order_of_lists_and_rows_changes_nobody(
    truth: Truth, linked: Linkage, tmp_path: Path
) -> None:
    for file in truth.files:
        rows = pl.read_csv(file, infer_schema=False)
        rows.reverse().write_csv(tmp_path / file.name)
    again = link([tmp_path / file.name for file in reversed(truth.files)])
    assert again.persons.equals(linked.persons)


def test_the_stored_numbers_give_the_same_persons(
    truth: Truth, linked: Linkage, tmp_path: Path
) -> None:
    folder = write_linkage(linked, tmp_path / "linkage")
    stored = read_parameters(folder.path / "model.json")
    again = link(truth.files, numbers=stored)
    assert again.persons.equals(linked.persons)
    assert "SELECT" not in (folder.path / "model.json").read_text()
    assert again.seconds["train"] == 0


def _some(truth: Truth, folder: Path, keep: Sequence[str]) -> list[Path]:
    """The lists with the records whose number ends in one of the digits."""
    folder.mkdir()
    for file in truth.files:
        rows = pl.read_csv(file, infer_schema=False)
        kept = rows.filter(pl.col("record_id").str.slice(-1).is_in(list(keep)))
        kept.write_csv(folder / file.name)
    return [folder / file.name for file in truth.files]


def test_persons_keep_their_keys_when_a_year_is_added(truth: Truth, tmp_path: Path) -> None:
    first = link(_some(truth, tmp_path / "old", "01234567"))
    folder = write_linkage(first, tmp_path / "linkage")
    second = link(truth.files, known=folder.known())
    both = first.persons.join(second.persons, on=["list", "record_id"], suffix="_now")
    moved = both.filter(pl.col("person_id") != pl.col("person_id_now"))
    merged = second.changes.filter(change="merged")["old_key"].implode()
    assert moved.filter(~pl.col("person_id").is_in(merged)).height == 0
    assert second.changes.filter(change="split").height == 0
    assert both.height == first.persons.height


def test_what_identifies_people_is_for_the_owner_alone(linked: Linkage, tmp_path: Path) -> None:
    folder = write_linkage(linked, tmp_path / "linkage").path
    private = sorted((folder / "private").iterdir())
    assert [stat.S_IMODE(f.stat().st_mode) for f in private] == [0o600] * len(private)
    assert stat.S_IMODE((folder / "private").stat().st_mode) == 0o700
    public = [f for f in folder.iterdir() if f.is_file() and f.suffix != ".parquet"]
    words = " ".join(f.read_text(encoding="utf-8") for f in public)
    names = linked.records["surname"].drop_nulls().unique().to_list()
    assert not [name for name in names if name in words]
    columns = pl.read_parquet(folder / "persons.parquet").columns
    assert columns == ["list", "record_id", "person_id", "case_person_id"]


def test_sealed_records_are_counted_and_never_drawn(truth: Truth, linked: Linkage) -> None:
    sealed = linked.records.filter("sealed")
    assert sealed.height > 0
    drawn = draw_audit(linked.records, 100_000, seed=1)
    shown = set(drawn.select("list", "record_id").iter_rows())
    assert not shown & set(sealed.select("list", "record_id").iter_rows())
    assert drawn.height == linked.records.height - sealed.height


def test_an_explanation_adds_up_to_the_probability_that_was_scored(linked: Linkage) -> None:
    plan, numbers = shipped_plan(), linked.scored.parameters
    middle = linked.scored.pairs.sort("probability")
    for place in (0, middle.height // 4, middle.height // 2, middle.height - 1):
        left, right, probability = middle.row(place)
        told = explain(linked.features, left, right, plan, numbers)
        assert told.probability == pytest.approx(probability, abs=2e-3)


def test_an_explanation_shows_levels_and_no_value(linked: Linkage) -> None:
    left, right, _ = linked.scored.pairs.sort("probability").row(-1)
    told = explain(linked.features, left, right, shipped_plan(), linked.scored.parameters)
    values = linked.records.filter(pl.col("record").is_in([left, right]))
    said = json.dumps(told.to_json()) + "".join(told.text(lang) for lang in ("kk", "ru", "en"))
    for column in ("given", "surname", "patronymic", "dob", "national_id"):
        assert not [v for v in values[column].drop_nulls() if v in said]


@pytest.mark.parametrize("rows", [0, 1, 2, 30])
def test_a_small_clean_file_is_linked(tmp_path: Path, rows: int) -> None:
    halves = ("Желкен", "Таңба", "Самал", "Көкше", "Бұлақ", "Ерте")
    names = [f"{given}бек,{surname}тегі" for given in halves for surname in halves][:rows]
    people = [f"{i},{name},19{60 + i}-03-{i % 27 + 1:02}" for i, name in enumerate(names)]
    for name in ("police", "ngo"):
        text = "\n".join(["record_id,given,surname,dob", *people, "x,Гүлсамал,Таңбаева,1999-01-09"])
        (tmp_path / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    found = link([tmp_path / "police.csv", tmp_path / "ngo.csv"])
    assert found.persons["person_id"].n_unique() == rows + 1


def test_lists_that_share_nobody_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("record_id,surname,dob\n1,Желкенов,1990-02-03\n", "utf-8")
    (tmp_path / "b.csv").write_text("record_id,surname,dob\n1,Таңбаева,1971-11-30\n", "utf-8")
    found = link([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [dict(s)["list"] for c, s in found.cautions if c == "LINK-104"] == ["a", "b"]
    assert LinkageFolder.open(write_linkage(found, tmp_path / "out").path).persons().height == 2
