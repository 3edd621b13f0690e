"""From a published year to the folder that is handed out, and what the folder may not do."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from aiqyn.demo import write_country
from aiqyn.observatory import Observatory, publish, write_open_data
from aiqyn.observatory.earlier_editions import FILE


@pytest.fixture(scope="module")
def samal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samal with its report of 2025 published; pages and PDFs are not drawn."""
    folder = tmp_path_factory.mktemp("samal")
    write_country(folder, persons=2_000, seed=8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "aiqyn.observatory.publication.render",
            lambda model, *rest: {"report.json": model.to_json().encode()},
        )
        publish(Observatory.open(folder), 2025, ("en",))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


def test_the_verb_writes_the_folder_and_says_what_is_in_it(typed, samal: Path, tmp_path: Path):
    told = typed("open-data", samal, "--year", "2025", "--out", tmp_path / "open", "--json")
    assert told.code == 0, told.err
    assert told.json["files"] == sorted(contents(tmp_path / "open"))
    assert told.json["attack"] == {"recoverable": 0}
    assert told.json["hidden"] > 0
    package = json.loads((tmp_path / "open" / "datapackage.json").read_text("utf-8"))
    assert package["invented"] is True
    files = sorted((tmp_path / "open" / "data").glob("victims_*.csv"))
    attacked = typed("attack", *files, "--zeros-shown", "--json")
    assert (attacked.code, attacked.json["verdict"]) == (0, "holds")
    assert attacked.json["suppressed"] > 50


def test_the_folder_says_what_the_publication_said_and_no_more(samal: Path, tmp_path: Path) -> None:
    write_open_data(Observatory.open(samal), 2025, tmp_path / "open")
    told = json.loads((samal / "published" / "2025" / FILE).read_text("utf-8"))
    printed = {t["name"]: [row[-2] for row in t["rows"]] for t in told["tables"]}
    for name, numbers in printed.items():
        frame = pl.read_parquet(tmp_path / "open" / "data" / f"{name}.parquet")
        value = "persons" if "persons" in frame.columns else "count"
        assert sorted(frame[value].drop_nulls()) == sorted(n for n in numbers if n is not None)
    assert {f.stem for f in (tmp_path / "open" / "data").glob("*.parquet")} == set(printed)


def test_written_again_it_is_the_same_to_the_byte(samal: Path, tmp_path: Path) -> None:
    first = write_open_data(Observatory.open(samal), 2025, tmp_path / "open")
    before = contents(first.folder)
    write_open_data(Observatory.open(samal), 2025, tmp_path / "open")
    assert contents(first.folder) == before
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_a_folder_of_something_else_is_not_written_over(
    typed, samal: Path, tmp_path: Path, lang: str
):
    (tmp_path / "notes.txt").write_text("mine")
    told = typed("open-data", samal, "--out", tmp_path, "--lang", lang, "--json")
    assert (told.code, told.json["error"]["code"]) == (2, "OBS-030")
    write_open_data(Observatory.open(samal), 2025, tmp_path / "open")
    (tmp_path / "open" / "notes.txt").write_text("mine")
    again = typed("open-data", samal, "--out", tmp_path / "open", "--json")
    assert again.code == 2
    assert (tmp_path / "open" / "notes.txt").read_text() == "mine"


def test_a_year_that_is_not_published_is_published_first(
    samal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "aiqyn.observatory.publication.render",
        lambda model, *rest: {"report.json": model.to_json().encode()},
    )
    assert not (samal / "published" / "2023").exists()
    made = write_open_data(Observatory.open(samal), 2023, tmp_path / "open")
    assert (samal / "published" / "2023" / FILE).is_file()
    assert made.recoverable == 0


def test_a_published_file_that_was_opened_up_by_hand_does_not_pass(
    samal: Path, tmp_path: Path
) -> None:
    file = samal / "published" / "2025" / FILE
    text = file.read_text("utf-8")
    told = json.loads(text)
    table = next(t for t in told["tables"] if t["name"] == "victims_region")
    hidden = next(row for row in table["rows"] if row[-1] != "shown")
    hidden[-2:] = [3, "shown"]
    try:
        file.write_text(json.dumps(told), "utf-8")
        with pytest.raises(Exception, match="DISC-007"):
            write_open_data(Observatory.open(samal), 2025, tmp_path / "open")
        assert not (tmp_path / "open").exists()
    finally:
        file.write_text(text, "utf-8")
