"""Names of records: columns exchanged, patronymics, aliases, initials, short forms."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.linkage.names import name_key, normalise, read_cell, with_name_keys

TEXT = st.one_of(
    st.none(),
    st.text(max_size=25),
    st.text("аәеижкқлнорсуұыі АБВ.-'()", max_size=20),
    st.text("aeioujzhcklmnrsvwy AB.-'()", max_size=20),
)


def _one(**cells: str | None) -> dict[str, object]:
    schema = dict.fromkeys(cells, pl.String)
    return with_name_keys(pl.DataFrame([cells], schema=schema)).row(0, named=True)


def _keys(text: str) -> str:
    return " ".join(sorted(name_key(word) for word in text.split()))


@pytest.mark.parametrize(
    ("given", "surname"),
    [
        ("Алия", "Жұмабаева"),
        ("Жұмабаева", "Алия"),
        ("Алия Жұмабаева", None),
        (None, "ЖҰМАБАЕВА АЛИЯ"),
        ("Алия Сериковна", "Жумабаева"),
        ("Aliya", "Dschumabajewa"),
        ("  Алия ", "Жұмабаева Серікқызы"),
        ("Alia (Alina)", "Zhumabayeva"),
        ("ALIIA", "ZHUMABAEVA"),
    ],
)
def test_a_person_has_one_sorted_name_however_the_cells_are_filled(
    given: str, surname: str
) -> None:
    assert _one(given=given, surname=surname)["name_sorted"] == _keys("Алия Жұмабаев")


def test_one_cell_for_both_names_is_parted_at_the_family_name() -> None:
    row = _one(given="Иванова Алия", surname=None)
    assert (row["given_key"], row["surname_key"]) == (name_key("Алия"), name_key("Иванов"))


@pytest.mark.parametrize(
    ("feminine", "masculine"),
    [
        ("Иванова", "Иванов"),
        ("Сергеева", "Сергеев"),
        ("Никитина", "Никитин"),
        ("Птицына", "Птицын"),
        ("Достоевская", "Достоевский"),
        ("Троцкая", "Троцкий"),
        ("Ivanova", "Iwanow"),
        ("Zhukovskaya", "Zhukovsky"),
        ("Соловьёва", "Соловьев"),
    ],
)
def test_a_feminine_surname_has_the_key_of_the_masculine(feminine: str, masculine: str) -> None:
    assert _one(surname=feminine)["surname_key"] == _one(surname=masculine)["surname_key"]


@pytest.mark.parametrize("name", ["Марина", "Алина", "Кристина", "Madina", "Karina", "Ева"])
def test_a_given_name_keeps_its_feminine_ending(name: str) -> None:
    assert str(_one(given=name)["given_key"]).endswith("a")


@pytest.mark.parametrize(
    "patronymic",
    [
        "Серікұлы",
        "Серікқызы",
        "Серік қызы",
        "Сериковна",
        "Серикович",
        "Serikuly",
        "Serikkyzy",
        "Serikqyzy",
        "Serikovna",
        "Serikowitsch",
        "Serik",
        "Серік",
    ],
)
def test_the_patronymic_is_the_fathers_name(patronymic: str) -> None:
    assert _one(patronymic=patronymic)["patronymic_key"] == name_key("Серік")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Сергеевич", "Сергейұлы"),
        ("Абаевна", "Абайқызы"),
        ("Васильевна", "Vasil'evich"),
        ("Ильич", "Ильинична"),
        ("Алиевич", "Әлиұлы"),
        ("Лукич", "Лукинична"),
    ],
)
def test_patronymics_of_brother_and_sister_meet(one: str, other: str) -> None:
    assert _one(patronymic=one)["patronymic_key"] == _one(patronymic=other)["patronymic_key"]


@pytest.mark.parametrize("given", ["Алия Сериковна", "Алия Серік қызы", "Алия Серікқызы"])
def test_a_patronymic_among_the_given_names_is_found(given: str) -> None:
    row = _one(given=given, surname="Иванова")
    assert (row["given_key"], row["patronymic_key"]) == (name_key("Алия"), name_key("Серік"))


def test_a_surname_that_looks_like_a_patronymic_stays_one_when_it_stands_alone() -> None:
    assert _one(given="Ержан", surname="Сабыров")["patronymic_key"] is None
    row = _one(given="Иван", surname="Абрамович")
    assert row["surname_key"] == name_key("Абрамович")


@pytest.mark.parametrize(
    ("cell", "alias"),
    [
        ("Alia (Alina)", "alina"),
        ("Алия она же Карина", "karina"),
        ("Алия (она же Карина)", "karina"),
        ("Alia a.k.a. Carina", "karina"),
        ("Alia/Karina", "karina"),
        ("Алия «Карина»", "karina"),
        ("Алия, сондай-ақ Карина", "karina"),
    ],
)
def test_another_name_is_an_alias_and_not_part_of_the_name(cell: str, alias: str) -> None:
    row = _one(given=cell, surname="Иванова")
    assert (row["given_key"], row["alias_keys"]) == ("alia", [alias])


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Саша", "Александра"),
        ("Sasha", "Aleksandr"),
        ("Нурик", "Нұрлан"),
        ("Айгүлжан", "Айгүл"),
        ("Бахыт", "Бақыт"),
        ("Chingiz", "Шыңғыс"),
    ],
)
def test_a_short_form_or_variant_gives_the_full_name_as_a_second_key(short: str, full: str) -> None:
    assert name_key(full) in _one(given=short)["alias_keys"]


def test_a_part_of_a_short_compound_is_no_second_name() -> None:
    assert _one(given="Ержан")["alias_keys"] == []
    assert _one(given="Нұрбек")["alias_keys"] == []


@pytest.mark.parametrize(
    ("given", "surname"), [("А. Б.", "Иванов"), ("А.Б.", "Иванов"), (None, "Иванов А. Б.")]
)
def test_initials_stand_for_given_name_and_patronymic(given: str | None, surname: str) -> None:
    row = _one(given=given, surname=surname)
    assert [row[k] for k in ("given_key", "surname_key", "patronymic_key", "name_sorted")] == [
        "a",
        "ivanov",
        "b",
        "a ivanov",
    ]


@pytest.mark.parametrize("cell", ["неизвестно", "Жоқ", "UNKNOWN", " - ", "н/д", "", "???", "12"])
def test_words_for_not_known_are_no_name(cell: str) -> None:
    row = _one(given=cell)
    assert row["given_key"] is None
    assert row["name_sorted"] is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Нур-Али", "Нурали"),
        ("Анна–Мария", "АннаМария"),
        ("Иванова-Петрова", "Иванов-Петров"),
        ("O'Brien", "OBrien"),
    ],
)
def test_hyphens_and_apostrophes_do_not_matter(one: str, other: str) -> None:
    assert _one(surname=one)["surname_key"] == _one(surname=other)["surname_key"]


def test_a_surname_of_one_letter_is_a_surname() -> None:
    assert _one(given="Виктор", surname="Е")["name_sorted"] == "e viktor"


def test_a_person_with_one_name_has_that_name() -> None:
    row = _one(given="Сурия", surname=None)
    assert (row["given_key"], row["surname_key"], row["name_sorted"]) == ("suria", None, "suria")


@pytest.mark.parametrize(
    ("given", "surname", "script"),
    [
        ("Алия", "Иванова", "cyrillic"),
        ("Aliya", "Ivanova", "latin"),
        ("Алия", "Ivanova", "mixed"),
        ("Aлия", "Иванова", "cyrillic"),
        ("محمد", "علي", "other"),
        ("محمد", "Ali", "mixed"),
        (None, None, None),
    ],
)
def test_the_script_is_that_of_the_letters(
    given: str | None, surname: str | None, script: str | None
) -> None:
    assert _one(given=given, surname=surname)["script"] == script


@settings(deadline=None)  # tables are joined: slow on a busy machine
@given(TEXT, TEXT)
def test_exchanged_columns_give_the_same_sorted_name(one: str | None, other: str | None) -> None:
    left, right = _one(given=one, surname=other), _one(given=other, surname=one)
    assert left["name_sorted"] == right["name_sorted"]
    assert left["name_skeleton"] == right["name_skeleton"]


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=6))
def test_a_record_has_the_same_keys_alone_and_among_others(
    rows: list[tuple[str | None, str | None, str | None]],
) -> None:
    names = ("given", "surname", "patronymic")
    together = with_name_keys(
        pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    )
    for number, row in enumerate(rows):
        assert together.row(number, named=True) == _one(**dict(zip(names, row, strict=True)))


def test_nothing_of_the_records_is_lost_and_missing_columns_are_empty() -> None:
    records = pl.DataFrame({"record_id": ["b", "a"], "given": ["Алия", None], "own": [1, 2]})
    keys = normalise(records)
    assert keys.select(records.columns).equals(records)
    assert keys["surname_key"].to_list() == [None, None]
    assert normalise(keys).equals(keys)
    assert normalise(records.clear()).height == 0


def test_a_cell_shows_no_name_when_it_is_printed() -> None:
    assert "alia" not in repr(read_cell("Алия"))
