"""Screening: the ILO's rule, who somebody is never counts, and silence is not a no."""

from __future__ import annotations

import csv
import json
from itertools import product

import numpy as np
import pytest

from aiqyn.signals.screening import chance_of_being_right, is_positive, read_indicators

ADULT, CHILD = read_indicators("adult-labour"), read_indicators("child-labour")
ABOUT = ("Citizenship", "Nationality", "Sex", "Gender", "Route", "Country of origin", "гражданство")


def form(tmp_path, rows, name="form.csv"):
    file = tmp_path / name
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("dimension_no", "indicator", "answer"), *rows])
    return file


def all_rows(rng) -> list[tuple[object, str, str]]:
    answers = rng.choice(
        ["yes", "no", "not sure", ""], len(ADULT.indicators), p=[0.2, 0.4, 0.2, 0.2]
    )
    return [(i.dimension_no, i.label, a) for i, a in zip(ADULT.indicators, answers, strict=True)]


@pytest.mark.shared
def test_the_rule_is_that_of_the_ilo_in_every_case(shared):
    cases = json.loads((shared / "data" / "indicators" / "dimension_rule.json").read_text())[
        "cases"
    ]
    assert len(cases) > 50
    for case in cases:
        assert is_positive(case["strong"], case["medium"], case["weak"]) is case["positive"], case


def test_one_more_sign_never_makes_a_dimension_less_positive():
    for s, m, w in product(range(4), repeat=3):
        if is_positive(s, m, w):
            assert is_positive(s + 1, m, w)
            assert is_positive(s, m + 1, w)
            assert is_positive(s, m, w + 1)


def test_the_lists_are_as_long_as_the_publication_says():
    numbers = [i.dimension_no for i in ADULT.indicators]
    assert [numbers.count(n) for n in range(1, 7)] == [10, 10, 16, 9, 15, 7]
    assert len(CHILD.indicators) == 65
    assert all(i.weight != "weak" for i in CHILD.indicators)  # the children's list has no weak ones


@pytest.mark.shared
def test_each_weight_is_that_of_the_cross_walk(shared):
    file = shared / "data" / "indicators" / "ilo_ec_delphi_labour_indicators.csv"
    with file.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    for listed, column in ((ADULT, "weight_adult_labour"), (CHILD, "weight_child_labour")):
        for row in rows:
            found = listed.find(row["dimension_no"], row["indicator"])
            assert (found.weight[0].upper() if found else "") == row[column]


@pytest.mark.parametrize("seed", range(5))
def test_citizenship_sex_and_route_never_change_a_thing(tmp_path, typed, seed):
    rng = np.random.default_rng(seed)
    rows = all_rows(rng)
    alone = typed("screen", form(tmp_path, rows), "--json").json
    for turn in range(6):
        values = rng.permutation(["yes", "no", "not sure", "", "UZB", "woman", "A to B"])
        about = [(rng.integers(0, 7), what, v) for what, v in zip(ABOUT, values, strict=True)]
        mixed = [*rows, *about]
        rng.shuffle(mixed)
        other = typed("screen", form(tmp_path, mixed, f"{turn}.csv"), "--json").json
        assert "SIG-140" in {caution["code"] for caution in other["cautions"]}
        assert {k: v for k, v in other.items() if k != "cautions"} == {
            k: v for k, v in alone.items() if k != "cautions"
        }


def test_a_single_strong_sign_is_enough_to_refer(tmp_path, typed):
    rows = [(5, "Debt bondage", "yes"), (4, "Hazardous work", "not sure")]
    told = typed("screen", form(tmp_path, rows), "--json").json
    assert told["refer"] is True
    assert [d["positive"] for d in told["dimensions"]] == [False] * 6
    assert told["dimensions"][3]["not_sure"] == 1


def test_three_medium_signs_make_a_dimension_positive(tmp_path, typed):
    labels = ("Low or no salary", "Bad living conditions", "Hazardous work")
    told = typed("screen", form(tmp_path, [(4, x, "yes") for x in labels]), "--json").json
    fourth = told["dimensions"][3]
    assert (fourth["dimension_no"], fourth["medium"], fourth["positive"]) == (4, 3, True)
    assert told["refer"] is True
    assert told["elements"]["exploitation"] == "signs"
    assert told["elements"]["recruitment"] == "not known"


@pytest.mark.parametrize(
    ("lang", "part"), [("en", "not a no"), ("ru", "не «нет»"), ("kk", "дегенді білдірмейді")]
)
def test_no_sign_says_that_silence_is_not_a_no(tmp_path, typed, lang, part):
    file = form(tmp_path, [(4, "Hazardous work", "no")])
    told = typed("screen", file, "--json", "--lang", lang).json
    assert told["refer"] is False
    assert part in " ".join(told["text"])
    assert told["predictive_value"] == "not known"
    assert part in typed("screen", file, "--lang", lang).out


def test_of_a_child_no_means_are_asked(tmp_path, typed):
    told = typed("screen", form(tmp_path, [(5, "Under strong influence", "yes")]), "--list",
                 "child-labour", "--json").json  # fmt: skip
    assert told["refer"] is True  # strong for a child, medium for an adult
    assert "coercion" not in told["elements"]


def test_answers_are_read_in_three_languages(tmp_path, typed):
    rows = [(5, "Debt bondage", "Иә"), (5, "5.01", " Да "), (5, "Violence on victims", "не знаю")]
    told = typed("screen", form(tmp_path, rows), "--json").json["dimensions"][4]
    assert (told["strong"], told["not_sure"]) == (2, 1)


def test_at_one_per_cent_a_good_screening_is_right_once_in_twelve():
    value = chance_of_being_right(0.9, 0.9, 0.01)
    assert value is not None
    assert value.positive == pytest.approx(0.009 / (0.009 + 0.099))
    assert value.missed == pytest.approx(0.001 / (0.001 + 0.891))
    assert chance_of_being_right(0.9, 0.9, None) is None


@pytest.mark.parametrize(
    ("rows", "words", "exit_code", "code"),
    [
        ([(4, "Hazardous work", "perhaps Anna")], (), 3, "SIG-045"),
        ([(9, "Nothing of the list", "yes")], (), 3, "SIG-046"),
        ([], (), 3, "SIG-044"),
        ([(4, "Hazardous work", "yes")], ("--list", "adult-sexual"), 4, "SIG-041"),
        ([(4, "Hazardous work", "yes")], ("--list", "elderly"), 2, "SIG-040"),
        ([(4, "Hazardous work", "yes")], ("--prevalence", "7"), 2, "SIG-047"),
    ],
)
def test_what_cannot_be_screened_is_refused(tmp_path, typed, rows, words, exit_code, code):
    told = typed("screen", form(tmp_path, rows), *words, "--json")
    assert (told.code, told.json["error"]["code"]) == (exit_code, code)
    assert "Anna" not in told.out + told.err


def test_a_row_of_somebody_s_own_is_left_aside_and_not_repeated(tmp_path, typed):
    rows = [(4, "Hazardous work", "yes"), (4, "Told by Anna", "yes"), (4, "Hazardous work", "no")]
    told = typed("screen", form(tmp_path, rows), "--json")
    assert {"SIG-141", "SIG-142"} == {caution["code"] for caution in told.json["cautions"]}
    assert told.json["dimensions"][3]["medium"] == 1
    assert "Anna" not in told.out + told.err


def test_a_table_of_one_s_own_is_used(tmp_path, typed):
    table = tmp_path / "own.csv"
    table.write_text(
        "code,dimension_no,label_en,ilo11,adult_sexual\n1.01,1,Invented sign,2,strong\n"
    )
    file = form(tmp_path, [(1, "Invented sign", "yes")])
    told = typed("screen", file, "--list", "adult-sexual", "--indicators", table, "--json").json
    assert told["dimensions"][0]["strong"] == 1
    assert told["ilo11"] == [2]
