"""One cell at a time: what is a value, what is refused, and with which code."""

from __future__ import annotations

import pytest

HEAD = "Case;Sex;Age;Detected;Region;Form\n"


@pytest.mark.parametrize("age", ["17 л.", "17 лет", "17 жас", "семнадцать", "17,5", "1/7", "17-18"])
def test_an_age_that_is_no_whole_number_is_refused(age, csv, small, took, codes):
    intake = took(csv(f"{HEAD}A-1;F;{age};2025-03-01;;\n"), small)
    assert codes(intake) == [(2, "Age", "INTAKE-017")]


@pytest.mark.parametrize(("age", "code"), [("-1", "INTAKE-019"), ("121", "INTAKE-019")])
def test_an_age_outside_a_human_life_is_refused(age, code, csv, small, took, codes):
    assert codes(took(csv(f"{HEAD}A-1;F;{age};;;\n"), small)) == [(2, "Age", code)]


@pytest.mark.parametrize(("text", "age"), [("0", 0), ("17", 17), ("17.0", 17), (" 17 ", 17)])
def test_whole_numbers_are_ages(text, age, csv, small, took):
    intake = took(csv(f"{HEAD}A-1;F;{text};;;\n"), small)
    assert intake.tables["victims"]["age"].to_list() == [age]


def test_the_age_to_write_is_named_where_the_cell_tells_it(csv, small, took):
    refusal = took(csv(f"{HEAD}A-1;F;17 л.;;;\n"), small).refusals[0]
    assert refusal.message("ru").endswith("возраст «17 л.» — не число.")
    assert refusal.mend("kk").startswith("17 деп жазыңыз.")


def test_an_age_gives_its_group(csv, small, took):
    rows = "".join(f"A-{age};;{age};;;\n" for age in (5, 6, 12, 17, 18, 45, 120))
    groups = took(csv(HEAD + rows), small).tables["victims"]["age_group"].to_list()
    assert groups == ["0-5", "6-11", "12-14", "15-17", "18-24", "45+", "45+"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31.02.2025", "INTAKE-021"),
        ("2025-13-01", "INTAKE-021"),
        ("03/25/2025", "INTAKE-021"),
        ("01.03.0202", "INTAKE-021"),
        ("29.02.2025", "INTAKE-021"),
        ("наурыз", "INTAKE-020"),
        ("2025", "INTAKE-020"),
        ("2026-01-16", "INTAKE-022"),
    ],
)
def test_a_day_that_no_calendar_has_is_refused(text, code, csv, small, took, codes):
    assert codes(took(csv(f"{HEAD}A-1;;;{text};;\n"), small)) == [(2, "Detected", code)]


@pytest.mark.parametrize(
    "text", ["2025-02-28", "28.02.2025", "28/02/2025", "2025/02/28", "2025-02-28 00:00:00", "45716"]
)
def test_a_day_may_be_written_in_several_ways(text, csv, small, took):
    victims = took(csv(f"{HEAD}A-1;;;{text};;\n"), small).tables["victims"]
    assert victims["date_detected"].dt.to_string().to_list() == ["2025-02-28"]
    assert victims["year"].to_list() == [2025]


def test_a_day_sent_as_excels_number_is_read_and_said_so(csv, small, took):
    intake = took(csv(f"{HEAD}A-1;;;45716;;\n"), small)
    assert [c.code for c in intake.cautions] == ["INTAKE-103"]


def test_a_day_after_the_report_year_is_refused(csv, small, took, codes):
    path = csv(f"{HEAD}A-1;;;2025-12-31;;\nA-2;;;2026-01-01;;\n")
    assert codes(took(path, small, report_year=2025)) == [(3, "Detected", "INTAKE-023")]


def test_a_region_must_have_stood_on_the_records_own_day(csv, small, took, codes):
    # The regions Abai, Jetisu and Ulytau were made on 8 June 2022.
    rows = "A-1;;;2022-06-07;Ұлытау облысы;\nA-2;;;2022-06-08;Ұлытау облысы;\n"
    intake = took(csv(HEAD + rows), small)
    assert codes(intake) == [(2, "Region", "INTAKE-025")]
    assert "Қарағанды облысы" in intake.refusals[0].mend("kk")


def test_two_bad_cells_are_one_refused_row_with_two_entries(csv, small, took, codes):
    intake = took(csv(f"{HEAD}A-1;F;17 л.;31.02.2025;;\nA-2;F;17;;;\n"), small)
    assert (intake.rows, intake.accepted, intake.refused) == (2, 1, 1)
    assert codes(intake) == [(2, "Age", "INTAKE-017"), (2, "Detected", "INTAKE-021")]
    assert intake.tables["victims"]["record_id"].to_list() == ["A-2"]


def test_a_value_outside_the_list_is_refused_with_the_nearest_first(csv, small, took):
    refusal = took(csv(f"{HEAD}A-1;;;;;мәжбүрлі еңбекк\n"), small).refusals[0]
    assert refusal.code == "INTAKE-009"
    assert "Ең жақыны: «мәжбүрлі еңбек" in refusal.mend("kk")
    assert "мәжбүрлі еңбекк" not in refusal.message("kk")  # it might have been a name


@pytest.mark.parametrize("name", ["Ахметов Болат", "Akhmetova Aigerim", "Иванович", "Серікұлы"])
def test_a_name_in_place_of_a_case_number_is_refused_and_never_repeated(name, csv, small, took):
    intake = took(csv(f"{HEAD}{name};F;17;;;\n"), small)
    assert [r.code for r in intake.refusals] == ["INTAKE-012"]
    told = [r.message(x) + r.mend(x) for r in intake.refusals for x in ("kk", "ru", "en")]
    assert not any(part in text for text in told for part in name.split())


def test_a_personal_number_in_place_of_a_case_number_is_refused(csv, small, took):
    intake = took(csv(f"{HEAD}990315450123;F;17;;;\n"), small)
    assert [r.code for r in intake.refusals] == ["INTAKE-037"]
    assert "990315450123" not in intake.refusals[0].message("ru")


@pytest.mark.parametrize("number", ["SDT-2025-014", "257100031000123", "17", "A_12", "ІІД-4/25"])
def test_case_numbers_of_all_kinds_are_taken(number, csv, small, took):
    intake = took(csv(f"{HEAD}{number};F;17;;;\n"), small)
    assert intake.tables["victims"]["record_id"].to_list() == [number]


def test_a_cell_of_more_than_32767_signs_is_refused_and_not_carried_along(csv, small, took):
    intake = took(csv(f"{HEAD}A-1;F;{'9' * 40_000};;;\nA-2;F;17;;;\n"), small)
    assert [r.code for r in intake.refusals] == ["INTAKE-015"]
    assert len(intake.refusals[0].value or "") < 100
    assert intake.accepted == 1


def test_a_required_cell_may_not_be_empty(csv, small, took, codes):
    assert codes(took(csv(f"{HEAD};F;17;;;\n"), small)) == [(2, "Case", "INTAKE-007")]


def test_only_numbers_dates_and_short_codes_are_quoted():
    from aiqyn.intake.refusal import may_be_quoted

    for safe in ("17 л.", "17", "1,757", "<5", "31.02.2025", "2027-01-01", "KZ-99", "-3.5"):
        assert may_be_quoted(safe), safe
    for unsafe in ("Ахметов", "KIM", "990315450123", "N12345678", "17 Али", "=A1", "ali_veli"):
        assert not may_be_quoted(unsafe), unsafe
