"""Rows set aside, repeated rows, and which of several sheets a rule reads."""

from __future__ import annotations

COUNTS = """
indicator: {constant: detected_victims}
country: {from: Country}
year: Year
value: {from: Value, less_than: true}
"""
ROWS = "Country,Year,Value\nKAZ,2018,10\nKAZ,2018,10\nKAZ,2018,14\nUZB,2018,<5\nALL,2018,x\n"
ASIDE = [{"aside": "aggregate", "when": {"Country": "all"}}]


def read(took, csv, mapping_of, **sheet):
    return took(csv(ROWS), mapping_of(COUNTS, "published_counts", rules=ASIDE, **sheet))


def test_a_row_set_aside_is_accepted_gives_no_record_and_is_counted(csv, mapping_of, took):
    intake = read(took, csv, mapping_of)
    assert (intake.rows, intake.accepted, intake.refused) == (5, 5, 0)  # its bad cell is not asked
    assert intake.aside == {"aggregate": 1}
    assert [(c.code, c.count) for c in intake.cautions] == [("INTAKE-102", 1)]
    assert intake.tables["published_counts"].height == 4


def test_exact_repetitions_are_set_aside_the_first_stays(csv, mapping_of, took):
    intake = read(took, csv, mapping_of, duplicates={"exact": "aside"})
    assert intake.aside == {"aggregate": 1, "duplicate": 1}
    assert intake.tables["published_counts"]["value"].to_list() == [10.0, 14.0, None]


def test_exact_repetitions_may_be_refused(csv, mapping_of, took, codes):
    assert codes(read(took, csv, mapping_of, duplicates={"exact": "refuse"})) == [
        (3, None, "INTAKE-008")
    ]


def test_conflicting_rows_are_all_refused_and_name_one_another(csv, mapping_of, took, codes):
    intake = read(took, csv, mapping_of, duplicates={"key": ["Country", "Year"]})
    assert codes(intake) == [(2, None, "INTAKE-035"), (4, None, "INTAKE-035")]
    assert "строка 4 описывает" in intake.refusals[0].message("ru")
    assert intake.aside == {"aggregate": 1, "duplicate": 1}


def test_conflicting_counts_may_become_one_interval(csv, mapping_of, took):
    intake = read(
        took, csv, mapping_of, duplicates={"key": ["Country", "Year"], "conflicting": "interval"}
    )
    told = intake.tables["published_counts"].select("country", "value", "low", "high", "status")
    assert told.rows() == [
        ("KAZ", None, 10.0, 14.0, "conflicting"),
        ("UZB", None, 0.0, 4.0, "small"),
    ]
    assert intake.refused == 0


def test_conflicting_rows_may_be_kept_with_a_caution(csv, mapping_of, took):
    intake = read(
        took, csv, mapping_of, duplicates={"key": ["Country", "Year"], "conflicting": "keep"}
    )
    assert ("INTAKE-109", 2) in [(c.code, c.count) for c in intake.cautions]
    assert intake.tables["published_counts"].height == 3


def test_a_rule_may_refuse_rows(csv, mapping_of, took, codes):
    rules = [{"refuse": "INTAKE-034", "when": {"Country": {"not": ["KAZ", "UZB"]}}}]
    mapping = mapping_of(COUNTS, "published_counts", rules=rules)
    assert codes(took(csv(ROWS), mapping)) == [(6, None, "INTAKE-034")]


def test_all_conditions_of_a_rule_must_hold(csv, mapping_of, took):
    when = {"Country": {"matches": "K.*"}, "Value": {"empty": False}, "Year": ["2018", "2019"]}
    mapping = mapping_of(COUNTS, "published_counts", rules=[{"aside": "note", "when": when}])
    text = "Country,Year,Value\nKAZ,2018,1\nKAZ,2018,\nKAZ,2017,1\nUZB,2018,1\n"
    assert took(csv(text), mapping).aside == {"note": 1}


TWO = {
    "schema": 1,
    "name": "two",
    "sheets": [
        {
            "name": ["Адамдар"],
            "records": [{"table": "victims", "fields": {"record_id": "Case", "age": "Age"}}],
        },
        {
            "optional": True,
            "name": ["Көмек"],
            "records": [
                {"table": "assistance", "fields": {"record_id": "Case", "assistance": "Help"}}
            ],
        },
    ],
}
PEOPLE = [["Case", "Age"], ["A-1", 17]]
HELP = [["Case", "Help"], ["A-1", "legal"]]


def two():
    from aiqyn.intake.mapping_file import read_mapping

    return read_mapping(TWO, "two.yaml")


def test_each_rule_reads_the_sheet_of_its_name(book, took):
    intake = took(book({"Көмек": HELP, "Адамдар": PEOPLE}), two())
    assert {name: table.height for name, table in intake.tables.items()} == {
        "victims": 1,
        "assistance": 1,
    }


def test_a_renamed_sheet_is_found_by_its_headings(book, took):
    intake = took(book({"Sheet1": HELP, "Sheet2": PEOPLE}), two())
    assert set(intake.tables) == {"victims", "assistance"}


def test_a_missing_sheet_is_named_unless_it_is_optional(book, took, codes):
    assert codes(took(book({"Адамдар": PEOPLE}), two())) == []
    intake = took(book({"Көмек": HELP}), two())
    assert codes(intake) == [(None, None, "INTAKE-011")]
    assert "«Адамдар»" in intake.refusals[0].message("kk")
    assert intake.accepted == 1  # the other sheet is read all the same


def test_one_sheet_that_cannot_be_read_does_not_take_the_other_down(book, took, codes):
    intake = took(book({"Адамдар": [["Case", "Age", "Age"], ["A-1", 1, 2]], "Көмек": HELP}), two())
    assert codes(intake) == [(None, "Age", "INTAKE-014")]
    assert (intake.rows, intake.accepted) == (1, 1)


def test_a_text_file_is_read_by_the_rule_that_fits_it(csv, took):
    assert set(took(csv("Case,Help\nA-1,legal\n"), two()).tables) == {"assistance"}


CASES = "record_id: {from: Case, required: true}\nage: Age\nregion: Region"


def test_empty_numbers_are_missing_and_do_not_conflict(csv, mapping_of, took, codes):
    """Two rows without a number say nothing of each other: each lacks its number."""
    mapping = mapping_of(CASES, duplicates={"key": ["Case"]})
    told = codes(took(csv("Case,Age\n,17\n,18\nA-1,19\nA-1,20\n"), mapping))
    assert told == [
        (2, "Case", "INTAKE-007"),
        (3, "Case", "INTAKE-007"),
        (4, None, "INTAKE-035"),
        (5, None, "INTAKE-035"),
    ]


def test_a_number_that_means_nothing_recorded_is_as_empty(csv, mapping_of, took, codes):
    fields = "record_id: {from: Case, missing: ['-']}\nage: Age"
    mapping = mapping_of(fields, duplicates={"key": ["Case"]})
    assert codes(took(csv("Case,Age\n-,17\n-,18\n"), mapping)) == []


def test_one_empty_part_of_a_key_is_enough(csv, mapping_of, took, codes):
    mapping = mapping_of("record_id: Case\nage: Age\nsex: Sex", duplicates={"key": ["Case", "Sex"]})
    assert codes(took(csv("Case,Sex,Age\n,f,17\n,f,18\n"), mapping)) == []


def test_an_empty_part_of_a_published_key_means_all_and_is_compared(csv, mapping_of, took):
    """Where offices print "both sexes" as a blank, two such rows do contradict each other."""
    mapping = mapping_of(
        COUNTS, "published_counts", duplicates={"key": ["Country", "Sex"], "conflicting": "keep"}
    )
    intake = took(csv("Country,Sex,Year,Value\nKAZ,,2018,10\nKAZ,,2018,11\n"), mapping)
    assert ("INTAKE-109", 2) in [(c.code, c.count) for c in intake.cautions]


def test_the_same_formula_in_two_numbers_is_a_formula_and_no_conflict(
    csv, book, mapping_of, took, codes
):
    mapping = mapping_of(CASES, duplicates={"key": ["Case"]})
    refused = [(2, "Case", "INTAKE-031"), (3, "Case", "INTAKE-031")]
    assert codes(took(csv("Case,Age\n=J7+1,17\n=J7+1,18\n"), mapping)) == refused
    rows = [["Case", "Age"], ["=J7+1", 17], ["=J7+1", 18]]
    assert codes(took(book({"S": rows}), mapping)) == refused
