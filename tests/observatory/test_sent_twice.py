"""What an agency sends twice is counted once; what only looks alike is not (decision 11)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from aiqyn.observatory.sent_twice import copies, once

MAY, JUNE = date(2025, 5, 5), date(2025, 6, 5)


def kept(*rows: tuple[str, str, str | None, date | None]) -> set[str]:
    """Files and rows that stay; each row: agency, file:sheet:row, number, day of detection."""
    table = pl.DataFrame(
        [(f"{agency}:{place}", agency, number, day) for agency, place, number, day in rows],
        schema={
            "source_id": pl.String,
            "agency": pl.String,
            "record_id": pl.String,
            "date_detected": pl.Date,
        },
        orient="row",
    )
    return set(once(table)["source_id"])


def test_of_the_same_number_and_day_at_one_agency_the_file_last_by_name_holds():
    sent = [("police", "a.csv::2", "7", MAY), ("police", "b.csv::9", "7", MAY)]
    assert kept(*sent) == kept(*reversed(sent)) == {"police:b.csv::9"}


def test_names_are_compared_sign_by_sign_so_that_ten_comes_before_nine():
    sent = [("police", "part_10.csv::2", "7", MAY), ("police", "part_9.csv::2", "7", MAY)]
    assert kept(*sent) == {"police:part_9.csv::2"}


def test_another_day_another_agency_and_no_number_or_day_are_other_records():
    sent = [
        ("police", "a.csv::2", "7", MAY),
        ("police", "b.csv::2", "7", JUNE),
        ("shelter", "c.csv::2", "7", MAY),
        ("police", "a.csv::3", None, MAY),
        ("police", "b.csv::3", None, MAY),
        ("police", "a.csv::4", "8", None),
        ("police", "b.csv::4", "8", None),
    ]
    assert kept(*sent) == {f"{agency}:{place}" for agency, place, *_ in sent}


def test_two_rows_of_one_file_are_left_to_the_mapping():
    sent = [("police", "a.csv::2", "7", MAY), ("police", "a.csv::3", "7", MAY)]
    assert len(kept(*sent)) == 2


def test_a_copy_is_known_by_its_bytes_at_whichever_agency_it_lies(tmp_path: Path):
    for name, content in {"a.csv": b"1", "b.csv": b"1", "c.csv": b"2"}.items():
        (tmp_path / name).write_bytes(content)
    a, b, c = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    assert copies([a, b, c]) == {b: a}
