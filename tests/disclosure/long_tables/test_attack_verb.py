"""The contract of ``aiqyn attack``: what opens, what does not, and what it says of it."""

from __future__ import annotations

from itertools import product

import pytest

LINE = ("region sex count", "Total Total 50", "A Total 20", "B Total 30")


def opened(answer) -> dict[tuple[tuple[str, str], ...], tuple[int, int]]:
    return {
        tuple(sorted(r["cell"].items())): (r["low"], r["high"]) for r in answer.json["recoverable"]
    }


def test_a_total_minus_its_other_part_gives_the_number(typed, csv_of) -> None:
    told = typed("attack", csv_of("t", "sex n", "Total 40", "F 38", "M <5"), "--json")
    assert told.code == 4
    assert told.json["cells"] == 3
    assert told.json["suppressed"] == 1
    (found,) = told.json["recoverable"]
    assert found["file"] == "t.csv"
    assert found["cell"] == {"sex": "M"}
    assert (found["low"], found["high"]) == (2, 2)
    assert all(part in found["by"] for part in ("Total 40", "F 38", "M <5"))
    assert told.json["exact"] == 1
    assert told.json["verdict"] == "open"


def test_nothing_open_ends_with_0(typed, csv_of) -> None:
    told = typed("attack", csv_of("t", "sex n", "Total 40", "F x", "M <5"), "--json")
    assert (told.code, told.json["recoverable"], told.json["verdict"]) == (0, [], "holds")


@pytest.mark.parametrize(
    ("option", "low", "high"), [((), 0, 2), (("--zeros-shown",), 1, 1)], ids=["0 to 4", "1 to 4"]
)
def test_what_a_mark_says_depends_on_whether_zeros_are_shown(
    typed, csv_of, option, low, high
) -> None:
    table = csv_of("t", "sex n", "Total 40", "F 38", "M <5", "O <5")
    found = opened(typed("attack", table, "--json", *option))
    assert found == {(("sex", "M"),): (low, high), (("sex", "O"),): (low, high)}


def test_a_cell_that_keeps_all_that_its_mark_says_is_not_named(typed, csv_of) -> None:
    """``<3`` with threshold 5: 0, 1, 2 are all that it ever said."""
    table = csv_of("t", "sex n", "Total 40", "F x", "O x", "M <3")
    assert typed("attack", table, "--json").json["recoverable"] == []


def test_width_is_measured_against_the_threshold(typed, csv_of) -> None:
    """A width of 3 (four values left) is enough for 5 and too little for 10."""
    table = csv_of("t", "sex n", "Total 40", "F 37", "M x", "O x")
    assert typed("attack", table, "--json").json["recoverable"] == []
    told = typed("attack", table, "--threshold", "10", "--json")
    assert opened(told) == {(("sex", "M"),): (0, 3), (("sex", "O"),): (0, 3)}


def test_a_sum_is_used_only_when_all_its_parts_stand_in_the_file(typed, csv_of) -> None:
    rows = ["Total Total 50", "Total F 30", "Total M 20", "A F 28", "A M 15", "B F <5"]
    table = csv_of("t", "region sex n", *rows)
    assert opened(typed("attack", table, "--json")) == {(("region", "B"), ("sex", "F")): (2, 2)}
    rows = ["Total F 30", "Total M 20", "A F 28", "B F <5", "A M x", "B M 18", "C M 1"]
    table = csv_of("u", "region sex n", *rows)
    assert opened(typed("attack", table, "--json")) == {(("region", "A"), ("sex", "M")): (1, 1)}
    assert opened(typed("attack", table, "--absent-zero", "--json")) == {
        (("region", "A"), ("sex", "M")): (1, 1),
        (("region", "B"), ("sex", "F")): (2, 2),
    }


def test_districts_are_parts_of_their_region_only(typed, csv_of) -> None:
    table = csv_of(
        "t",
        "region district n",
        "Total Total 100",
        "R1 Total 60",
        "R2 Total 40",
        "R1 D1 58",
        "R1 D2 <5",
        "R2 D1 30",
        "R2 D3 x",
    )
    assert opened(typed("attack", table, "--json")) == {
        (("district", "D2"), ("region", "R1")): (2, 2),
        (("district", "D3"), ("region", "R2")): (10, 10),
    }


def test_files_that_print_one_cell_are_attacked_jointly(typed, csv_of) -> None:
    """Alone neither opens; together the region's total is known, and with it the girl."""
    one = csv_of(
        "one", "region sex n", "Total F 60", "A F x", "B F <5", "Total Total 90", "A Total x"
    )
    two = csv_of("two", "region age n", "A child 7", "A Total 50", "Total child 9")
    three = csv_of("three", "region sex n", "A F 57")
    for alone in (one, two):
        assert typed("attack", alone, "--json").json["recoverable"] == []
    found = opened(typed("attack", one, two, three, "--json"))
    assert found == {
        (("region", "A"),): (50, 50),
        (("region", "A"), ("sex", "F")): (57, 57),
        (("region", "B"), ("sex", "F")): (3, 3),
    }


def test_what_cannot_hold_is_listed_and_left_out_block_by_block(typed, csv_of) -> None:
    table = csv_of(
        "t",
        "year sex n",
        "2020 Total 10",
        "2020 F 12",
        "2020 M <5",
        "2021 Total 10",
        "2021 F 7",
        "2021 M <5",
        "2022 Total 10",
        "2022 Total 11",
        "2022 F 7",
        "2022 M <5",
    )
    told = typed("attack", table, "--json")
    assert opened(told) == {(("sex", "M"), ("year", "2021")): (3, 3)}
    first, second = told.json["contradictions"]
    assert "Total 10 = F 12 + M <5" in first["equation"]
    assert second["rows"] == [8, 9]


@pytest.mark.parametrize(
    "mark", ["<5", "< 5", "≤4", "0-4", "менее 5", "не более 4", "5-тен аз", "fewer than 5"]
)
def test_marks_in_three_languages_say_0_to_4(typed, tmp_path, mark: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"sex,n\nTotal,40\nF,38\nM,{mark}\nO,{mark}\n", encoding="utf-8")
    assert opened(typed("attack", path, "--json")) == {
        (("sex", "M"),): (0, 2),
        (("sex", "O"),): (0, 2),
    }


@pytest.mark.parametrize("mark", ["x", "х", "c", "..", "құпия", "скрыто", "suppressed"])
def test_marks_without_a_bound_say_nothing(typed, tmp_path, mark: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"sex,n\nTotal,40\nF,25\nM,{mark}\n", encoding="utf-8")
    assert opened(typed("attack", path, "--json")) == {(("sex", "M"),): (15, 15)}


def test_thousands_are_read_whichever_way_they_are_set_apart(typed, tmp_path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('sex,n\nTotal,"1,757"\nF,1 755\nM,<5\n', encoding="utf-8")
    assert opened(typed("attack", path, "--json")) == {(("sex", "M"),): (2, 2)}


@pytest.mark.parametrize(
    ("rows", "code"),
    [(("Total 4", "F -3"), "DISC-022"), (("Total 4", "F about"), "DISC-009")],
    ids=["negative", "no number"],
)
def test_what_is_no_count_is_refused_with_its_row(typed, csv_of, rows, code) -> None:
    told = typed("attack", csv_of("t", "sex n", *rows), "--json")
    assert (told.code, told.json["error"]["code"]) == (3, code)
    assert "3" in told.json["error"]["message"]


def test_dimensions_and_counts_are_found_or_named(typed, csv_of) -> None:
    table = csv_of("t", "row sex flag cases", "1 Total a 40", "2 F b 38", "3 M c <5")
    assert opened(typed("attack", table, "--json")) == {}
    named = typed("attack", table, "--dims", "sex", "--value", "cases", "--json")
    assert opened(named) == {(("sex", "M"),): (2, 2)}
    wrong = typed("attack", table, "--dims", "gender", "--json")
    assert (wrong.code, wrong.json["error"]["code"]) == (2, "DISC-020")


def test_joint_bounds_are_those_of_every_possible_table(typed, csv_of) -> None:
    """A 3 x 3 table with four hidden cells in a ring and one beside them, by brute force."""
    true = {"A": (3, 9, 8), "B": (6, 2, 12), "C": (20, 30, 4)}
    hidden = {("A", 0), ("A", 1), ("B", 0), ("B", 1), ("C", 2)}
    sums = {r: sum(ns) for r, ns in true.items()}
    columns = [sum(ns[j] for ns in true.values()) for j in range(3)]
    rows = [f"Total s{j} {columns[j]}" for j in range(3)]
    rows += [f"{r} Total {n}" for r, n in sums.items()] + [f"Total Total {sum(columns)}"]
    for r, ns in true.items():
        for j, n in enumerate(ns):
            small = "<5" if n < 5 else "x"
            rows.append(f"{r} s{j} {small if (r, j) in hidden else n}")
    possible = [
        (a0, a1, b0, b1, c2)
        for a0, a1, b0, b1, c2 in product(range(5), range(30), range(30), range(5), range(5))
        if a0 + a1 + 8 == sums["A"]
        and b0 + b1 + 12 == sums["B"]
        and a0 + b0 + 20 == columns[0]
        and a1 + b1 + 30 == columns[1]
        and 8 + 12 + c2 == columns[2]
    ]
    names = [("A", 0), ("A", 1), ("B", 0), ("B", 1), ("C", 2)]
    wanted = {}
    for at, (region, sex) in enumerate(names):
        ends = min(p[at] for p in possible), max(p[at] for p in possible)
        if ends[1] - ends[0] < 3:
            wanted[("region", region), ("sex", f"s{sex}")] = ends
    found = opened(typed("attack", csv_of("t", "region sex n", *rows), "--json"))
    assert found == wanted
    assert wanted


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_answer_is_told_in_three_languages(typed, csv_of, lang: str) -> None:
    told = typed("attack", csv_of("t", "sex n", "Total 40", "F 38", "M <5"), "--lang", lang)
    assert told.code == 4
    assert "Total 40 = F 38 + M <5" in told.out
