"""An agency's own headings in any language, by a mapping: read, refused with what to write."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from aiqyn.cli.link import link_lists
from aiqyn.cli.link_sources import list_sources
from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.linkage.lists import Lists, read_lists
from aiqyn.words import LANGUAGES

# Headings of the Kazakh statistical card of a victim and of a Russian crisis centre's register.
KK = """
schema: 1
name: karta
title: {kk: Карта, ru: Карта, en: Card}
sheets:
  - identity:
      family_name: [Жәбірленушінің тегі]
      given_name: [Жәбірленушінің аты]
      patronymic: [Әкесінің аты (болған кезде)]
      birth_date: ["Туған күні, айы, жылы"]
      national_number: [Жеке сәйкестендіру нөмірі]
      sealed: [Жабық іс]
    records:
      - table: victims
        fields:
          record_id: {from: [СДТБТ № (ҚА)], required: true}
          sex: {from: [Жынысы (ер/әйел)], values: {ер: male, әйел: female}}
          date_detected: {from: [Анықталған күні]}
"""
RU = """
schema: 1
name: reestr
title: {kk: Тізілім, ru: Реестр, en: Register}
sheets:
  - identity:
      family_name: ["Ф.И.О. пострадавшего лица"]
      birth_date: [Год рождения (полных)]
    records:
      - table: victims
        fields:
          record_id: {from: ["№ карты учёта"], required: true}
          sex: {from: ["Пол (м/ж)"], values: {м: male, ж: female}}
          citizenship: {from: [Подданство]}
"""
KK_HEAD = (
    "СДТБТ № (ҚА);Жәбірленушінің тегі;Жәбірленушінің аты;Әкесінің аты (болған кезде);"
    "Туған күні, айы, жылы;Жеке сәйкестендіру нөмірі;Жынысы (ер/әйел);Жабық іс;Анықталған күні"
)
KK_ROW = "17-А;Желкенова;Гүлсамал;Таңатарқызы;14.03.1991;;әйел;;02.04.2025"
RU_HEAD = "№ карты учёта,Ф.И.О. пострадавшего лица,Год рождения (полных),Пол (м/ж),Подданство"


def _mapping(folder: Path, text: str, name: str) -> str:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(folder / f"{name}.yaml")


def _list(folder: Path, name: str, *lines: str) -> Path:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / name


def _read(paths: list[Path], *mappings: str) -> Lists:
    return read_lists(list_sources(paths, mappings))


def test_two_agencies_with_headings_of_their_own_have_one_person_between_them(
    tmp_path: Path,
) -> None:
    police = _list(tmp_path, "police.csv", KK_HEAD, KK_ROW)
    ngo = _list(tmp_path, "ngo.csv", RU_HEAD, "9,Желкенова Гульсамал Танатаровна,1991,ж,Казахстан")
    kk, ru = _mapping(tmp_path, KK, "karta"), _mapping(tmp_path, RU, "reestr")
    found = _read([police, ngo], f"police={kk}", f"ngo={ru}")
    assert found.records.select("list", "record_id", "sex", "citizenship").rows() == [
        ("ngo", "9", "female", "KAZ"),
        ("police", "17-А", "female", None),
    ]
    assert [code for code, _ in found.cautions] == ["LINK-103"], "the number is left empty"
    mappings = (f"police={kk}", f"ngo={ru}")
    answer = link_lists([police, ngo], out=tmp_path / "out", mappings=mappings)
    assert (answer["records"], answer["persons"]) == (2, 1)


def test_the_heading_may_stand_under_titles_and_one_mapping_may_read_all_lists(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    for line in ("ІІМ 2025 жылғы есебі", KK_HEAD, KK_ROW):
        book.active.append(line.split(";"))
    book.save(tmp_path / "police.xlsx")
    other = _list(tmp_path, "prosecutors.csv", KK_HEAD, KK_ROW)
    mapping = _mapping(tmp_path, KK, "karta")
    found = _read([tmp_path / "police.xlsx", other], mapping)
    assert found.records["surname"].to_list() == ["Желкенова"] * 2
    assert found.names == ("police", "prosecutors")


def test_a_seal_is_known_by_the_mapping_and_by_its_usual_heading_as_well(tmp_path: Path) -> None:
    police = _list(tmp_path, "police.csv", KK_HEAD, KK_ROW.replace(";әйел;;", ";әйел;иә;"))
    ngo = _list(tmp_path, "ngo.csv", f"{RU_HEAD},Запечатано", "9,Желкенова,1991,ж,Казахстан,да")
    kk, ru = _mapping(tmp_path, KK, "karta"), _mapping(tmp_path, RU, "reestr")
    found = _read([police, ngo], f"police={kk}", f"ngo={ru}")
    assert found.records["sealed"].to_list() == [True, True]


def test_a_folder_is_one_list_and_what_is_sent_again_is_one_record(tmp_path: Path) -> None:
    folder = tmp_path / "police"
    folder.mkdir()
    _list(folder, "2025_1.csv", KK_HEAD, KK_ROW)
    corrected = KK_ROW.replace("14.03.1991", "15.03.1991")
    _list(folder, "2025_2.csv", KK_HEAD, corrected, KK_ROW.replace("17-А", "18-А"))
    found = _read([folder], _mapping(tmp_path, KK, "karta"))
    assert found.names == ("police",)
    assert found.records.select("record_id", "dob").rows() == [
        ("17-А", "15.03.1991"),
        ("18-А", "14.03.1991"),
    ]


def test_an_agency_of_an_observatory_brings_its_mapping(tmp_path: Path) -> None:
    folder = tmp_path / "police"
    folder.mkdir()
    _mapping(folder, KK, "mapping")
    names = "\n".join(f'name_{lang} = "x"' for lang in LANGUAGES)
    (folder / "agency.toml").write_text(f'code = "police"\n{names}\n', encoding="utf-8")
    _list(folder, "2025.csv", KK_HEAD, KK_ROW)
    assert _read([folder]).records["given"].to_list() == ["Гүлсамал"]


@pytest.mark.parametrize(
    ("head", "code", "told"),
    [
        (KK_HEAD.replace("СДТБТ № (ҚА)", "Тіркеу"), "LINK-025", "record_id “СДТБТ № (ҚА)”"),
        ("СДТБТ № (ҚА);ТАӘ;ЖЖ", "LINK-024", "family_name “Жәбірленушінің тегі”"),
    ],
)
def test_a_missing_column_is_named_as_the_mapping_calls_it(
    tmp_path: Path, head: str, code: str, told: str
) -> None:
    police = _list(tmp_path, "police.csv", head, ";".join("1" for _ in head.split(";")))
    with pytest.raises(InputRefused) as refused:
        _read([police], _mapping(tmp_path, KK, "karta"))
    assert refused.value.code == code
    for lang in LANGUAGES:
        assert told in refused.value.text(lang)
        assert "[" in refused.value.mend(lang), "an example of what to write"
        assert "ТАӘ" not in refused.value.text(lang), "the first row may be a person, not a heading"


def test_a_mapping_that_names_nobody_is_refused_and_one_for_no_list(tmp_path: Path) -> None:
    police = _list(tmp_path, "police.csv", KK_HEAD, KK_ROW)
    nobody = KK[: KK.index("  - identity")] + "  - records" + KK.split("    records")[1]
    with pytest.raises(InputRefused, match="LINK-023"):
        _read([police], _mapping(tmp_path, nobody, "nobody"))
    with pytest.raises(UsageRefused, match="LINK-028"):
        _read([police], "polise=karta")


def test_a_column_that_some_files_lack_is_a_caution(tmp_path: Path) -> None:
    head = KK_HEAD.replace(";Әкесінің аты (болған кезде)", "")
    police = _list(tmp_path, "police.csv", head, KK_ROW.replace(";Таңатарқызы", ""))
    found = _read([police], _mapping(tmp_path, KK, "karta"))
    slots = {"file": "police.csv", "columns": "patronymic “Әкесінің аты (болған кезде)”"}
    assert ("LINK-112", slots) in found.cautions
