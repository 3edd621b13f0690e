"""Persons by the linkage's answer: who is counted as whom, what is refused, what runs again."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from aiqyn.errors import InputRefused
from aiqyn.estimates import Options, capture_table, hidden_number
from aiqyn.linkage import persons
from aiqyn.linkage.audit.found_and_true import Audited, TruePerson
from aiqyn.linkage.audit.patterns import patterns
from aiqyn.observatory import STAGES, Observatory
from aiqyn.observatory.linked_persons.answer import read_persons
from aiqyn.observatory.linked_persons.correcting import LinkageAudited, corrected
from aiqyn.observatory.linked_persons.joining import joined

AGENCIES = frozenset({"police", "ngo"})


def _records(*rows: tuple[str, str, str | None]) -> pl.DataFrame:
    """agency, record_id, person_code."""
    schema = ["agency", "record_id", "person_code"]
    return pl.DataFrame(rows, schema=dict.fromkeys(schema, pl.String), orient="row")


def _answer(*rows: tuple[str, str, str]) -> pl.DataFrame:
    schema = ["agency", "record_id", "person_id"]
    return pl.DataFrame(rows, schema=dict.fromkeys(schema, pl.String), orient="row")


def test_a_record_is_whom_the_answer_says_and_others_go_with_their_code_or_alone() -> None:
    found = joined(
        _records(
            ("police", "1", None),  # by names the ngo's 1
            ("ngo", "1", "R-1"),
            ("ngo", "2", "R-1"),  # not in the answer: with its code
            ("ngo", "3", "R-9"),  # not in the answer, nor its code
            ("police", "4", None),  # nothing known
        ),
        _answer(("police", "1", "P0000001"), ("ngo", "1", "P0000001")),
    )
    codes = found.records["person_code"].to_list()
    assert codes == ["linked:P0000001"] * 3 + ["R-9", None]
    assert (found.named, found.not_named) == (2, 3)


def test_the_answer_stands_above_the_common_code_and_the_difference_is_counted() -> None:
    records = _records(("police", "1", "R-1"), ("ngo", "1", "R-1"), ("ngo", "2", "R-1"))
    answer = _answer(
        ("police", "1", "P0000001"), ("ngo", "1", "P0000001"), ("ngo", "2", "P0000002")
    )
    found = joined(records, answer)
    assert found.records["person_code"].n_unique() == 2
    assert (found.same_code, found.same_code_held) == (3, 1)


def test_a_number_that_two_records_have_is_nobodys() -> None:
    """Agencies begin their numbers anew each year; the answer cannot mean both."""
    found = joined(
        _records(("police", "1", None), ("police", "1", None)), _answer(("police", "1", "P0000001"))
    )
    assert found.records["person_code"].null_count() == 2


def test_persons_are_counted_by_the_answer(tmp_path: Path) -> None:
    records = _records(("police", "1", None), ("ngo", "1", None)).with_columns(
        source_id=pl.Series(["a", "b"]),
        status=pl.lit("detected"),
        year=pl.lit(2025),
        date_detected=pl.lit(None, pl.Date),
    )
    told = joined(records, _answer(("police", "1", "P0000001"), ("ngo", "1", "P0000001")))
    assert persons(records).height == 2
    assert persons(told.records)["lists"].to_list() == [["ngo", "police"]]


def _file(folder: Path, **columns: list[str | None]) -> Path:
    pl.DataFrame(columns).write_parquet(folder / "persons.parquet")
    return folder / "persons.parquet"


GOOD = {"list": ["police"], "record_id": ["1"], "person_id": ["P0000001"]}


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({**GOOD, "surname": ["Желкенов"]}, "OBS-041"),
        ({"list": ["police"], "record_id": ["1"]}, "OBS-042"),
        ({**GOOD, "person_id": ["Желкенов Самалбек"]}, "OBS-042"),
        ({**GOOD, "person_id": [None]}, "OBS-042"),
        ({k: v * 2 for k, v in GOOD.items()}, "OBS-043"),
        ({**GOOD, "list": ["polise"]}, "OBS-044"),
    ],
)
def test_what_is_no_table_of_numbers_does_not_come_in(
    tmp_path: Path, columns: dict[str, list[str | None]], code: str
) -> None:
    with pytest.raises(InputRefused, match=code):
        read_persons(_file(tmp_path, **columns), AGENCIES)


def test_a_file_of_other_bytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "persons.parquet").write_text("list,record_id,person_id\n")
    with pytest.raises(InputRefused, match="OBS-042"):
        read_persons(tmp_path / "persons.parquet", AGENCIES)


def _split(n: int, of: int) -> LinkageAudited:
    """An audit of persons on both lists, of whom `n` among `of` were found as two."""
    drawn = []
    for i in range(of):
        two = {("police", str(i)): f"P{i}", ("ngo", str(i)): f"Q{i}" if i < n else f"P{i}"}
        drawn.append(Audited(f"P{i}", (TruePerson(two),)))
        drawn += [Audited(f"Q{i}", (TruePerson(two),))] if i < n else []
    return LinkageAudited(patterns(drawn), {"police": "police", "ngo": "ngo"})


def test_the_corrected_total_is_that_of_the_table_without_missed_links() -> None:
    """Two independent lists of 600 and 500 among 2,000; a fifth of the 150 links is missed."""
    true = capture_table({("police",): 450, ("ngo",): 350, ("police", "ngo"): 150})
    linked = capture_table({("police",): 480, ("ngo",): 380, ("police", "ngo"): 120})
    options = Options(boot=50, seed=1)
    whole = hidden_number(true, ("independence",), options).results[0].total
    naive = hidden_number(linked, ("independence",), options)
    better = corrected(naive, linked, _split(60, 300), options).results[0].total
    assert naive.results[0].total == pytest.approx(2500)
    assert whole == pytest.approx(2000)
    assert better == pytest.approx(2000, rel=0.05)


def test_what_has_no_correction_is_not_told_beside_what_has_one() -> None:
    table = capture_table({("police",): 480, ("ngo",): 380, ("police", "ngo"): 120})
    options = Options(boot=50, seed=1, point_only=("bic",))
    found = hidden_number(table, ("independence", "bic"), options)
    both = corrected(found, table, _split(60, 300), options).results
    assert [r.refusal and r.refusal.code for r in both] == [None, "OBS-045"]
    assert both[1].total is None
    chief = hidden_number(table, ("chao", "bic"), options)
    bound = corrected(chief, table, _split(60, 300), options).results[0]
    assert bound.total == pytest.approx(0.8 * chief.results[0].total, rel=0.03)
    assert corrected(found, table, None, options) == found


SETTINGS = """
[country]
code = "XSA"
name_kk = "Самал"
name_ru = "Самал"
name_en = "Samal"
name_kk_loc = "Самалдағы"
name_ru_loc = "в Самале"
name_en_loc = "in Samal"
[years]
first = 2025
last = 2025
[linkage]
persons = "linkage/persons.parquet"
audit = "linkage/audit.json"
"""


@pytest.mark.parametrize(
    ("changed", "stage"), [("persons.parquet", "linkage"), ("audit.json", "estimates")]
)
def test_a_changed_file_makes_its_own_stage_stale_and_no_other(
    tmp_path: Path, changed: str, stage: str
) -> None:
    (tmp_path / "observatory.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "linkage").mkdir()
    for name in ("persons.parquet", "audit.json"):
        (tmp_path / "linkage" / name).write_text("before")
    observatory = Observatory.open(tmp_path)
    before = {s.name: s.inputs(observatory) for s in STAGES}
    (tmp_path / "linkage" / changed).write_text("after")
    assert [s.name for s in STAGES if s.inputs(observatory) != before[s.name]] == [stage]


def test_a_file_that_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "observatory.toml").write_text(SETTINGS, encoding="utf-8")
    with pytest.raises(InputRefused, match="OBS-017") as refused:
        Observatory.open(tmp_path)
    assert refused.value.slots["key"] == "linkage.persons"
