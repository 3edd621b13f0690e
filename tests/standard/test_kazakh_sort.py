from __future__ import annotations

from aiqyn.standard import code_list, in_order, regions_on
from aiqyn.standard.kazakh_sort import alphabet

ALPHABET = "А Ә Б В Г Ғ Д Е Ё Ж З И Й К Қ Л М Н Ң О Ө П Р С Т У Ұ Ү Ф Х Һ Ц Ч Ш Щ Ъ Ы І Ь Э Ю Я"


def test_the_alphabet_has_its_42_letters_in_order() -> None:
    letters = tuple(ALPHABET.lower().split())
    assert len(letters) == 42
    assert alphabet() == letters


def test_kazakh_letters_stand_beside_their_neighbours_and_not_behind_ya() -> None:
    words = ["Яғни", "Қала", "Кала", "Әке", "Баспана", "Ана", "Ілім", "Ыдыс", "Ғалым", "Гүл"]
    assert in_order(words) == [
        *("Ана", "Әке", "Баспана", "Гүл", "Ғалым", "Кала", "Қала", "Ыдыс", "Ілім", "Яғни")
    ]


def test_the_regions_of_kazakhstan_stand_in_the_order_of_the_yearbook() -> None:
    from datetime import date

    labels = code_list("region").labels("kk")
    oblasts = [labels[c] for c in regions_on(date(2025, 1, 1)) if "облысы" in labels[c]]
    first = [name.split()[0] for name in in_order(oblasts)]
    assert first == [
        "Абай",
        "Ақмола",
        "Ақтөбе",
        "Алматы",
        "Атырау",
        "Батыс",
        "Жамбыл",
        "Жетісу",
        "Қарағанды",
        "Қостанай",
        "Қызылорда",
        "Маңғыстау",
        "Павлодар",
        "Солтүстік",
        "Түркістан",
        "Ұлытау",
        "Шығыс",
    ]


def test_case_does_not_move_a_word_and_a_shorter_word_comes_first() -> None:
    assert in_order(["б", "А", "Аа", "а"]) == ["А", "а", "Аа", "б"]


def test_russian_puts_yo_with_ye() -> None:
    assert in_order(["ёж", "еда", "ель"], "ru") == ["еда", "ёж", "ель"]
    assert in_order(["ёж", "еда", "ель"], "kk") == ["еда", "ель", "ёж"]
