"""Bad tables are refused with a code; good ones are read whatever their form."""

from __future__ import annotations

import polars as pl
import pytest

from aiqyn import words
from aiqyn.errors import InputRefused
from aiqyn.estimates import capture_table, read_replicates, read_table, table_of_persons

GOOD = "a,b,c,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n0,1,1,4\n"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("EST-001", "a,b\n1,0\n"),
        ("EST-001", ""),
        ("EST-001", "a,b,count\n"),
        ("EST-002", GOOD.replace("1,0,0,40", "yes,0,0,40")),
        ("EST-003", GOOD.replace("40", "-4")),
        ("EST-003", GOOD.replace("40", "4.5")),
        ("EST-003", GOOD.replace("40", "many")),
        ("EST-003", GOOD.replace("40", "nan")),
        ("EST-003", GOOD.replace("40", "inf")),
        ("EST-003", GOOD.replace("40", "1e300")),
        ("EST-004", GOOD.replace("a,b,c", "a,b,a")),
        ("EST-005", "a,count\n1,40\n"),
        ("EST-006", ",".join("abcdefghijk") + ",count\n" + ",".join(["1"] * 11) + ",4\n"),
        ("EST-007", GOOD + "0,0,0,12\n"),
        ("EST-008", "a,b,c,count\n1,0,0,40\n0,1,0,30\n1,1,0,6\n"),
        ("EST-009", "a,b,c,count\n1,1,0,40\n0,0,1,30\n1,1,1,6\n"),
        ("EST-010", "a,b,c,count\n1,1,1,40\n"),
        ("EST-012", GOOD.replace("40", "x")),
        ("EST-012", GOOD.replace("40", ">5")),
        ("EST-012", GOOD.replace("40", "4-1")),
        ("EST-060", GOOD.replace("40", "<5")),
        ("EST-013", "a,b,count\n1,0,0\n0,1,0\n"),
        ("EST-015", GOOD + "1,0,4\n"),
    ],
)
def test_a_bad_table_is_refused_with_its_code_and_a_way_out(csv_file, code, text):
    with pytest.raises(InputRefused) as refusal:
        read_table(csv_file(text))
    assert refusal.value.code == code
    assert refusal.value.exit_code == 3
    for lang in words.LANGUAGES:
        assert refusal.value.text(lang) != refusal.value.mend(lang)


def test_the_refused_row_and_column_are_named_but_not_the_value(csv_file):
    with pytest.raises(InputRefused) as refusal:
        read_table(csv_file(GOOD.replace("1,0,0,40", "Ivanova,0,0,40")))
    assert "row 2" in refusal.value.text("en")
    assert "“a”" in refusal.value.text("en")
    assert "Ivanova" not in refusal.value.text("en")


@pytest.mark.parametrize("change", [("", ""), (",", ";"), (",", "\t"), ("count", "Count")])
def test_commas_semicolons_tabs_and_capitals_give_the_same_table(csv_file, change):
    plain = read_table(csv_file(GOOD))
    assert read_table(csv_file(GOOD.replace(*change) if change[0] else GOOD)).counts == plain.counts


def test_zero_rows_and_split_rows_change_nothing(csv_file):
    plain = read_table(csv_file(GOOD))
    split = GOOD.replace("1,0,0,40", "1,0,0,15\n1,0,0,25") + "1,1,1,0\n"
    assert read_table(csv_file(split)).counts == plain.counts


def test_a_person_listed_twice_by_one_agency_is_counted_once():
    listed = pl.DataFrame(
        {
            "person": ["p1", "p1", "p1", "p2", "p3", "p3"],
            "agency": ["police", "ngo", "ngo", "ngo", "police", "court"],
        }
    )
    table = table_of_persons(listed)
    assert table.observed == 3
    assert table.totals == {"court": 1, "ngo": 2, "police": 2}
    assert table.overlaps[("ngo", "police")] == 1


def test_replicates_follow_the_rows_of_the_table(csv_file, tmp_path):
    table = read_table(csv_file(GOOD))
    file = tmp_path / "replicates.csv"
    file.write_text("r1,r2,r3,r4,r5,estimate\n1,2,3,4,5,99.5\n", encoding="utf-8")
    drawn = read_replicates(file, table)
    assert [drawn[0][h] for h in table.rows] == [1, 2, 3, 4, 5]
    assert drawn.sum() == 15


@pytest.mark.parametrize("heading", ["r1,r2,r3,r4", "r1,r2,r3,r4,r5,r6", "a,b,c,d,e"])
def test_replicates_of_another_table_are_refused(csv_file, tmp_path, heading):
    table = read_table(csv_file(GOOD))
    file = tmp_path / "replicates.csv"
    file.write_text(f"{heading}\n{','.join('1' for _ in heading.split(','))}\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="EST-014"):
        read_replicates(file, table)


def test_a_table_says_what_it_is():
    table = capture_table({("police",): 40, ("ngo",): 30, ("police", "ngo"): 6})
    assert repr(table) == "CaptureTable table: 76 persons on 2 lists"
