"""Lists as agencies send them: everything is kept, every fault names its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiqyn.cli.link import link_lists
from aiqyn.errors import InputRefused
from aiqyn.linkage.lists import read_lists
from aiqyn.linkage.refused_files import NoListTaken


def _file(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


GOOD = "record_id,given,surname,dob\n1,Самалбек,Желкенов,1990-02-03\n2,Гүлсамал,Желкенова,1991\n"


def test_headings_in_three_languages_are_one_column(tmp_path: Path) -> None:
    kk = _file(tmp_path, "police.csv", "№;Аты;Тегі;Туған күні\n1;Гүлсамал;Желкенова;1990-02-03\n")
    ru = _file(tmp_path, "ngo.csv", "Имя,Фамилия,Дата рождения,Заметка\nСамалбек,Желкенов,1990,x\n")
    found = read_lists([kk, ru])
    assert found.names == ("ngo", "police")
    assert found.records["given"].to_list() == ["Самалбек", "Гүлсамал"]
    assert found.records["Заметка"].to_list() == ["x", None]
    assert found.records["record_id"].to_list() == ["row2", "1"]
    assert [code for code, _ in found.cautions] == ["LINK-102"]


def test_mixed_encodings_are_read_as_what_they_are(tmp_path: Path) -> None:
    one = _file(tmp_path, "police.csv", GOOD, "utf-8-sig")
    other = _file(tmp_path, "ngo.csv", GOOD, "kz1048")
    wide = _file(tmp_path, "iom.csv", GOOD, "utf-16")
    assert read_lists([one, other, wide]).records["given"].value_counts().rows() != []
    names = set(read_lists([one, other, wide]).records["given"])
    assert names == {"Самалбек", "Гүлсамал"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "LINK-002"),
        ("record_id,given\n1,Самалбек\n1,Гүлсамал\n", "LINK-003"),
        ("record_id,region\n1,XSA-01\n", "LINK-004"),
    ],
)
def test_a_list_that_cannot_be_taken_is_named_and_the_others_stand(
    tmp_path: Path, text: str, code: str
) -> None:
    good, bad = _file(tmp_path, "police.csv", GOOD), _file(tmp_path, "ngo.csv", text)
    found = read_lists([good, bad])
    assert {name: why.code for name, why in found.refused.items()} == {"ngo.csv": code}
    assert found.records.height == 2
    with pytest.raises(InputRefused, match=code):
        read_lists([bad])


def test_an_empty_list_and_hollow_columns_are_cautions(tmp_path: Path) -> None:
    empty = _file(tmp_path, "ngo.csv", "record_id,given,surname,dob\n")
    hollow = _file(tmp_path, "iom.csv", "record_id,given,surname\n7,,Желкенов\n")
    found = read_lists([_file(tmp_path, "police.csv", GOOD), empty, hollow])
    assert {code: dict(slots) for code, slots in found.cautions} == {
        "LINK-101": {"list": "ngo"},
        "LINK-103": {"list": "iom", "columns": "given"},
    }
    assert found.records.height == 3


def test_where_every_file_is_refused_all_of_them_are_told(tmp_path: Path) -> None:
    bad = [
        _file(tmp_path, "police.csv", ""),
        _file(tmp_path, "ngo.csv", "colour\nred\n"),
        _file(tmp_path, "iom.csv", "record_id,given\n1,A\n1,B\n"),
    ]
    with pytest.raises(NoListTaken) as refused:
        read_lists(bad)
    codes = {each["file"]: each["code"] for each in refused.value.details()["refused"]}
    assert codes == {"police.csv": "LINK-002", "ngo.csv": "LINK-004", "iom.csv": "LINK-003"}
    for lang in ("kk", "ru", "en"):
        assert all(file.name in refused.value.text(lang) for file in bad)
        assert all(why.mend(lang) in refused.value.text(lang) for why in _each(refused.value))
    assert refused.value.exit_code == 3


def _each(refusal: NoListTaken) -> list[InputRefused]:
    return list(refusal.refused.values())


def test_a_file_refused_alone_is_told_by_its_own_code(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="LINK-002"):
        read_lists([_file(tmp_path, "police.csv", "")])


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    one = _file(tmp_path, "police.csv", GOOD)
    with pytest.raises(InputRefused, match="LINK-005"):
        read_lists([one, _file(tmp_path / "b", "police.csv", GOOD)])


@pytest.mark.parametrize("name", ["count", "person_id"])
def test_a_list_called_like_a_column_of_the_histories_is_refused_alone(
    tmp_path: Path, name: str
) -> None:
    found = read_lists([_file(tmp_path, f"{name}.csv", GOOD), _file(tmp_path, "ngo.csv", GOOD)])
    assert found.names == ("ngo",)
    assert found.refused[f"{name}.csv"].code == "LINK-032"


def test_a_file_where_the_folder_should_be_is_refused_before_anything_is_linked(
    tmp_path: Path,
) -> None:
    lists = [_file(tmp_path, f"{name}.csv", GOOD) for name in ("police", "ngo")]
    taken = _file(tmp_path, "out", "mine")
    with pytest.raises(InputRefused, match="LINK-033"):
        link_lists(lists, out=taken)
    assert taken.read_text() == "mine"


def test_a_file_in_two_encodings_is_refused_with_its_strange_rows(tmp_path: Path) -> None:
    (tmp_path / "ngo.csv").write_bytes(
        GOOD.encode() + "3,Гүлсамал,Таңбаева,1999\n".encode("kz1048")
    )
    with pytest.raises(InputRefused, match="LINK-030") as refused:
        read_lists([tmp_path / "ngo.csv"])
    assert refused.value.slots["rows"] == "4"


def test_names_whose_letters_were_lost_are_told(tmp_path: Path) -> None:
    lost = GOOD.encode("cp1251", "replace").decode("cp1251")
    found = read_lists([_file(tmp_path, "ngo.csv", lost)])
    assert ("LINK-113", {"list": "ngo", "n": 1}) in found.cautions
