"""The chapters say what the cleared tables allow, and nothing of what they hide."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from small_evidence import cleared, evidence

from aiqyn import words
from aiqyn.report import compose, voice
from aiqyn.report.chapters.victims.of_ten import direction
from aiqyn.report.model import Cell, Chart, Number, Paragraph, Sentence, Table, plain
from aiqyn.report.numbering import share_cell
from aiqyn.report.situations import situations


def sentences(model, chapter: str) -> list[str]:
    blocks = next(c for c in model.chapters if c.id == chapter).blocks
    return [s.key for b in blocks if isinstance(b, Paragraph) for s in b.sentences]


def blocks(model, kind):
    return {b.id: b for c in model.chapters for b in c.blocks if isinstance(b, kind)}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_sentence_of_the_report_can_be_said_in_every_language(lang):
    model = compose(evidence())

    def walk(thing) -> int:
        if isinstance(thing, Sentence):
            assert voice.text(thing, lang, model).strip()
            return 1
        if hasattr(thing, "__dataclass_fields__"):
            return sum(walk(getattr(thing, name)) for name in thing.__dataclass_fields__)
        if isinstance(thing, dict):
            return sum(walk(value) for value in thing.values())
        return sum(walk(part) for part in thing) if isinstance(thing, tuple) else 0

    assert sum(walk(chapter) for chapter in model.chapters) > 100


def test_the_same_evidence_gives_the_same_json():
    assert compose(evidence()).to_json() == compose(evidence()).to_json()


def test_every_number_of_the_model_has_value_interval_unit_and_sources():
    numbers = json.loads(json.dumps(plain(compose(evidence()).numbers)))
    assert {"V-001", "V-002", "F-001", "D-001"} <= set(numbers)
    for number in numbers.values():
        assert {"value", "low", "high", "unit", "sources", "method"} <= set(number)
        assert number["low"] <= number["value"] <= number["high"]
        assert number["sources"] == ["police"]


def test_the_victims_carry_the_fewest_and_the_most_that_the_records_allow():
    number = compose(evidence()).numbers["V-001"]
    assert (number.low, number.value, number.high, number.level) == (93, 124, 124, None)


def test_parts_carry_the_years_ratio_and_not_their_own_bounds():
    assert evidence().counted("victims_region", year=2025, region="R-1").low == 75


def test_children_are_thirty_of_a_hundred_and_twenty():
    number = compose(evidence()).numbers["V-002"]
    assert number.counted == (30, 120)
    assert number.value == pytest.approx(0.25)


def test_a_hidden_cell_has_no_number_anywhere_in_the_model():
    model = compose(evidence())
    cells = [
        value
        for table in (
            *blocks(model, Table).values(),
            *(c.table for c in blocks(model, Chart).values()),
        )
        for row in (*table.rows, *table.total)
        for value in row.values()
        if isinstance(value, Cell)
    ]
    hidden = [c for c in cells if c.state in ("small", "hidden")]
    assert len(hidden) > 5
    assert all(c.value is None and c.low is None and c.high is None for c in hidden)


def test_no_share_or_rate_is_given_of_a_hidden_count():
    charts = blocks(compose(evidence()), Chart)
    rates = {row["region"].code: row["rate"] for row in charts["map"].table.rows[:3]}
    assert rates["R-2"] == Cell(None, "hidden")
    shares = {r["form_group"]: r for r in charts["forms"].rows if r["year"] == 2025}
    assert shares["other"]["value"] is None


def test_a_region_that_sent_nothing_is_not_known_and_not_zero():
    row = blocks(compose(evidence()), Chart)["map"].rows[2]
    assert (row["region"], row["value"], row["state"]) == ("R-3", None, "unknown")
    heard = blocks(compose(evidence(no_report=frozenset())), Chart)["map"].rows[2]
    assert (heard["value"], heard["state"]) == (0, "zero")


@pytest.mark.parametrize(
    ("before", "word"), [((120, 90), "same"), ((80, 70), "more"), ((200, 150), "fewer")]
)
def test_more_or_fewer_is_said_only_where_the_intervals_lie_apart(before, word):
    n, low = before
    base = evidence()
    table = base.tables["victims_region"]
    whole = (pl.col("year") == "2024") & (pl.col("region") == "_all")
    counts = pl.when(whole).then(n).otherwise(pl.col("n")).cast(pl.Int64).alias("n")
    tables = {
        **base.tables,
        "victims_region": replace(table, frame=table.frame.with_columns(counts)),
    }
    bounds = pl.DataFrame({"year": [2024, 2025], "n": [n, 124], "low": [low, 93], "high": [n, 124]})
    model = compose(evidence(tables=tables, bounds=bounds))
    assert f"report.opening.{word}" in sentences(model, "opening")


def test_the_opening_says_what_a_count_does_not_show():
    quiet = sentences(compose(evidence()), "opening")
    changes = ({"code": "D-1", "year": 2025, "text_kk": "а", "text_ru": "а", "text_en": "a"},)
    labels = {**evidence().labels, "detection_change": {"D-1": {"kk": "а", "ru": "а", "en": "a"}}}
    loud = sentences(compose(evidence(changes=changes, labels=labels)), "opening")
    assert "report.opening.detection_unknown" in quiet
    assert "report.opening.detection_changed" in loud


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [
        (Cell(0.20, "shown", 0.15, 0.26), Cell(0.22, "shown", 0.17, 0.28), "same"),
        (Cell(0.20, "shown", 0.15, 0.26), Cell(0.40, "shown", 0.34, 0.46), "rose"),
        (Cell(0.40, "shown", 0.34, 0.46), Cell(0.20, "shown", 0.15, 0.26), "fell"),
    ],
)
def test_a_share_rose_or_fell_only_where_the_interval_of_the_change_leaves_out_zero(
    first, last, word
):
    assert direction(first, last) == word


@pytest.mark.parametrize(
    ("part", "whole", "state"),
    [
        (Cell(3), Cell(10), "hidden"),  # 3 of 10: the part is between zero and the threshold
        (Cell(8), Cell(10), "hidden"),  # 8 of 10: the rest is
        (Cell(5), Cell(10), "shown"),
        (Cell(0), Cell(10), "shown"),
        (Cell(3), Cell(100), "shown"),
        (Cell(None, "small"), Cell(100), "hidden"),
        (Cell(5), Cell(None, "hidden"), "unknown"),
        (Cell(0), Cell(0), "unknown"),
    ],
)
def test_a_share_of_few_is_shown_only_where_part_and_rest_may_be(part, whole, state):
    assert share_cell(part, whole, 5).state == state


def test_a_number_that_hides_cannot_carry_its_value():
    with pytest.raises(ValueError, match="must hide"):
        Number("X-001", 3, "persons", state="small")


def test_a_shown_number_has_an_interval():
    with pytest.raises(ValueError, match="interval"):
        Number("X-001", 3, "persons")


def test_typical_situations_are_judged_by_the_classifier():
    found = {
        s.key: s.verdicts for s in situations(("palermo", "kz", "eu", "us"), date(2025, 12, 31))
    }
    # standards.md §11, the cells that say plainly yes or no
    assert found["adult_deceived_labour"] == dict.fromkeys(
        ("palermo", "kz", "eu", "us"), "trafficking"
    )
    assert found["girl_of_17"] == dict.fromkeys(("palermo", "kz", "eu", "us"), "trafficking")
    assert found["kidney"]["us"] == "not_covered"
    assert found["newborn_sold"]["kz"] == "trafficking"
    assert found["newborn_sold"]["palermo"] == "not_shown"
    assert found["surrogacy"]["eu"] == "trafficking"
    before = {s.key: s.verdicts for s in situations(("eu",), date(2024, 1, 1))}
    assert before["surrogacy"]["eu"] == "not_covered"


def test_a_cleared_table_answers_for_totals_and_refuses_unknown_dimensions():
    table = cleared("t", ("sex",), {("female",): 7, ("_all",): 9})
    assert table.cell(year=2025).value == 9
    assert table.cell(year=2025, sex="male").state == "zero"
    with pytest.raises(KeyError, match="colour"):
        table.cell(year=2025, colour="red")


def test_every_cell_of_every_table_is_a_number_with_its_sources():
    numbers = json.loads(compose(evidence()).to_json())["numbers"]
    cell = numbers["map.R-1.persons"]
    assert (cell["value"], cell["low"], cell["high"], cell["unit"]) == (100, 75, 100, "persons")
    assert cell["sources"] == ["police"]
    assert numbers["map.R-2.persons"]["value"] is None
    assert numbers["map.R-2.persons"]["state"] == "hidden"
    assert numbers["quality.police.rows"]["unit"] == "rows"
    share = numbers["forms.sexual.2025"]
    assert (share["unit"], share["level"]) == ("share", 0.95)
    assert len(numbers) > 40
