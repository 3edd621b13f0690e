"""``aiqyn check … --json``: the fields that other tools call, word for word."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

from aiqyn.cli.check import check_files
from aiqyn.cli.check_view import view
from aiqyn.words import LANGUAGES

TODAY = date(2026, 1, 15)
GOOD = "Жазба нөмірі;Анықталған күні;Жасы\nA-1;2025-01-01;17\n"
BAD = "Жазба нөмірі;Анықталған күні;Жасы\nA-1;2025-02-31;17 л.\nA-2;2025-01-01;18\n"


@pytest.fixture
def files(csv, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    return [csv(GOOD, name="good.csv"), broken, csv(BAD, name="bad.csv"), tmp_path / "gone.csv"]


def test_each_file_has_its_counts_and_each_refusal_its_place(files):
    answer = check_files(files, today=TODAY)
    told = [
        {k: f[k] for k in ("file", "mapping", "rows", "accepted", "refused")}
        for f in answer["files"]
    ]
    assert told == [
        {"file": "good.csv", "mapping": "own_workbook", "rows": 1, "accepted": 1, "refused": 0},
        {"file": "broken.xlsx", "mapping": None, "rows": 0, "accepted": 0, "refused": 0},
        {"file": "bad.csv", "mapping": "own_workbook", "rows": 2, "accepted": 1, "refused": 1},
        {"file": "gone.csv", "mapping": None, "rows": 0, "accepted": 0, "refused": 0},
    ]
    places = [(r["file"], r["row"], r["code"]) for r in answer["refusals"]]
    assert places == [
        ("broken.xlsx", None, "INTAKE-001"),
        ("bad.csv", 2, "INTAKE-021"),
        ("bad.csv", 2, "INTAKE-017"),
        ("gone.csv", None, "INTAKE-033"),
    ]
    keys = {"file", "sheet", "row", "column", "code", "message", "mend"}
    assert all(keys <= set(entry) for entry in answer["refusals"])
    json.dumps(answer)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_message_and_mend_are_never_empty(files, lang):
    answer = check_files(files, lang=lang, today=TODAY)
    assert all(entry["message"].strip() and entry["mend"].strip() for entry in answer["refusals"])


def test_the_files_sent_are_never_changed(files):
    def state():
        return [(p.read_bytes(), p.stat().st_mtime_ns) for p in files if p.exists()]

    before = state()
    check_files(files, today=TODAY)
    assert state() == before


def test_our_own_fault_on_one_file_does_not_take_the_others_down(files, monkeypatch):
    import aiqyn.intake.reading as reading

    whole = reading._read_grids

    def stumble(grids, mapping, file, agency, bounds):
        if file == "bad.csv":
            raise ZeroDivisionError
        return whole(grids, mapping, file, agency, bounds)

    monkeypatch.setattr(reading, "_read_grids", stumble)
    answer = check_files(files, today=TODAY)
    assert [f["accepted"] for f in answer["files"]] == [1, 0, 0, 0]
    assert "INTAKE-099" in [r["code"] for r in answer["refusals"]]
    monkeypatch.setenv("AIQYN_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        check_files(files, today=TODAY)


def test_two_files_of_one_name_are_told_apart(tmp_path, csv):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.csv").write_text(GOOD, encoding="utf-8")
    paths = [tmp_path / folder / "x.csv" for folder in ("a", "b")]
    assert [f["file"] for f in check_files(paths, today=TODAY)["files"]] == [str(p) for p in paths]


def test_a_wrong_mapping_is_refused_before_any_file_is_read(files):
    from aiqyn.errors import InputRefused

    with pytest.raises(InputRefused, match="INTAKE-090"):
        check_files(files, mapping="nothing_of_the_kind", today=TODAY)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_says_what_where_and_how_to_mend_within_a_hundred_columns(files, lang):
    lines = [line.plain for line in view(check_files(files, lang=lang, today=TODAY), lang)]
    assert all(len(line) <= 110 for line in lines)
    text = "\n".join(lines)
    assert all(sign in text for sign in ("✓", "!", "✕"))
    assert "INTAKE-017" in text


def test_the_answer_is_the_same_twice(files):
    def digest() -> str:
        answer = json.dumps(check_files(files, today=TODAY), ensure_ascii=False)
        return hashlib.sha256(answer.encode()).hexdigest()

    assert digest() == digest()


def test_the_folder_one_stands_in_is_named_as_it_was_typed():
    answer = check_files(["."])
    assert [file["file"] for file in answer["files"]] == ["."]
    assert [(r["file"], r["code"]) for r in answer["refusals"]] == [(".", "INTAKE-039")]
