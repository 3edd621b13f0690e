"""What may be printed: hand-made publications, and the promises of a release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from aiqyn.disclosure import (
    ALL,
    CountTable,
    Release,
    Rules,
    attack,
    count_table,
    load_rules,
    protect,
    publication_table,
)
from aiqyn.errors import InputRefused

Count = Callable[..., CountTable]
MIXED = ["f child"] * 7 + ["m child"] * 3 + ["f adult"] * 40 + ["m adult"] * 11 + ["f old"] * 9


def status(release: Release, table: str, **codes: str) -> str:
    frame = release.tables[table]
    dims = [c for c in frame.columns if c not in ("n", "status")]
    wanted = [pl.col(d) == codes.get(d, ALL) for d in dims]
    return str(frame.filter(wanted)["status"].item())


def test_hiding_only_the_small_cells_is_opened_by_the_attack(
    count: Count, only_primary: Callable[..., Release], rules: Rules
) -> None:
    careless = only_primary([count("t", "sex age", MIXED)], rules)
    (opening,) = attack(careless, rules)
    assert (dict(opening.cell), opening.low, opening.high) == ({"sex": "m", "age": "child"}, 3, 3)


def test_a_protected_table_is_not_opened(count: Count, rules: Rules) -> None:
    release = protect([count("t", "sex age", MIXED)], rules)
    assert attack(release, rules) == ()
    assert status(release, "t", sex="m", age="child") == "small"


def test_inner_cells_are_hidden_before_totals(count: Count, rules: Rules) -> None:
    release = protect([count("t", "sex age", MIXED)], rules)
    assert status(release, "t") == "shown"
    hidden = release.tables["t"].filter(pl.col("status") == "hidden")
    assert not hidden.filter((pl.col("sex") == ALL) | (pl.col("age") == ALL)).height
    assert hidden.height == 3  # a rectangle is the least that a lone small cell needs


def test_zeros_stay_zeros_and_numbers_left_are_the_true_ones(count: Count, rules: Rules) -> None:
    table = count("t", "sex age", MIXED)
    both = table.counts.join(
        protect([table], rules).tables["t"], on=["sex", "age"], suffix="_printed"
    )
    assert both.filter((pl.col("n") == 0) & (pl.col("n_printed") != 0)).height == 0
    assert both.filter(pl.col("n") == 0).height > 0
    assert both.filter(pl.col("n") != pl.col("n_printed").fill_null(pl.col("n"))).height == 0
    assert both.filter(pl.col("n").is_between(1, 4) & pl.col("n_printed").is_not_null()).height == 0


def test_two_tables_that_share_a_margin_are_protected_together(count: Count, rules: Rules) -> None:
    people = ["f north"] * 3 + ["m north"] * 20 + ["f south"] * 30 + ["m south"] * 15
    inner, margin = count("a", "sex region", people), count("b", "region", [p[2:] for p in people])
    release = protect([inner, margin], rules)
    assert attack(release, rules) == ()
    # The same cell carries the same mark wherever it is printed.
    for region in ("north", "south"):
        assert status(release, "a", region=region) == status(release, "b", region=region)


def test_years_without_a_total_are_protected_each_for_itself(count: Count, rules: Rules) -> None:
    people = ["2024 f"] * 3 + ["2024 m"] * 20 + ["2025 f"] * 30 + ["2025 m"] * 20
    release = protect([count("t", "year sex", people, no_total=["year"])], rules)
    assert ALL not in release.tables["t"]["year"]
    assert status(release, "t", year="2025", sex="m") == "shown"
    assert status(release, "t", year="2024", sex="m") == "hidden"


def test_a_person_under_two_forms_leaves_more_room_than_a_sum(rules: Rules) -> None:
    people = pl.DataFrame({"form": [["a"]] * 20 + [["a", "b"]] * 5 + [["b"]] * 8 + [["c"]] * 3})
    table = by_form(people)
    release = protect([table], rules)
    # Total 36, a 25, b 13: c could be anything, for parts overlap. Nothing else needs hiding.
    assert release.report()["forms"]["primary"] == 1
    assert release.report()["forms"]["secondary"] == 0
    assert attack(release, rules) == ()


def by_form(people: pl.DataFrame) -> CountTable:
    return count_table("forms", people, ["form"])


def test_parts_that_overlap_still_bound_the_total(
    only_primary: Callable[..., Release], rules: Rules
) -> None:
    # One person has two forms, eleven have one: the total 12 is at most 9 + the hidden part.
    people = pl.DataFrame({"form": [["a"]] * 8 + [["a", "b"]] + [["b"]] * 3})
    careless = only_primary([by_form(people)], rules)
    assert [(o.low, o.high) for o in attack(careless, rules)] == [(3, 4)]


def test_a_group_with_a_single_form_gives_the_form_away_unless_both_are_hidden(
    only_primary: Callable[..., Release], rules: Rules
) -> None:
    # The code lists know that forced_begging is the only form in its group.
    forms = pl.DataFrame(
        {"form": [ALL, "forced_begging", "slavery", "servitude"], "n": [40, 9, 16, 15]}
    )
    groups = pl.DataFrame({"form_group": [ALL, "begging", "labour"], "n": [40, 9, 31]})
    tables = [publication_table("forms", forms), publication_table("groups", groups)]
    printed = only_primary(tables, rules)
    cells = printed.published[0].cells.with_columns(
        pl.when(pl.col("form") == "forced_begging")
        .then(pl.lit("hidden"))
        .otherwise(pl.col("status"))
        .alias("status"),
        pl.when(pl.col("form") != "forced_begging").then(pl.col("n")).alias("n"),
    )
    changed = Release((replace(printed.published[0], cells=cells), printed.published[1]))
    assert [(o.low, o.high) for o in attack(changed, rules)] == [(9, 9)]


def test_a_condition_that_all_persons_meet_ties_a_table_to_the_one_that_prints_it(
    rules: Rules,
) -> None:
    verdicts = pl.DataFrame(
        {
            "definition": ["palermo"] * 3 + ["us"] * 3,
            "verdict": [ALL, "trafficking", "unknown"] * 2,
            "n": [50, 40, 10, 50, 38, 12],
        }
    )
    sexes = pl.DataFrame({"sex": [ALL, "female", "male"], "n": [40, 38, 2]})
    tables = [
        publication_table("definitions", verdicts),
        publication_table("sex", sexes, given={"definition": "palermo", "verdict": "trafficking"}),
    ]
    release = protect(tables, rules)
    assert attack(release, rules) == ()
    assert status(release, "sex") == status(
        release, "definitions", definition="palermo", verdict="trafficking"
    )


def test_totals_that_do_not_add_up_are_refused(rules: Rules) -> None:
    table = CountTable("t", ("sex",), pl.DataFrame({"sex": [ALL, "f", "m"], "n": [10, 6, 5]}))
    with pytest.raises(InputRefused) as refusal:
        protect([table], rules)
    assert refusal.value.code == "DISC-002"


def test_two_numbers_for_one_cell_are_refused(count: Count, rules: Rules) -> None:
    with pytest.raises(InputRefused) as refusal:
        protect([count("a", "sex", ["f"] * 9), count("b", "sex", ["f"] * 8)], rules)
    assert refusal.value.code == "DISC-003"


@pytest.mark.parametrize("n", [[-1, 5], [None, 5], [0.5, 5]])
def test_counts_that_are_no_persons_are_refused(n: list[float]) -> None:
    with pytest.raises(InputRefused) as refusal:
        CountTable("t", ("sex",), pl.DataFrame({"sex": ["f", "m"], "n": n}))
    assert refusal.value.code == "DISC-004"


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_every_threshold_keeps_its_own_width(count: Count, threshold: int) -> None:
    rules = replace(load_rules(), threshold=threshold)
    release = protect([count("t", "sex age", MIXED)], rules)
    assert attack(release, rules) == ()
    assert release.tables["t"].filter(pl.col("n").is_between(1, threshold - 1)).height == 0


def test_the_true_numbers_do_not_show_in_a_repr(count: Count) -> None:
    assert "40" not in repr(count("t", "sex age", MIXED))
