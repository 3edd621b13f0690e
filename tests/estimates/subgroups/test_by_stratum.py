"""Groups of a table: parts and whole, borrowing, refusals, and the same answer every time."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.estimates import (
    StratifiedTable,
    Subgroups,
    by_stratum,
    independence,
    stepwise,
    stratified_rows,
)

from .conftest import invented


def rows_of(table: StratifiedTable) -> list[tuple[str, int, int]]:
    pairs = zip(table.codes, table.counts, strict=True)
    return [(code, h, n) for code, row in pairs for h, n in enumerate(row) if n]


def with_row(table: StratifiedTable, row: tuple[str, int, int]) -> StratifiedTable:
    return stratified_rows("t", table.whole.lists, "year", [*rows_of(table), row])


@pytest.fixture(scope="module")
def table():
    persons = [1500, 900, 400, 100, 40]
    return invented(persons, -1.8, np.random.default_rng(11), level=0.4, mix=0.3)


@pytest.fixture(scope="module")
def answer(table) -> Subgroups:
    return by_stratum(table, boot=200)


def test_the_parts_add_up_to_the_whole_and_none_is_below_what_was_recorded(answer):
    assert sum(p.estimate for p in answer.parts) == answer.total
    for part in answer.parts:
        assert part.estimate >= part.observed
        assert part.interval(0.95).low >= part.observed
    assert (answer.draws.sum(axis=1) >= answer.observed).all()


def test_scaled_to_the_table_the_parts_add_up_to_its_own_estimate(table):
    found = by_stratum(table, boot=100, whole="table")
    own = stepwise(table.whole, boot=100)
    assert found.total == pytest.approx(own.total, rel=1e-12)
    assert found.intervals == own.intervals
    assert all(p.estimate >= p.observed for p in found.parts)


def test_the_printed_parts_add_up_to_the_printed_whole(answer):
    found = re.findall(r"in all ([0-9,]+)", answer.text("en"))
    printed = [int(n.replace(",", "")) for n in found]
    assert len(printed) == len(answer.parts) + 1
    assert sum(printed[:-1]) == printed[-1]


def test_the_80_percent_interval_lies_within_the_95(answer):
    for part in answer.parts:
        wide, near = part.interval(0.95), part.interval(0.8)
        assert wide.low <= near.low < part.estimate < near.high <= wide.high


def test_a_thin_stratum_owns_less_of_its_estimate_than_a_thick_one(answer):
    own = [p.own for p in answer.parts]
    assert own[0] > 0.7 > own[-1] > 0
    assert all(0 <= share <= 1 for share in own)


def test_huge_strata_own_all_of_theirs_and_agree_with_estimates_apart():
    rng = np.random.default_rng(3)
    huge = invented([400_000, 300_000, 200_000], -1.5, rng, lists=3, level=0.5, mix=0.2)
    found = by_stratum(huge, boot=0)
    for part in found.parts:
        assert part.own > 0.99
        apart = independence(huge.part(part.code), boot=0).total
        assert part.estimate == pytest.approx(apart, rel=0.01)


def test_strata_that_are_alike_get_the_rate_of_the_table_as_a_whole():
    rng = np.random.default_rng(4)
    alike = invented([200_000] * 6, -1.5, rng, lists=3)
    found = by_stratum(alike, boot=0, pthresh=1e-12)
    one = independence(alike.whole, boot=0)
    assert max(found.deviations.values()) < 0.02
    for part in found.parts:
        assert part.estimate / part.observed == pytest.approx(one.total / one.observed, rel=0.02)


def test_the_order_of_rows_changes_nothing(table):
    rows = rows_of(table)
    again = stratified_rows("invented", table.whole.lists, "year", rows[::-1])
    a, b = by_stratum(table, boot=40), by_stratum(again, boot=40)
    assert a.to_json() == b.to_json()


def test_a_stratum_without_overlap_gets_a_wide_interval_and_leans_on_the_others(table):
    found = by_stratum(with_row(table, ("2030", 1, 6)), boot=200)
    lone = found.part("2030").interval(0.95)
    thick = found.part("2018").interval(0.95)
    assert lone.high / lone.low > 2 * thick.high / thick.low
    assert found.part("2030").own < 0.5


def test_a_stratum_with_nobody_is_refused_and_not_called_zero(table):
    found = by_stratum(with_row(table, ("2030", 1, 0)), boot=20)
    empty = found.part("2030")
    assert (empty.estimate, empty.refusal.code) == (None, "EST-072")
    assert sum(p.estimate or 0 for p in found.parts) == found.total
    entry = found.to_json()["strata"][-1]
    assert entry["refused"]
    assert entry["why"]["code"] == "EST-072"


def test_without_any_overlap_the_groups_are_refused():
    rows = [("f", 1, 9), ("f", 2, 8), ("m", 1, 7), ("m", 4, 5)]
    with pytest.raises(AnswerRefused, match="EST-020"):
        by_stratum(stratified_rows("t", list("ABC"), "sex", rows))


@pytest.mark.parametrize("options", [{"whole": "both"}, {"boot": 3}])
def test_an_option_that_cannot_be_used_is_refused(table, options):
    with pytest.raises(UsageRefused, match="EST-032"):
        by_stratum(table, **options)


def test_the_answer_is_plain_json_with_its_seed_and_its_cautions(answer):
    told = json.loads(json.dumps(answer.to_json("kk"), allow_nan=False))
    assert told["settings"]["seed"] == 20260101
    assert {"EST-108", "EST-173"} <= {c["code"] for c in told["cautions"]}
    assert set(told["strata"][0]) >= {
        "code",
        "observed",
        "estimate",
        "lo95",
        "hi80",
        "pooling",
        "why",
    }


def test_unequal_detection_that_the_whole_table_hides_is_said():
    """Years found twice as easily raise the overlaps of the whole: Sekar & Deming (1949)."""
    effects = np.array([-2.5, -2.5, -0.7, -0.7])[:, None]
    table = invented([9000] * 4, effects, np.random.default_rng(2), lists=3)
    found = by_stratum(table, boot=100, pthresh=1e-300)
    assert found.table_total < 0.9 * 36_000
    assert found.total == pytest.approx(36_000, rel=0.05)
    assert "EST-171" in {c.code for c in found.cautions}
