from __future__ import annotations

from datetime import date, timedelta

import pycountry
import pytest

from aiqyn.standard import code_list, region, regions_on
from aiqyn.standard.regions import parent_on, place, tile, within_borders_of


@pytest.mark.parametrize(
    ("on", "number"),
    [
        (date(2018, 6, 18), 16),
        (date(2018, 6, 19), 17),
        (date(2022, 6, 7), 17),
        (date(2022, 6, 8), 20),
        (date(2025, 12, 31), 20),
    ],
)
def test_kazakhstan_has_as_many_regions_as_on_that_day(on: date, number: int) -> None:
    assert len(regions_on(on)) == number


def test_the_regions_of_today_are_those_of_iso_3166_2() -> None:
    iso = {s.code for s in pycountry.subdivisions.get(country_code="KZ")}
    assert set(regions_on(date(2025, 1, 1))) == iso
    assert set(code_list("region").codes(on=date(2025, 1, 1))) == iso


def test_ulytau_did_not_exist_in_2019_and_belonged_to_karaganda() -> None:
    ulytau = region("KZ-62", on=date(2019, 1, 1))
    assert not ulytau.exists
    assert ulytau.instead == ("KZ-35",)
    assert "Карагандинская область" in ulytau.text("ru")
    assert region("KZ-62", on=date(2022, 6, 8)).exists


@pytest.mark.parametrize(
    ("code", "on", "parent"),
    [
        ("KZ-10", date(2022, 6, 7), "KZ-63"),
        ("KZ-33", date(2020, 1, 1), "KZ-19"),
        ("KZ-61", date(2017, 1, 1), "KZ-YUZ"),
        ("KZ-79", date(2017, 1, 1), "KZ-YUZ"),
        ("KZ-79", date(2019, 1, 1), None),
        ("KZ-11", date(1999, 1, 1), None),
    ],
)
def test_a_new_region_names_the_region_it_came_from(
    code: str, on: date, parent: str | None
) -> None:
    assert parent_on(code, on) == parent


def test_south_kazakhstan_ended_and_names_its_two_parts() -> None:
    south = region("KZ-YUZ", on=date(2018, 6, 19))
    assert not south.exists
    assert south.instead == ("KZ-61", "KZ-79")
    assert region("KZ-YUZ", on=date(2018, 6, 18)).exists


def test_later_records_are_brought_into_older_borders_but_an_ended_region_is_not_divided() -> None:
    assert within_borders_of("KZ-62", date(2021, 12, 31)) == "KZ-35"
    assert within_borders_of("KZ-35", date(2021, 12, 31)) == "KZ-35"
    assert within_borders_of("KZ-YUZ", date(2023, 1, 1)) is None


@pytest.mark.parametrize(
    ("code", "lang", "said"),
    [
        ("KZ-10", "ru", "в области Абай"),
        ("KZ-71", "ru", "в городе Астане"),
        ("KZ-75", "ru", "в городе Алматы"),
        ("KZ-75", "kk", "Алматы қаласында"),
        ("KZ-19", "kk", "Алматы облысында"),
    ],
)
def test_a_place_is_ready_for_a_sentence(code: str, lang: str, said: str) -> None:
    assert place(code, lang) == said


@pytest.mark.parametrize("on", [date(2017, 1, 1), date(2020, 1, 1), date(2025, 1, 1)])
def test_no_two_regions_of_a_day_share_a_tile(on: date) -> None:
    tiles = [tile(code) for code in regions_on(on)]
    assert None not in tiles
    assert len(set(tiles)) == len(tiles)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_sentence_about_a_region_names_region_and_day(lang: str) -> None:
    said = region("KZ-62", on=date(2022, 6, 8) - timedelta(days=1)).text(lang)
    assert code_list("region").label("KZ-62", lang) in said
    assert "2022" in said


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("KZ-AKM", "KZ-11"),
        ("ВКО", "KZ-63"),
        ("ШҚО", "KZ-63"),
        ("г. Нур-Султан", "KZ-71"),
        ("Алматы облысы", "KZ-19"),
        ("город Алматы", "KZ-75"),
        ("Zhambyl Region", "KZ-31"),
        ("область Жетысу", "KZ-33"),
        ("ЮКО", "KZ-YUZ"),
    ],
)
def test_older_and_foreign_spellings_of_regions_are_found(spelling: str, code: str) -> None:
    assert code_list("region").find(spelling) == code
