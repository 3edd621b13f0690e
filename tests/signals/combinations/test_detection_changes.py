"""Detection or crime: a rise that follows a recorded change in detection says so."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from benches.planted import noise, with_a_pair

from aiqyn.signals.detection_changes import changes_behind

HEADING = "code,date,until,region,agency,text_kk,text_ru,text_en"
CAMPAIGN = "D-1,2024-01-05,2024-12-31,_all,labour,Науқан,Кампания,A campaign"
LONG_AGO = "D-2,2021-03-01,,_all,_all,Ескі,Старое,Long ago"


def persons(agencies):
    days = [date(2024, 2, 1)] * len(agencies)
    return pl.DataFrame({"date": days, "agency": agencies})


@pytest.mark.parametrize(
    ("change", "agencies", "told"),
    [
        ({"date": "2024-01-05"}, ["labour"] * 4, 4),
        ({"date": "2024-01-05"}, ["labour", "police", "police"], None),
        ({"date": "2024-01-05"}, ["labour", "police"], 1),
        ({"date": "2024-02-02"}, ["labour"] * 4, None),
        ({"date": "2022-06-01"}, ["labour"] * 4, None),
        ({"date": "2022-06-01", "until": "2024-01-31"}, ["labour"] * 4, 4),
        ({"date": "2024-01-05", "region": "XSA-02"}, ["labour"] * 4, 4),
    ],
    ids=[
        "all of the agency",
        "less than half",
        "half",
        "the change came after them",
        "more than a year before",
        "it went on",
        "the file has no regions",
    ],
)
def test_a_change_is_told_when_it_can_have_brought_half(change, agencies, told):
    row = {"code": "D", "until": "", "region": "_all", "agency": "labour", **change}
    mine = persons(agencies)
    found = list(changes_behind(mine, [row], date(2024, 1, 1), date(2024, 12, 31), "date"))
    assert [n for _, _, n in found] == ([] if told is None else [told])


@pytest.fixture
def watched(typed, tmp_path):
    """The first signal of a file with a planted pair, which lies where it is said."""

    def watch(*words, folder=tmp_path):
        records, _ = with_a_pair(noise(1), 1)
        file = folder / "r.csv"
        records.with_columns(agency=pl.lit("labour")).write_csv(file)
        return typed(
            *("watch", "--records", file, "--date", "date", "--attributes", "a,b,c"), *words
        )

    return watch


def written(file, *rows):
    file.write_text("\n".join((HEADING, *rows)) + "\n", encoding="utf-8")
    return file


def test_a_signal_names_the_campaign_that_it_follows_and_no_older_change(watched, tmp_path):
    changes = written(tmp_path / "changes.csv", CAMPAIGN, LONG_AGO)
    (other,) = watched("--detection-changes", changes, "--json").json["signals"][0][
        "other_explanations"
    ]
    assert (other["code"], other["kind"], other["since"]) == ("D-1", "detection", "2024-01-05")
    assert other["of"] / 2 <= other["n"] <= other["of"]
    assert "A campaign" in other["text"]


def test_records_in_an_observatory_find_its_reference_and_a_page_says_it(watched, tmp_path):
    (tmp_path / "observatory.toml").touch()
    (tmp_path / "reference").mkdir()
    written(tmp_path / "reference" / "detection_changes.csv", CAMPAIGN)
    (tmp_path / "intake").mkdir()
    assert "Кампания" in watched("--lang", "ru", folder=tmp_path / "intake").out


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((HEADING.replace("text_kk,", ""), CAMPAIGN), "OBS-018"),
        ((HEADING, CAMPAIGN.replace("2024-01-05", "soon")), "OBS-019"),
        ((HEADING, CAMPAIGN.replace("2024-12-31", "later")), "OBS-019"),
        (None, "SIG-077"),
    ],
    ids=["a column is missing", "no date", "no last day", "no file"],
)
def test_a_file_of_changes_that_cannot_be_read_is_refused(watched, tmp_path, rows, code):
    file = tmp_path / "changes.csv"
    if rows:
        file.write_text("\n".join(rows), encoding="utf-8")
    answer = watched("--detection-changes", file)
    assert answer.code == 3
    assert code in answer.err


def test_a_file_of_changes_in_another_encoding_says_how_to_save_it(watched, tmp_path):
    file = tmp_path / "changes.csv"
    file.write_text("\n".join((HEADING, CAMPAIGN.replace("Науқан", "Жоба"))), "windows-1251")
    answer = watched("--detection-changes", file, "--lang", "ru")
    assert answer.code == 3
    assert "OBS-047" in answer.err
    assert "«changes.csv»" in answer.err
    assert "CSV UTF-8" in answer.err
