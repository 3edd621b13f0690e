"""The contract of `aiqyn classify`: its CSV in, its JSON list out, its refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from aiqyn.cli.classify import CellsRefused, classify_file, print_verdicts
from aiqyn.errors import InputRefused

HEAD = "id,age,acts,means,purposes\n"


def written(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    file = folder / "cases.csv"
    file.write_bytes((HEAD + text).encode(encoding))
    return file


def test_each_record_and_definition_has_the_fields_of_the_contract(tmp_path: Path) -> None:
    file = written(tmp_path, "c1,17,recruitment,none,prostitution\nc2,30,,none,organ_removal\n")
    found = classify_file(file, ["palermo", "us"], "en", None)
    assert [(f["id"], f["definition"], f["verdict"], f["missing"]) for f in found] == [
        ("c1", "palermo", "trafficking", []),
        ("c1", "us", "trafficking", []),
        ("c2", "palermo", "not_shown", ["means"]),
        ("c2", "us", "not_covered", []),
    ]
    assert all(set(f["reason"]) == {"kk", "ru", "en"} for f in found)
    assert all(all(f["reason"].values()) for f in found)
    json.dumps(found)


def test_a_record_is_classified_by_the_law_of_the_day_asked_for(tmp_path: Path) -> None:
    file = written(tmp_path, "c1,1,sale,none,illegal_adoption\n")
    before = classify_file(file, ["eu"], "en", date(2024, 1, 1))
    after = classify_file(file, ["eu"], "en", None)
    assert [before[0]["verdict"], after[0]["verdict"]] == ["not_covered", "trafficking"]
    assert before[0]["in_force"] == "2011-04-15"


def test_blanks_case_doubled_codes_and_empty_lines_do_no_harm(tmp_path: Path) -> None:
    text = "c1, 30 ,Recruitment; recruitment;, FORCE , slavery\n\n,,,,\nc1,0.5,,,\n"
    found = classify_file(written(tmp_path, text, encoding="utf-8-sig"), ["palermo"], "en", None)
    assert [(f["id"], f["verdict"]) for f in found] == [("c1", "trafficking"), ("c1", "unknown")]
    assert found[1]["missing"] == ["act", "purpose"]


def test_columns_may_stand_in_any_order_with_others_beside(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("note,purposes,means,acts,age,id\nx,slavery,force,receipt,30,c1\n", "utf-8")
    assert classify_file(file, ["palermo"], "en", None)[0]["verdict"] == "trafficking"


def test_every_bad_cell_is_named_at_once_with_row_column_and_nearest_code(tmp_path: Path) -> None:
    text = "a,17 л.,recruitmnt,none;force,prostitution\nb,-3,sale,none,none;slavery\nc,200,sale,,\n"
    with pytest.raises(CellsRefused) as refused:
        classify_file(written(tmp_path, text), ["palermo"], "en", None)
    places = [(c.code, c.slots["row"], c.slots.get("column", "age")) for c in refused.value.cells]
    assert places == [
        ("CLASSIFY-006", 2, "age"),
        ("CLASSIFY-005", 2, "acts"),
        ("CLASSIFY-004", 2, "means"),
        ("CLASSIFY-006", 3, "age"),
        ("CLASSIFY-004", 3, "purposes"),
        ("CLASSIFY-006", 4, "age"),
    ]
    assert "Allowed: recruitment," in refused.value.text("en")
    assert refused.value.exit_code == 3
    for lang in ("kk", "ru", "en"):
        assert refused.value.text(lang)
        assert refused.value.mend(lang)


def test_what_may_be_a_name_is_never_repeated(tmp_path: Path) -> None:
    with pytest.raises(CellsRefused) as refused:
        classify_file(written(tmp_path, "a,Айгүл,Ерлан,,Марат\n"), ["palermo"], "kk", None)
    said = str(refused.value) + refused.value.text("kk") + refused.value.text("ru")
    assert not any(name in said for name in ("Айгүл", "Ерлан", "ерлан", "Марат", "марат"))


def test_codes_joined_by_commas_are_seen(tmp_path: Path) -> None:
    with pytest.raises(CellsRefused) as refused:
        classify_file(written(tmp_path, "a,30,sale,force,slavery,servitude\n"), None, "en", None)
    assert [c.code for c in refused.value.cells] == ["CLASSIFY-008"]


@pytest.mark.parametrize("content", [b"", b"id,age,acts,means\n", b"a;b\n1;2\n"])
def test_a_file_without_the_headings_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        classify_file(file, None, "en", None)
    assert refused.value.code == "CLASSIFY-003"


@pytest.mark.parametrize(
    "content", [None, "id,age,acts,means,purposes\nә,".encode("utf-16"), b"\xff\xfe"]
)
def test_a_file_that_cannot_be_read_is_refused_without_a_traceback(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "x.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        classify_file(file, None, "en", None)
    assert refused.value.code == "CLASSIFY-007"
    assert "x.csv" in refused.value.text("en")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_person_reads_record_definition_verdict_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    found = classify_file(written(tmp_path, "c1,30,sale,none,none\n"), [" palermo", "kz "])
    print_verdicts(found, lang)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("c1  ") for line in lines[::2])
    assert lines[1].strip() == found[0]["reason"][lang]


def test_headings_alone_give_no_verdicts(tmp_path: Path) -> None:
    assert classify_file(written(tmp_path, ""), None, "en", None) == []


def test_the_module_of_the_verb_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = (
        "import sys, aiqyn.cli.classify; "
        "print([m for m in ('polars','numpy','altair','duckdb','yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
