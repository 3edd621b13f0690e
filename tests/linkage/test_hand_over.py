"""What leaves the place that may see the names: numbers alone, and all that a correction needs."""

from __future__ import annotations

import stat
from pathlib import Path

import polars as pl
import pytest

from aiqyn.cli.link import link_lists
from aiqyn.cli.link_audit import draw_audit_file
from aiqyn.cli.link_hand_over import handed_over
from aiqyn.demo.overlapping_lists import answer_audit, write_lists
from aiqyn.demo.overlapping_lists.true_persons import Truth
from aiqyn.errors import InputRefused
from aiqyn.estimates.linkage_error.audited_persons import audit_of
from aiqyn.linkage.audit.found_and_true import Audited, TruePerson
from aiqyn.linkage.audit.measuring import audited_linkage
from aiqyn.linkage.audit.patterns import patterns, persons_of, read_patterns, to_json
from aiqyn.linkage.audit.quality import quality


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    folder = tmp_path_factory.mktemp("lists")
    return write_lists(folder, persons=1500, seed=21, scheme="second", sealed=0.05)


@pytest.fixture(scope="module")
def unit(truth: Truth, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unit") / "linkage"
    link_lists(truth.files, out=folder)
    draw_audit_file(folder, 200)
    answer_audit(folder / "audit.csv", truth, missed=0.05, wrong=0.02)
    return folder


def test_patterns_say_of_the_linkage_what_the_answers_say(truth: Truth, unit: Path) -> None:
    drawn = audited_linkage(unit, unit / "audit.csv").drawn
    again = persons_of(patterns(drawn), {name: name for name in truth.lists})
    assert quality(again, {}).recall.value == pytest.approx(quality(drawn, {}).recall.value)
    assert audit_of(again).recall.value == pytest.approx(audit_of(drawn).recall.value)
    for name, share in audit_of(drawn).by_list.items():
        assert audit_of(again).by_list[name].value == pytest.approx(share.value)
        assert audit_of(again).by_list[name].n == pytest.approx(share.n)


def test_of_some_lists_the_patterns_say_what_an_audit_of_these_lists_would() -> None:
    """P1 holds police 1 and ngo 1; the person's border record 1 was left alone as P2."""
    person = TruePerson({("police", "1"): "P1", ("ngo", "1"): "P1", ("border", "1"): "P2"})
    found = patterns([Audited("P1", (person,)), Audited("P2", (person,))])
    assert quality(persons_of(found, {"police": "police", "ngo": "ngo"}), {}).recall.value == 1.0
    split = quality(persons_of(found, {"police": "police", "border": "border"}), {})
    assert split.recall.value == 0.0
    together = persons_of(found, {"police": "all", "ngo": "all"})
    assert {name for a in together for name, _ in a.records} == {"all"}


def test_no_record_and_no_key_is_in_the_patterns(unit: Path, tmp_path: Path) -> None:
    handed_over(unit, tmp_path / "to", unit / "audit.csv")
    text = (tmp_path / "to" / "audit.json").read_text(encoding="utf-8")
    audit = audited_linkage(unit, unit / "audit.csv")
    assert not [key for key in {a.key for a in audit.drawn} if key in text]
    assert not [r for r in audit.records["record_id"] if f'"{r}"' in text]
    files = tmp_path / "to" / "audit.json", tmp_path / "to" / "persons.parquet"
    assert read_patterns(*files) == patterns(audit.drawn)


def test_only_numbers_are_handed_over_and_only_the_owner_reads_them(
    unit: Path, tmp_path: Path
) -> None:
    told = handed_over(unit, tmp_path / "linkage", unit / "audit.csv")
    assert told["settings"].splitlines() == [
        "[linkage]",
        'persons = "linkage/persons.parquet"',
        'audit = "linkage/audit.json"',
    ]
    files = sorted((tmp_path / "linkage").iterdir())
    assert [f.name for f in files] == ["audit.json", "persons.parquet"]
    assert [stat.S_IMODE(f.stat().st_mode) for f in files] == [0o600, 0o600]
    handed = pl.read_parquet(files[1])
    assert handed.columns == ["list", "record_id", "person_id"]


def test_an_older_audit_does_not_stay_beside_a_new_linkage(unit: Path, tmp_path: Path) -> None:
    handed_over(unit, tmp_path / "to", unit / "audit.csv")
    handed_over(unit, tmp_path / "to")
    assert [f.name for f in (tmp_path / "to").iterdir()] == ["persons.parquet"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"audited": [], "persons": ""}',
        '{"audited": [{"n": 1, "persons": [[["a", 1]]]}], "persons": ""}',
        '{"audited": [{"n": 1, "persons": [[["a", 0]]]}]}',
    ],
)
def test_what_is_no_audit_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "audit.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match="LINK-029"):
        read_patterns(tmp_path / "audit.json", tmp_path / "audit.json")


def test_patterns_come_back_from_their_file(tmp_path: Path) -> None:
    found = {((("police", 0), ("ңго", 1)),): 3, ((("police", 0),), (("police", 0),)): 1}
    persons = tmp_path / "persons.parquet"
    persons.write_bytes(b"PAR1")
    (tmp_path / "audit.json").write_text(to_json(found, b"PAR1"), encoding="utf-8")
    assert read_patterns(tmp_path / "audit.json", persons) == found
