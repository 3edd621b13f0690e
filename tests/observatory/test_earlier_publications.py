"""Publish, change a record, publish again: nobody learns from both what neither says."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from aiqyn.demo import write_country
from aiqyn.disclosure import attack, load_rules
from aiqyn.errors import InputRefused
from aiqyn.observatory import STAGES, Observatory, build, publish, stale, table
from aiqyn.observatory.earlier_editions import FILE, TABLE, editions


@pytest.fixture(scope="module")
def samal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samal with its report of 2024 published."""
    folder = tmp_path_factory.mktemp("samal")
    write_country(folder, persons=2_000, seed=8)
    with pytest.MonkeyPatch.context() as patch:
        _without_pages(patch)
        publish(Observatory.open(folder), 2024, ("en",))
    return folder


@pytest.fixture(autouse=True)
def _no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_pages(monkeypatch)


def _without_pages(patch: pytest.MonkeyPatch) -> None:
    """The model alone: pages and PDFs say nothing more and take long."""
    patch.setattr(
        "aiqyn.observatory.publication.render",
        lambda model, *rest: {"report.json": model.to_json().encode()},
    )


def _shown(folder: Path) -> dict[str, pl.DataFrame]:
    observatory = Observatory.open(folder)
    made = build(observatory, STAGES)["disclosure"]
    names = [n for n in made.outputs if not n.startswith("estimate_") and n != TABLE]
    return {name: table(observatory, "disclosure", name) for name in names}


def _drop_records(folder: Path) -> None:
    """Take three calls out of a file of the hotline."""
    file = folder / "agencies" / "hotline" / "calls_2022_2.csv"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-3]))


def test_a_publication_leaves_no_stage_stale(samal: Path) -> None:
    assert stale(Observatory.open(samal), STAGES) == ()


def test_the_chain_holds_the_hash_of_the_cleared_tables(samal: Path) -> None:
    told = (samal / "audit" / "chain.jsonl").read_text("utf-8")
    assert FILE in json.loads(told.splitlines()[-1])["details"]["files"]


def test_three_records_less_and_the_next_report_attacked_together_open_nothing(samal: Path) -> None:
    before = _shown(samal)
    _drop_records(samal)
    observatory = Observatory.open(samal)
    publish(observatory, 2025, ("en",))
    after = _shown(samal)
    truth = table(observatory, "profiles", "victims_region")
    for name, frame in before.items():
        assert after[name].equals(frame), name
    rules = load_rules()
    old, new = editions(observatory)
    assert (old.name, new.name) == ("2024", "2025")
    assert attack((*old.tables, *new.tables), rules) == ()
    notes = build(observatory, STAGES)["disclosure"].notes
    (kept,) = notes["kept_years"]
    now, told = (
        t.filter(pl.col("year").cast(pl.String) == str(kept), region="_all")["n"].item()
        for t in (truth, after["victims_region"])
    )
    assert (kept, told - 3 <= now < told) == (2022, True)
    model = (observatory.published / "2025" / "report.json").read_text("utf-8")
    assert "report.methods.kept" in model


def test_what_is_kept_is_said_by_no_other_number_of_the_report(samal: Path) -> None:
    """The true total of the year, or of all persons, minus what is printed would be the change."""
    observatory = Observatory.open(samal)
    build(observatory, STAGES)
    told = json.loads((observatory.published / "2025" / "report.json").read_text("utf-8"))
    persons = _shown(samal)["definitions"].filter(verdict="_all", definition="palermo")["n"]
    known = [s for s in _sentences(told) if s.get("key") == "report.victims.know.lists"]
    assert known
    assert all(s["slots"]["persons"] in ({"is": "Count", "value": persons.sum()}, persons.sum())
               or persons.null_count() for s in known)  # fmt: skip


def test_no_bound_or_row_of_an_agency_tells_what_came_since(samal: Path) -> None:
    """The bounds of 2022, and the rows of the hotline, are those of the first report."""
    old, new = (
        json.loads((samal / "published" / year / "report.json").read_text("utf-8"))
        for year in ("2024", "2025")
    )
    trend = [told["numbers"]["trend.2022.found"] for told in (old, new)]
    assert trend[0]["low"] < trend[0]["value"]
    assert [(t["value"], t["low"], t["high"]) for t in trend[:1]] == [
        (t["value"], t["low"], t["high"]) for t in trend[1:]
    ]
    rows = ("rows", "accepted", "refused")
    assert [old["sources"]["hotline"][x] for x in rows] == [
        new["sources"]["hotline"][x] for x in rows
    ]


def _sentences(thing: object) -> list[dict[str, object]]:
    if isinstance(thing, dict):
        own = [thing] if "key" in thing else []
        return own + [s for value in thing.values() for s in _sentences(value)]
    if isinstance(thing, list):
        return [s for value in thing for s in _sentences(value)]
    return []


def test_a_report_without_its_cleared_tables_stops_the_next_one(samal: Path) -> None:
    lost = samal / "published" / "2024" / FILE
    content = lost.read_bytes()
    settings = samal / "observatory.toml"
    text = settings.read_text("utf-8")
    try:
        lost.unlink()
        settings.write_text(text.replace("invented = true", "invented = false"), "utf-8")
        with pytest.raises(InputRefused) as refusal:
            build(Observatory.open(samal), STAGES)
        assert refusal.value.code == "OBS-028"
    finally:
        lost.write_bytes(content)
        settings.write_text(text, "utf-8")
