"""The door: what passes it, what does not, and what the report can see."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from aiqyn.disclosure import (
    Cleared,
    CountTable,
    PublishedCount,
    Release,
    Rules,
    clear,
    cleared_counts,
    protect,
    published_ranks,
    published_share,
)
from aiqyn.errors import NotPermitted

Count = Callable[..., CountTable]
PEOPLE = ["f child"] * 7 + ["m child"] * 3 + ["f adult"] * 40 + ["m adult"] * 11 + ["f old"] * 9


@pytest.fixture
def cleared(count: Count, rules: Rules) -> Cleared[Release]:
    return clear([count("t", "sex age", PEOPLE)], rules)


def test_nobody_else_can_make_a_cleared_value() -> None:
    with pytest.raises(TypeError):
        Cleared(Release())
    with pytest.raises(TypeError):
        Cleared(Release(), key=object())


def test_a_cleared_value_cannot_be_changed_or_copied_into_another(
    cleared: Cleared[Release],
) -> None:
    with pytest.raises(AttributeError):
        cleared.value = Release()
    with pytest.raises(TypeError):
        pickle.dumps(cleared)
    with pytest.raises(TypeError):
        copy.copy(cleared)


def test_a_release_that_the_attack_opens_does_not_pass(
    count: Count, only_primary: Callable[..., Release], rules: Rules
) -> None:
    careless = only_primary([count("t", "sex age", PEOPLE)], rules)
    with pytest.raises(NotPermitted) as refusal:
        clear(careless, rules)
    assert refusal.value.code == "DISC-001"
    assert refusal.value.slots == {"table": "t", "cell": "sex=m, age=child"}


def test_a_refusal_does_not_tell_the_number_it_protects(
    count: Count, only_primary: Callable[..., Release], rules: Rules
) -> None:
    with pytest.raises(NotPermitted) as refusal:
        clear(only_primary([count("t", "sex age", PEOPLE)], rules), rules)
    assert not any(c.isdigit() for c in refusal.value.text("en"))


def test_a_release_that_prints_a_small_number_does_not_pass(count: Count, rules: Rules) -> None:
    release = protect([count("t", "sex age", PEOPLE)], rules)
    (table,) = release.published
    all_shown = table.cells.with_columns(
        pl.lit("shown").alias("status"), pl.col("n").fill_null(3).alias("n")
    )
    with pytest.raises(NotPermitted) as refusal:
        clear(Release((replace(table, cells=all_shown),)), rules)
    assert refusal.value.code == "DISC-007"


def test_the_report_sees_a_number_or_a_mark_and_never_both(cleared: Cleared[Release]) -> None:
    assert cleared_counts(cleared, "t") == PublishedCount(70, "shown")
    assert cleared_counts(cleared, "t", sex="m", age="child") == PublishedCount(None, "small")
    assert cleared_counts(cleared, "t", sex="m", age="old") == PublishedCount(0, "shown")


def test_a_cell_that_is_not_in_the_table_is_our_own_fault(cleared: Cleared[Release]) -> None:
    with pytest.raises(KeyError):
        cleared_counts(cleared, "t", sex="martian")
    with pytest.raises(KeyError):
        cleared_counts(cleared, "t", citizenship="XSA")


def test_a_share_of_a_hidden_cell_is_hidden() -> None:
    small, whole = PublishedCount(None, "small"), PublishedCount(70, "shown")
    assert published_share(small, whole).value is None
    assert published_share(small, whole).status == "small"
    assert published_share(whole, small).value is None
    assert published_share(PublishedCount(35, "shown"), whole).value == 0.5


def test_a_hidden_cell_has_no_rank(cleared: Cleared[Release]) -> None:
    hidden_ages = {
        age
        for age in ("child", "adult", "old")
        if cleared_counts(cleared, "t", sex="m", age=age).value is None
    }
    assert hidden_ages
    assert not hidden_ages & set(published_ranks(cleared, "t", "age", sex="m"))
    assert published_ranks(cleared, "t", "age") == ["adult", "child", "old"]
