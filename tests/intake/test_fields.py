"""How the parts of a mapping turn columns to fields."""

from __future__ import annotations

import pytest


def test_one_cell_with_semicolons_is_a_list_without_parents(csv, small, took):
    text = "Case;Form\nA-1;sexual exploitation of children by a group; forced labour\nA-2;\n"
    path = csv(text.replace(";", "\t", 1).replace("A-1;", "A-1\t").replace("A-2;", "A-2\t"))
    forms = took(path, small).tables["victims"]["forms"].to_list()
    assert forms == [["child_sex_ring", "forced_labour"], None]


FLAGS = """
record_id: Case
forms:
  flags:
    forced_labour: labour
    other_sexual: sexual
    prostitution: prostitution
"""


def test_flags_that_are_one_or_empty_follow_the_rule_of_ctdc(csv, mapping_of, took):
    """A blank is read as 0 only where another flag of the group is 1."""
    rows = ["A,1,,", "B,,,", "C,0,0,0", "D,0,,", "E,1,1,"]
    path = csv("Case,labour,sexual,prostitution\n" + "\n".join(rows))
    forms = took(path, mapping_of(FLAGS)).tables["victims"]["forms"].to_list()
    assert forms == [["forced_labour"], None, ["none"], None, ["forced_labour", "other_sexual"]]


def test_blank_flags_are_off_only_where_the_mapping_says_so(csv, mapping_of, took):
    fields = FLAGS + '  blank: "off"\n'
    path = csv("Case,labour,sexual,prostitution\nA,,,\n")
    assert took(path, mapping_of(fields)).tables["victims"]["forms"].to_list() == [["none"]]


def test_a_flag_that_is_neither_is_refused(csv, mapping_of, took, codes):
    path = csv("Case,labour,sexual,prostitution\nA,1,2,\n")
    assert codes(took(path, mapping_of(FLAGS))) == [(2, "sexual", "INTAKE-032")]


def test_several_flags_for_a_single_value_are_refused_or_the_first_taken(
    csv, mapping_of, took, codes
):
    fields = "record_id: Case\nrelation: {flags: {family: f, friend: r}%s}"
    path = csv("Case,f,r\nA,1,1\nB,,1\n")
    assert codes(took(path, mapping_of(fields % ""))) == [(2, "f", "INTAKE-027")]
    first = took(path, mapping_of(fields % ", several: first"))
    assert first.tables["victims"]["relation"].to_list() == ["family", "friend"]


def test_several_rules_for_one_list_are_united(csv, mapping_of, took):
    fields = """
    record_id: Case
    control:
      any_of:
        - {flags: {debt: debt}, list: none}
        - {from: more, values: {beaten: violence, "-": null}, list: none}
    """
    path = csv("Case,debt,more\nA,1,beaten\nB,,-\nC,,beaten\n")
    control = took(path, mapping_of(fields)).tables["victims"]["control"].to_list()
    assert control == [["debt", "violence"], None, ["violence"]]


def test_their_spellings_come_before_the_code_list(csv, mapping_of, took):
    fields = "record_id: Case\nsex: {from: Sex, values: {M: female, '?': null}}"
    sexes = took(csv("Case,Sex\nA,m\nB,f\nC,?\n"), mapping_of(fields)).tables["victims"]["sex"]
    assert sexes.to_list() == ["female", "female", None]


def test_what_is_in_no_list_may_go_to_one_code_and_is_counted(csv, mapping_of, took):
    fields = "record_id: Case\nsex: {from: Sex, otherwise: unknown}"
    intake = took(csv("Case,Sex\nA,f\nB,qq\nC,zz\n"), mapping_of(fields))
    assert intake.tables["victims"]["sex"].to_list() == ["female", "unknown", "unknown"]
    assert [(c.code, c.count) for c in intake.cautions] == [("INTAKE-107", 2)]


def test_na_is_namibia_unless_the_column_says_otherwise(csv, mapping_of, took):
    fields = "record_id: Case\ncitizenship: Citizen\ncountry_of_birth: {from: Born, missing: [NA]}"
    victims = took(csv("Case,Citizen,Born\nA,NA,NA\n"), mapping_of(fields)).tables["victims"]
    assert victims["citizenship"].to_list() == ["NAM"]
    assert victims["country_of_birth"].to_list() == [None]


COUNTS = """
indicator: {constant: detected_victims}
country: Country
year: Year
value:
  {from: Value, thousands: ",", less_than: true,
  statuses: {x: suppressed, NA: not_available, "-": zero}}
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"1,757"', (1757.0, 1757.0, 1757.0, "counted")),
        ("<5", (None, 0.0, 4.0, "small")),
        ("0", (0.0, 0.0, 0.0, "counted")),
        ("-", (0.0, 0.0, 0.0, "zero")),
        ("x", (None, None, None, "suppressed")),
        ("NA", (None, None, None, "not_available")),
        ("", (None, None, None, "not_available")),
    ],
)
def test_a_published_count_carries_its_interval_and_its_state(text, told, csv, mapping_of, took):
    path = csv(f"Country,Year,Value\nKAZ,2018,{text}\n")
    table = took(path, mapping_of(COUNTS, "published_counts")).tables["published_counts"]
    assert table.select("value", "low", "high", "status").row(0) == told


@pytest.mark.parametrize("text", ['"1,75"', '"1,7570"', "12 persons", "<", "-5"])
def test_a_count_that_is_badly_grouped_is_refused(text, csv, mapping_of, took):
    path = csv(f"Country,Year,Value\nKAZ,2018,{text}\n")
    intake = took(path, mapping_of(COUNTS, "published_counts"))
    assert [r.code for r in intake.refusals] == ["INTAKE-018"]


def test_a_comma_before_three_digits_is_never_guessed_at(csv, mapping_of, took):
    fields = COUNTS.replace('thousands: ",", ', "")
    intake = took(
        csv('Country,Year,Value\nKAZ,2018,"1,757"\n'), mapping_of(fields, "published_counts")
    )
    assert [r.code for r in intake.refusals] == ["INTAKE-018"]


def test_years_across_become_rows_that_remember_their_column(csv, mapping_of, took):
    fields = """
    indicator: {constant: detected_victims}
    country: Country
    sex: $sex
    year: $year
    value: $value
    """
    unpivot = {"columns": [{"matching": r"(?P<year>\d{4}) (?P<sex>[MF])"}]}
    path = csv("Country,2018 F,2018 M,2019 F\nKAZ,60,,4\nUZB,1,2,x\n")
    intake = took(path, mapping_of(fields, "published_counts", unpivot=unpivot))
    told = intake.tables["published_counts"].select("country", "sex", "year", "value", "source_id")
    assert told.rows() == [
        ("KAZ", "female", 2018, 60.0, "small:sent.csv::2:2018 F"),
        ("KAZ", "female", 2019, 4.0, "small:sent.csv::2:2019 F"),
    ]
    assert [(r.row, r.column, r.code) for r in intake.refusals] == [(3, "2019 F", "INTAKE-018")]
    assert (intake.rows, intake.refused) == (2, 1)


def test_one_row_may_give_records_of_several_tables(csv, took):
    from aiqyn.intake.mapping_file import read_mapping

    raw = {
        "schema": 1,
        "name": "two",
        "agency": "police",
        "sheets": [
            {
                "records": [
                    {"table": "victims", "fields": {"record_id": "Case", "sex": "Sex"}},
                    {
                        "table": "assistance",
                        "when_any": ["Help"],
                        "fields": {"record_id": "Case", "assistance": "Help"},
                    },
                ]
            }
        ],
    }
    path = csv("Case,Sex,Help\nA-1,f,legal\nA-2,m,\n")
    intake = took(path, read_mapping(raw, "two.yaml"))
    assert intake.tables["victims"].height == 2
    assert intake.tables["assistance"].select("source_id", "agency", "assistance").rows() == [
        ("police:sent.csv::2", "police", "legal")
    ]


def test_identity_columns_are_known_and_kept_nowhere(csv, mapping_of, took):
    fields = mapping_of("record_id: Case\nage: Age", identity={"family_name": ["Тегі"]})
    path = csv("Case,Тегі,Age\nA-1,Ахметов,17\nA-2,Иванов,x\n")
    intake = took(path, fields)
    everything = [str(t.rows()) + str(t.columns) for t in intake.tables.values()]
    everything += [repr(intake.refusals), repr(intake.copies), repr(intake.cautions)]
    assert not any("Ахметов" in text or "Иванов" in text for text in everything)
    assert [c.code for c in intake.cautions] == ["INTAKE-106"]


def test_columns_that_the_mapping_does_not_know_are_named_by_their_letter(csv, mapping_of, took):
    path = csv("Case,ФИО,Comment\nA-1,Ахметов Болат,text\n")
    intake = took(path, mapping_of("record_id: Case"))
    told = {c.code: c.text("en") for c in intake.cautions}
    assert set(told) == {"INTAKE-104", "INTAKE-105"}
    assert "(B)" in told["INTAKE-105"]
    assert "ФИО" not in told["INTAKE-105"]
    assert "Ахметов" not in repr(intake)


def test_a_code_with_a_question_mark_is_refused_with_the_nearest(csv, mapping_of, took):
    intake = took(csv("Case,Sex\nA,Woman?\nB,woman\n"), mapping_of("record_id: Case\nsex: Sex"))
    assert [(r.row, r.code) for r in intake.refusals] == [(2, "INTAKE-009")]
    assert "female" in intake.refusals[0].mend("en")
    assert intake.tables["victims"]["sex"].to_list() == ["female"]
