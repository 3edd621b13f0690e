"""Which mapping reads a file, told from its headings alone."""

from __future__ import annotations

import pytest

from aiqyn.errors import InputRefused
from aiqyn.intake import guess_mapping, mapping_names, write_agency_workbook


def test_our_own_workbook_is_known_in_each_language(tmp_path):
    for lang in ("kk", "ru", "en"):
        write_agency_workbook(tmp_path / "own.xlsx", country="KZ", year=2025, lang=lang)
        assert guess_mapping(tmp_path / "own.xlsx").name == "own_workbook"


def test_a_file_that_no_mapping_knows_is_refused_with_the_nearest(csv):
    with pytest.raises(InputRefused) as refused:
        guess_mapping(csv("Invoice,Supplier,Sum\n1,x,5\n"))
    assert refused.value.code == "INTAKE-010"
    named = str(refused.value.slots["nearest_mappings"]).split(", ")
    assert len(named) == 3
    assert set(named) <= set(mapping_names())


def test_a_spoilt_file_is_told_as_spoilt_not_as_unknown(tmp_path):
    path = tmp_path / "sent.csv"
    text = "Жазба нөмірі;Жынысы;Анықталған күні;Өңір\nA-1;әйел;2025-01-01;\n"
    path.write_bytes(text.encode("cp1251", errors="replace"))
    with pytest.raises(InputRefused) as refused:
        guess_mapping(path)
    assert refused.value.code == "INTAKE-004"


def test_a_mapping_of_the_agencys_own_folder_is_asked_too(csv, tmp_path):
    own = "schema: 1\nname: own\nsheets: [{records: [{table: victims, fields: {record_id: Qqq}}]}]"
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "own.yaml").write_text(own, encoding="utf-8")
    path = csv("Qqq\nA-1\n")
    assert guess_mapping(path, extra_folder=tmp_path / "maps").name == "own"


def test_a_mapping_may_stay_out_of_guessing(csv, tmp_path):
    own = "schema: 1\nname: own\nguess: {never: true}\n"
    own += "sheets: [{records: [{table: victims, fields: {record_id: Qqq}}]}]"
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    with pytest.raises(InputRefused):
        guess_mapping(csv("Qqq\nA-1\n"), extra_folder=tmp_path)


def test_a_wrong_mapping_of_the_agencys_own_is_told_as_the_mappings_fault(csv, tmp_path):
    from datetime import date

    from aiqyn.intake import read

    (tmp_path / "own.yaml").write_text("schema: 1\nname: [\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read(csv("Qqq\nA-1\n"), today=date(2026, 1, 1), extra_folder=tmp_path)
    assert (refused.value.code, refused.value.slots["file"]) == ("INTAKE-091", "own.yaml")


def test_one_spoilt_shipped_mapping_does_not_keep_other_files_from_being_read(csv, monkeypatch):
    from aiqyn.intake import choosing

    def load(name, **more):
        if name == "glotip":
            raise InputRefused("INTAKE-091", file=name, row="1")
        return load_mapping(name, **more)

    from aiqyn.intake import load_mapping

    monkeypatch.setattr(choosing, "load_mapping", load)
    assert guess_mapping(csv("Жазба нөмірі;Анықталған күні\nA;\n")).name == "own_workbook"


NAMED = """
schema: 1
name: named
guess: {file: '(?i)16-2-2.*canada'}
sheets: [{records: [{table: victims, fields: {record_id: Qqq}}]}]
"""


def test_a_mapping_may_ask_for_the_name_of_the_file(csv, tmp_path):
    """Year and Value head a thousand tables; only the file's name says which one this is."""
    maps = tmp_path / "maps"
    maps.mkdir()
    (maps / "named.yaml").write_text(NAMED, encoding="utf-8")
    path = csv("Qqq\nA-1\n", name="16-2-2_Canada.csv")
    assert guess_mapping(path, extra_folder=maps).name == "named"
    with pytest.raises(InputRefused) as refused:
        guess_mapping(csv("Qqq\nA-1\n", name="16-2-1_Canada.csv"), extra_folder=maps)
    assert refused.value.code == "INTAKE-010"
    assert "named" in str(refused.value.slots["nearest_mappings"])  # and may be named by hand


def test_a_pattern_that_is_none_is_told_as_the_mappings_fault(csv, tmp_path):
    (tmp_path / "named.yaml").write_text(NAMED.replace("(?i)", "("), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        guess_mapping(csv("Qqq\nA-1\n"), extra_folder=tmp_path)
    assert (refused.value.code, refused.value.slots["key"]) == ("INTAKE-094", "guess.file")


YEARS = "".join(f"{2010 + n},{n + 0.5}\n" for n in range(5))
KAZ_YEARS = "".join(f"{2010 + n},PERSONS,{n + 0.5}\n" for n in range(5))
UKR_YEARS = "".join(f"{2010 + n},,{n + 0.5}\n2010,19_reg_Kyiv,\n" for n in range(5))


@pytest.mark.parametrize(
    ("name", "text", "mapping"),
    [
        ("16-2-2_canada.csv", f"Year,Value\n{YEARS}", "sdg_16_2_2_canada"),
        ("to_16-2-2_KAZ.csv", f"Year,UNIT_MEASURE,Value\n{KAZ_YEARS}", "sdg_16_2_2_kazakhstan"),
        ("ukraine-16.2.2.csv", f"Year,Region,Value\n{UKR_YEARS}", "sdg_16_2_2_ukraine"),
    ],
)  # fmt: skip
def test_a_table_of_years_is_known_by_its_name_whatever_numbers_it_holds(csv, name, text, mapping):
    assert guess_mapping(csv(text, name=name)).name == mapping
    for wrong in ("data.csv", name.replace("2-2", "2-1").replace("2.2", "2.1")):
        with pytest.raises(InputRefused, match="INTAKE-010"):
            guess_mapping(csv(text, name=wrong))
