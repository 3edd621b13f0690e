"""An answered audit counts for the linkage it was drawn from, and for no other."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path
from shutil import copy, copytree

import polars as pl
import pytest

from aiqyn.cli.estimate import estimate_of_file
from aiqyn.cli.link import link_lists
from aiqyn.cli.link_audit import audit_answers, draw_audit_file
from aiqyn.cli.link_hand_over import handed_over
from aiqyn.demo.overlapping_lists import answer_audit, write_lists
from aiqyn.errors import InputRefused
from aiqyn.linkage.audit.answers import Answers
from aiqyn.linkage.audit.linkage_then import code_of, linkage_as_codes, stands
from aiqyn.linkage.audit.patterns import read_patterns
from aiqyn.linkage.lists import SHOWN


@pytest.fixture(scope="module")
def linkage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lists, linked in a folder among them, with an answered audit."""
    folder = tmp_path_factory.mktemp("audited")
    truth = write_lists(folder, persons=600, seed=5, scheme="first")
    link_lists(truth.files, out=folder / "linkage")
    draw_audit_file(folder / "linkage", 60)
    answer_audit(folder / "linkage" / "audit.csv", truth)
    return folder / "linkage"


@pytest.fixture
def answers(linkage: Path, tmp_path: Path) -> Path:
    """The answered file by itself, as it lies on a searcher's desk."""
    return Path(copy(linkage / "audit.csv", tmp_path / "answers.csv"))


def _linked_again(files: Iterable[Path], linkage: Path, out: Path) -> Path:
    """Other lists, or the same, by the numbers that were learnt from the first."""
    link_lists(list(files), out=out, model=linkage / "model.json")
    return out


def _codes(told: dict[str, list[dict[str, str]]]) -> set[str]:
    return {caution["code"] for caution in told["cautions"]}


@pytest.mark.parametrize("in_the_same_folder", [True, False])
def test_answers_about_other_persons_with_the_same_numbers_are_refused_everywhere(
    linkage: Path, answers: Path, tmp_path: Path, in_the_same_folder: bool
) -> None:
    """The lists of other persons were linked: every number is there again."""
    other = tmp_path / "linkage"
    if in_the_same_folder:
        copytree(linkage, other)
    truth = write_lists(tmp_path / "lists", persons=600, seed=6, scheme="first")
    _linked_again(truth.files, linkage, other)
    for ask in (
        lambda: audit_answers(other, answers),
        lambda: estimate_of_file(other / "histories.csv", linkage_audit=answers, boot=20),
        lambda: handed_over(other, tmp_path / "to", answers),
    ):
        with pytest.raises(InputRefused, match="LINK-034") as refused:
            ask()
        assert refused.value.slots == {"file": "answers.csv", "folder": "linkage"}
    assert not (tmp_path / "to").exists()


def test_the_same_lists_linked_again_are_the_same_linkage(
    linkage: Path, answers: Path, tmp_path: Path
) -> None:
    before = audit_answers(linkage, answers)
    again = _linked_again(reversed(_lists(linkage)), linkage, tmp_path / "again")
    assert audit_answers(again, answers) == before
    assert before["cautions"] == []


def test_without_its_column_the_file_is_known_by_what_the_folder_keeps(
    linkage: Path, answers: Path, tmp_path: Path
) -> None:
    pl.read_csv(answers, infer_schema=False).select("list", "record_id", "answer").write_csv(
        answers
    )
    assert audit_answers(linkage, answers)["cautions"] == []
    bare = _linked_again(_lists(linkage), linkage, tmp_path / "bare")
    assert _codes(audit_answers(bare, answers)) == {"LINK-115"}


def _records(**changed: str) -> pl.DataFrame:
    """Persons P1 = a1 + b1, P2 = a2, P3 = b2, P4 = c1 + c2; `changed` puts records elsewhere."""
    held = {"a1": "P1", "b1": "P1", "a2": "P2", "b2": "P3", "c1": "P4", "c2": "P4"} | changed
    names = pl.DataFrame({c: pl.Series([None] * len(held), dtype=pl.String) for c in SHOWN})
    return names.with_columns(
        pl.Series("list", [r[0] for r in held]),
        pl.Series("record_id", [r[1] for r in held]),
        pl.Series("given", [f"name of {r}" for r in held]),
        pl.Series("person_id", held.values()),
    )


ASKED = Answers({("a", "1"): frozenset({("b", "1"), ("b", "2")}), ("b", "1"): frozenset()}, 0)


@pytest.mark.parametrize(
    ("now", "as_it_was"),
    [
        (_records(c2="P5"), True),  # others parted
        (_records(a2="P4"), True),
        (_records().with_columns(pl.col("person_id") + "0"), True),  # keys given anew
        (_records(d1="P4"), True),  # a record more, of somebody else
        (_records(d1="P1"), False),  # a record more, of one who was searched for
        (_records(b1="P3"), False),  # one who was searched for is parted
        (_records(b2="P1"), False),  # the record that was missed is linked by now
        (_records().filter(pl.col("given") != "name of b2"), False),  # it is gone
        (_records().with_columns(pl.col("given").str.replace("b2", "another")), False),
        (_records().with_columns(pl.col("given").str.replace("c2", "another")), True),
    ],
)
def test_answers_stand_where_their_own_records_are_and_are_linked_as_they_were(
    now: pl.DataFrame, as_it_was: bool
) -> None:
    then = linkage_as_codes(_records())
    assert stands(ASKED, then, linkage_as_codes(now)) is as_it_was
    same_persons = now["person_id"].to_list() == [f"{p}0" for p in _records()["person_id"]]
    assert (code_of(linkage_as_codes(now)) == code_of(then)) is same_persons


def test_where_others_changed_the_answers_count_with_a_caution(
    linkage: Path, answers: Path, tmp_path: Path
) -> None:
    """The region of a record of a person who was not drawn is corrected; all is linked anew."""
    drawn = set(pl.read_csv(answers, infer_schema=False).select("list", "record_id").iter_rows())
    corrected = pl.when(record_id=_alone(linkage, drawn)).then(pl.lit("XSA-12")).otherwise("region")
    for file in _lists(linkage):
        table = pl.read_csv(file, infer_schema=False)
        if file.stem == "iom":
            table = table.with_columns(corrected.alias("region"))
        table.write_csv(tmp_path / file.name)
    again = Path(copytree(linkage, tmp_path / "linkage"))
    _linked_again(tmp_path.glob("[!a]*.csv"), linkage, again)
    told = audit_answers(again, answers)
    assert _codes(told) == {"LINK-114"}
    assert told["recall"] == audit_answers(linkage, answers)["recall"]
    found = estimate_of_file(again / "histories.csv", linkage_audit=answers, boot=20)
    assert "LINK-114" in _codes(found["results"][0])


def _lists(linkage: Path) -> list[Path]:
    return sorted(linkage.parent.glob("*.csv"))


def _alone(linkage: Path, drawn: set[tuple[str, str]]) -> str:
    """A record of iom that is a person by itself and was not drawn."""
    persons = pl.read_parquet(linkage / "persons.parquet")
    alone = persons.filter(pl.len().over("person_id") == 1, pl.col("list") == "iom")
    return next(r for r in alone["record_id"] if ("iom", r) not in drawn)


def test_what_is_kept_of_a_linkage_holds_no_name_and_is_its_owners_alone(linkage: Path) -> None:
    (kept,) = (linkage / "private" / "drawn").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    table = pl.read_parquet(kept)
    assert table.columns == ["list", "record_id", "content", "person"]
    assert table["content"].str.len_chars().unique().to_list() == [8]


def test_sealed_records_leave_no_trace_in_it() -> None:
    sealed = _records(c1="P1")
    open_to_all = sealed.filter(pl.col("given") != "name of c1")
    assert ("c", "1") not in set(linkage_as_codes(open_to_all).select("list", "record_id").rows())


def test_a_handed_over_audit_is_not_held_against_other_persons(
    linkage: Path, tmp_path: Path
) -> None:
    handed_over(linkage, tmp_path / "to", linkage / "audit.csv")
    audit, persons = tmp_path / "to" / "audit.json", tmp_path / "to" / "persons.parquet"
    assert read_patterns(audit, persons)
    pl.read_parquet(persons).head(5).write_parquet(persons)
    with pytest.raises(InputRefused, match="LINK-035"):
        read_patterns(audit, persons)
