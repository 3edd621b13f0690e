"""What the definition does to a count."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

from aiqyn.standard.classifier import classify
from aiqyn.standard.definitional_effect import definition_effect

CODES = pl.List(pl.String)
SCHEMA = {"id": pl.Int64, "age": pl.Int64, "acts": CODES, "means": CODES, "purposes": CODES}

CASES: list[tuple[Any, ...]] = [
    *[(30, ["recruitment"], ["deception"], ["forced_labour"])] * 6,  # all four
    *[(25, ["recruitment"], ["none"], ["prostitution"])] * 3,  # Kazakhstan only
    *[(31, ["transfer"], ["deception"], ["organ_removal"])] * 2,  # all but the US
    (0, ["sale"], ["none"], ["none"]),  # Kazakhstan only
    *[(29, ["harbouring"], None, ["forced_labour"])] * 4,  # decided in Kazakhstan only
    (29, None, None, ["forced_labour"]),  # nowhere decided
]


@pytest.fixture(scope="module")
def verdicts() -> pl.DataFrame:
    rows = [(n, *case) for n, case in enumerate(CASES)]
    return classify(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def test_each_record_stands_once_under_each_definition(verdicts: pl.DataFrame) -> None:
    effect = definition_effect(verdicts)
    totals = effect.table().group_by("definition").agg(pl.col("n").sum())["n"].to_list()
    assert effect.records == len(CASES) == 17
    assert totals == [17, 17, 17, 17]


def test_the_bounds_run_from_the_shown_to_the_possible(verdicts: pl.DataFrame) -> None:
    bounds = {b.definition: (b.low, b.high) for b in definition_effect(verdicts).bounds}
    assert bounds == {"palermo": (8, 13), "kz": (16, 17), "eu": (8, 13), "us": (6, 11)}


def test_the_patterns_are_the_records_that_differ(verdicts: pl.DataFrame) -> None:
    patterns = definition_effect(verdicts).patterns
    assert [(p.n, p.apart()) for p in patterns] == [(4, ("kz",)), (4, ("kz",)), (2, ("us",))]
    by_purpose = {p.purposes: p for p in patterns}
    assert by_purpose["organ_removal",].verdicts["us"] == "not_covered"
    assert by_purpose["prostitution",].means == ("none",)
    assert sum(p.n for p in patterns) == 10


def test_the_typical_situation_is_the_most_frequent_of_its_pattern(verdicts: pl.DataFrame) -> None:
    not_shown = [p for p in definition_effect(verdicts).patterns if p.verdicts["eu"] == "not_shown"]
    assert [(p.n, p.age, p.acts, p.purposes) for p in not_shown] == [
        (4, "adult", ("recruitment",), ("prostitution",))
    ]


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "removal of organs"), ("ru", "извлечение"), ("kk", "ағзалар")]
)
def test_a_pattern_says_why_the_odd_one_out_differs(
    verdicts: pl.DataFrame, lang: str, says: str
) -> None:
    organs = next(
        p for p in definition_effect(verdicts).patterns if p.purposes == ("organ_removal",)
    )
    assert says in organs.why(lang)
    assert organs.why(lang).count("TVPA") == 1


def test_the_pairs_count_what_one_law_counts_and_the_other_does_not(verdicts: pl.DataFrame) -> None:
    pairs = definition_effect(verdicts).pairs
    row = pairs.row(by_predicate=(pl.col("first") == "palermo") & (pl.col("second") == "kz"))
    assert row == ("palermo", "kz", 8, 0, 8)
    row = pairs.row(by_predicate=(pl.col("first") == "palermo") & (pl.col("second") == "eu"))
    assert row == ("palermo", "eu", 0, 0, 0)
    assert pairs.height == 6


def test_the_gaps_say_which_answer_is_missing(verdicts: pl.DataFrame) -> None:
    gaps = definition_effect(verdicts).gaps.rows()
    assert ("palermo", "means", 4) in gaps
    assert ("palermo", "act;means", 1) in gaps
    assert ("kz", "act", 1) in gaps


def test_the_text_gives_the_spread_in_three_languages(verdicts: pl.DataFrame) -> None:
    effect = definition_effect(verdicts)
    assert effect.text("en").startswith("The same 17 records give from 6 to 16 victims")
    assert "6–16" in effect.text("ru")
    assert "6–16 аралығында" in effect.text("kk")
    for lang, word in (("en", "means"), ("ru", "способ воздействия"), ("kk", "тәсіл")):
        assert word in effect.text(lang)


def test_the_json_is_plain(verdicts: pl.DataFrame) -> None:
    plain = json.loads(json.dumps(definition_effect(verdicts).to_json()))
    assert plain["records"] == 17
    assert plain["bounds"][0] == {"definition": "palermo", "low": 8, "high": 13}
    assert set(plain["patterns"][0]["why"]) == {"kk", "ru", "en"}


def test_nothing_to_compare_is_said_and_not_counted() -> None:
    nothing = definition_effect(classify(pl.DataFrame(schema=SCHEMA)))
    assert nothing.records == 0
    assert nothing.text("en") == "There are no records to compare."


def test_a_record_without_its_verdict_under_each_definition_is_our_fault(
    verdicts: pl.DataFrame,
) -> None:
    with pytest.raises(ValueError, match="one verdict"):
        definition_effect(verdicts.head(7))


def test_the_order_of_records_does_not_matter(verdicts: pl.DataFrame) -> None:
    rows = [(n, *case) for n, case in enumerate(CASES)][::-1]
    backwards = classify(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    assert definition_effect(backwards).to_json() == definition_effect(verdicts).to_json()
