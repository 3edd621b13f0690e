"""Every shipped mapping loads and uses only codes that exist; a wrong one is told which key."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiqyn.errors import InputRefused
from aiqyn.intake import load_mapping, mapping_names
from aiqyn.intake.mapping import ASIDE, FieldRule
from aiqyn.intake.mapping_file import read_mapping
from aiqyn.intake.mapping_rules import FIELD, KINDS, SHEET
from aiqyn.standard import code_list, code_list_names
from aiqyn.words import LANGUAGES, has

MINIMAL = {
    "schema": 1,
    "name": "small",
    "sheets": [{"records": [{"table": "victims", "fields": {"record_id": "Case"}}]}],
}


# Published tables count citizens of groups of countries too; no person's record has such a code.
COUNTRY_GROUPS = {"other", "other_eu", "non_eu"}


def every_rule(rule: FieldRule) -> list[FieldRule]:
    return [rule, *(r for part in rule.any_of for r in every_rule(part))]


@pytest.mark.parametrize("name", mapping_names())
def test_a_shipped_mapping_names_itself_in_three_languages(name):
    mapping = load_mapping(name)
    assert mapping.name == name
    assert set(dict(mapping.title)) == set(LANGUAGES)
    assert "cite" in dict(mapping.source)


@pytest.mark.parametrize("name", mapping_names())
def test_a_shipped_mapping_uses_only_codes_that_their_lists_hold(name):
    rules = [
        part
        for sheet in load_mapping(name).sheets
        for record in sheet.records
        for rule in record.fields
        for part in every_rule(rule)
        if part.code_list and part.kind in ("code", "codes")
    ]
    for rule in rules:
        assert rule.code_list in code_list_names(), rule.name
        known = code_list(str(rule.code_list))
        used = {code for _, codes in rule.values for code in codes or ()}
        used |= {code for code, _ in rule.flags}
        used |= {rule.otherwise} if rule.otherwise else set()
        constant = rule.constant if isinstance(rule.constant, tuple) else (rule.constant,)
        used |= {str(code) for code in constant if code is not None}
        groups = COUNTRY_GROUPS if rule.name == "citizenship" else set()
        assert not {code for code in used - groups if code not in known}, rule.name


def broken(change: dict[str, object], where: str = "") -> InputRefused:
    """The refusal of a mapping in which one place was changed."""
    import copy

    raw = copy.deepcopy(MINIMAL)
    place: dict[str, object] = raw
    for step in filter(None, where.split(".")):
        place = place[int(step) if step.isdigit() else step]
    place.update(change)
    with pytest.raises(InputRefused) as refused:
        read_mapping(raw, "mine.yaml")
    return refused.value


def test_an_unknown_key_is_named_with_the_nearest_first():
    refused = broken({"requird": True}, "sheets.0")
    assert (refused.code, refused.slots["key"]) == ("INTAKE-092", "sheets[1].requird")
    nearest = broken({"optionel": True}, "sheets.0")
    assert str(nearest.slots["allowed"]).startswith("optional,")


def test_a_field_that_the_standard_lacks_is_named():
    refused = broken({"sexx": "Sex"}, "sheets.0.records.0.fields")
    assert refused.code == "INTAKE-092"
    assert str(refused.slots["allowed"]).startswith("sex,")


def test_an_identity_field_can_never_be_mapped():
    assert broken({"family_name": "Тегі"}, "sheets.0.records.0.fields").code == "INTAKE-092"


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"schema": 2}, "", "INTAKE-094"),
        ({"sheets": []}, "", "INTAKE-094"),
        ({"sheets": "x"}, "", "INTAKE-094"),
        ({"records": None}, "sheets.0", "INTAKE-093"),
        ({"table": "persons"}, "sheets.0.records.0", "INTAKE-094"),
        ({"age": {"kind": "integer"}}, "sheets.0.records.0.fields", "INTAKE-093"),
        ({"age": {"from": "A", "kind": "float"}}, "sheets.0.records.0.fields", "INTAKE-094"),
        ({"age": {"from": "A", "pattern": "("}}, "sheets.0.records.0.fields", "INTAKE-094"),
        ({"age": {"from": "A", "required": "yes"}}, "sheets.0.records.0.fields", "INTAKE-094"),
        ({"rules": [{"when": {"A": 1}}]}, "sheets.0", "INTAKE-093"),
        ({"rules": [{"aside": "because", "when": {"A": 1}}]}, "sheets.0", "INTAKE-094"),
        ({"skip_after": -1}, "sheets.0", "INTAKE-094"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_told_in_three_languages(change, where, code):
    refused = broken(change, where)
    assert refused.code == code
    assert all(refused.text(lang) and refused.mend(lang) for lang in LANGUAGES)


def test_a_mapping_that_is_no_yaml_is_told_its_line(tmp_path):
    (tmp_path / "mine.yaml").write_text("schema: 1\nname: [\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        load_mapping(tmp_path / "mine.yaml")
    assert refused.value.code == "INTAKE-091"


def test_a_mapping_that_is_not_there_is_told_with_those_that_are(tmp_path):
    for name in ("nothing", tmp_path / "nothing.yaml"):
        with pytest.raises(InputRefused) as refused:
            load_mapping(name)
        assert refused.value.code == "INTAKE-090"
        assert "own_workbook" in refused.value.mend("en")


def test_norway_is_no_truth_value(tmp_path):
    text = """
    schema: 1
    name: mine
    sheets:
      - records:
          - table: victims
            fields:
              record_id: {from: No, required: true}
              citizenship: {from: Yes, values: {NO: NOR, off: null, 007: KAZ, 2020-01-01: UZB}}
    """
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    fields = load_mapping(tmp_path / "mine.yaml").sheets[0].records[0].fields
    assert [rule.headings for rule in fields] == [("No",), ("Yes",)]
    assert [key for key, _ in fields[1].values] == ["NO", "off", "007", "2020-01-01"]


def test_a_mapping_may_be_toml_and_lie_in_the_agencys_own_folder(tmp_path):
    text = 'schema = 1\nname = "mine"\n[[sheets]]\n[[sheets.records]]\ntable = "victims"\n'
    text += '[sheets.records.fields]\nrecord_id = "Case"\n'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    assert load_mapping("mine", extra_folder=tmp_path).name == "mine"


def test_a_table_of_spellings_may_be_shared(tmp_path, csv, mapping_of, took):
    (tmp_path / "sexes.csv").write_text("theirs,ours\nк,female\nq,\n", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(
        "schema: 1\nname: mine\nsheets: [{records: [{table: victims, fields: {record_id: Case, "
        "sex: {from: Sex, values: {file: sexes.csv, z: male}}}}]}]\n",
        encoding="utf-8",
    )
    intake = took(csv("Case,Sex\nA,К\nB,q\nC,z\n"), load_mapping(tmp_path / "mine.yaml"))
    assert intake.tables["victims"]["sex"].to_list() == ["female", None, "male"]


def test_the_readme_tells_every_key_kind_and_reason():
    folder = Path(str(__import__("aiqyn").__file__)).parent / "data" / "mappings"
    told = (folder / "README.md").read_text(encoding="utf-8")

    keys = set(FIELD) | set(SHEET) | set(KINDS) | set(ASIDE)
    assert not {key for key in keys if key not in told}


@pytest.mark.parametrize("reason", ASIDE)
def test_every_reason_to_set_aside_has_words(reason):
    assert all(has(f"intake.aside.{reason}", lang) for lang in LANGUAGES)
