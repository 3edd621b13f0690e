"""What a reader can subtract: small publications worked out by hand."""

from __future__ import annotations

import polars as pl
import pytest

from aiqyn.disclosure import FOREIGN, PublishedTable, attack, examine, published_table


def printed(dims: str, text: str) -> PublishedTable:
    """A table of another office; the last word of each line is a number, ``<5`` or ``x``."""
    names, rows = tuple(dims.split()), [line.split() for line in text.strip().splitlines()]
    mark = {"<5": "small", "x": "hidden"}
    cells = pl.DataFrame(
        [(*codes, None if n in mark else int(n), mark.get(n, "shown")) for *codes, n in rows],
        {**dict.fromkeys(names, pl.String), "n": pl.Int64, "status": pl.String},
        orient="row",
    )
    return published_table("t", names, cells, total="Total")


def test_a_total_minus_its_other_part_is_an_exact_opening() -> None:
    table = printed("sex", "Total 12\nfemale 9\nmale <5")
    (opening,) = attack([table], FOREIGN)
    assert (opening.cell, opening.low, opening.high) == ({"sex": "male"}, 3, 3)
    assert opening.exact
    assert str(opening.equations[0]) == "[_all: 12] = [sex=female: 9] + [sex=male: <5]"


def test_two_small_parts_of_a_large_sum_are_almost_known() -> None:
    table = printed("age", "Total 17\nchild <5\nadult <5\nunknown 10")
    assert [(o.low, o.high) for o in attack([table], FOREIGN)] == [(3, 4), (3, 4)]


def test_two_small_parts_with_room_between_them_stay_closed() -> None:
    assert attack([printed("age", "Total 14\nchild <5\nadult <5\nunknown 10")], FOREIGN) == ()


def test_a_foreign_small_mark_may_be_a_zero_and_ours_may_not() -> None:
    # The two cells add up to 4: each 0 to 4 when "<5" may be zero, 1 to 3 when it may not.
    table = printed("age", "Total 14\nchild <5\nadult <5\nunknown 10")
    own = FOREIGN.__class__()
    assert [(o.low, o.high) for o in attack([table], own)] == [(1, 3), (1, 3)]


def test_a_sum_with_a_part_that_does_not_stand_in_the_file_is_not_used() -> None:
    table = printed(
        "year sex",
        "1 Total 12\n1 female 9\n1 male <5\n1 other 0\n2 Total 12\n2 female 9\n2 male <5",
    )
    assert [o.cell["year"] for o in attack([table], FOREIGN)] == ["1"]


def test_an_opening_that_takes_several_sums_names_them_all() -> None:
    # No line has a single hidden cell; rows 1 and 2 less columns 1 and 2 still give 42 - 30 = 12.
    table = printed(
        "a b",
        """
        1 Total 13
        2 Total 29
        Total 1 16
        Total 2 14
        Total 3 x
        1 1 x
        1 2 x
        1 3 0
        2 1 x
        2 2 x
        2 3 x
        3 1 0
        3 2 0
        3 3 x
        """,
    )
    (opening,) = attack([table], FOREIGN)
    assert (opening.cell, opening.low, opening.high) == ({"a": "2", "b": "3"}, 12, 12)
    assert len(opening.equations) == 4
    assert {str(e.total) for e in opening.equations} == {
        "[a=1: 13]",
        "[a=2: 29]",
        "[b=1: 16]",
        "[b=2: 14]",
    }


def test_sums_that_cannot_hold_are_left_out_and_told() -> None:
    table = printed(
        "year sex", "1 Total 12\n1 female 9\n1 male 8\n2 Total 9\n2 female 7\n2 male <5"
    )
    examination = examine([table], FOREIGN)
    assert len(examination.contradictions) == 1
    assert [o.cell["year"] for o in examination.openings] == ["2"]


def test_sums_that_only_together_cannot_hold_are_left_out_and_told() -> None:
    table = printed(
        "a b",
        """
        1 Total 10
        2 Total 10
        Total 1 30
        Total 2 30
        Total Total 20
        1 1 x
        1 2 x
        2 1 x
        2 2 x
        """,
    )
    assert examine([table], FOREIGN).contradictions


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_an_opening_is_told_with_its_sum_in_every_language(lang: str) -> None:
    (opening,) = attack([printed("sex", "Total 12\nfemale 9\nmale <5")], FOREIGN)
    told = opening.text(lang)
    assert "sex=male" in told
    assert "[_all: 12] = [sex=female: 9] + [sex=male: <5]" in told
    assert "{" not in told


def test_the_order_of_tables_and_rows_does_not_change_what_is_found() -> None:
    table = printed("sex", "Total 12\nfemale 9\nmale <5")
    turned = printed("sex", "male <5\nTotal 12\nfemale 9")
    assert attack([table], FOREIGN) == attack([turned], FOREIGN)
