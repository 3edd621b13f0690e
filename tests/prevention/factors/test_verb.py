"""``aiqyn factors DIR``."""

from __future__ import annotations

import re

import pytest

from aiqyn import words
from aiqyn.prevention.factors.invented import World

from .conftest import write

CLAIMS = {
    "en": r"\bcaus|\bleads? to|\bdriv(e|es|en)\b|\bdue to|\bbecause|\bresults? (of|in)|\beffect",
    "ru": r"причин|вызыва|привод|обусловл|из-за|влия|следстви",
    "kk": r"себеп|себеб|туындат|салдар|әсер|кесірінен",
}
ONLY = "factors.caution.not_a_cause"  # says that it is none


def test_the_answer_has_its_fields_and_every_row_is_counted(country, typed):
    told = typed("factors", country(), "--no-leave-out", "--json")
    answer = told.json
    assert told.code == 0
    assert answer["accepted"] + answer["refused"] == answer["read"] == 14 * 8 * 3
    assert {"factors", "values", "association", "refusals", "files"} <= set(answer)
    first = answer["association"]["links"][0]
    assert first["lo95"] < first["rate_ratio"] < first["hi95"]
    assert {"e_value", "e_value_limit", "without_detection", "goes_with"} <= set(first)


def test_factors_alone_are_a_table_and_no_answer(shared, typed):
    told = typed("factors", shared / "data" / "tip_tiers", "--json")
    assert (told.code, told.json["association"]) == (0, None)


def test_too_few_areas_end_with_4_and_the_table_is_told_all_the_same(country, typed):
    told = typed("factors", country(World(areas=4)), "--json")
    assert (told.code, told.json["association"]["why"]["code"]) == (4, "PREV-050")
    assert told.json["accepted"] == 4 * 8 * 3


def test_an_empty_folder_ends_with_3(tmp_path, typed):
    told = typed("factors", tmp_path)
    assert told.code == 3
    assert "PREV-046" in told.err


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("A", 2024, -1, 1000, 0.2), "PREV-055"),
        (("A", "soon", 1, 1000, 0.2), "PREV-056"),
        (("A", 2024, 1, 1000, 1.2), "PREV-048"),
    ],
)
def test_counts_that_cannot_be_are_refused_with_their_row(tmp_path, typed, row, code):
    write(tmp_path / "measured.csv", "area period persons population detection", [row])
    write(tmp_path / "factors" / "f.csv", "area period factor value", [("A", 2024, "war", 1)])
    told = typed("factors", tmp_path)
    assert told.code == 3
    assert code in told.err
    assert "2" in told.err


def test_an_area_and_period_twice_is_refused(tmp_path, typed):
    rows = [("A", 2024, 1, 1000), ("A", 2024, 2, 1000)]
    write(tmp_path / "measured.csv", "area period persons population", rows)
    write(tmp_path / "factors" / "f.csv", "area period factor value", [("A", 2024, "war", 1)])
    assert "PREV-057" in typed("factors", tmp_path).err


def test_a_share_that_nobody_knows_is_said(country, typed):
    told = typed("factors", country(share=False), "--no-leave-out", "--json").json["association"]
    assert told["detection"] == "unknown"
    assert "share_unknown" in [c["code"] for c in told["cautions"]]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_sentence_claims_more_than_going_together(lang):
    own = [
        k
        for k in words.keys(lang)
        if k.startswith(("factors.link", "factors.caution", "factors.rests"))
    ]
    assert len(own) > 8
    claims = [k for k in own if re.search(CLAIMS[lang], words.say_raw(k, lang).casefold())]
    assert claims == [ONLY]


def test_factors_asked_about_are_the_only_ones_answered(country, typed):
    folder = country()
    told = typed("factors", folder, "--factors", "poverty_rate", "--no-leave-out", "--json").json
    assert [link["factor"] for link in told["association"]["links"]] == ["poverty_rate"]
    assert typed("factors", folder, "--factors", "luck").code == 3
