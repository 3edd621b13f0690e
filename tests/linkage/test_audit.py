"""The audit of a linkage, held to the truth of invented linkages."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from aiqyn.errors import InputRefused
from aiqyn.linkage.audit.answers import Answers, Record, read_answers
from aiqyn.linkage.audit.drawing import draw_audit
from aiqyn.linkage.audit.found_and_true import audited
from aiqyn.linkage.audit.quality import quality
from aiqyn.linkage.audit.ratios import rate
from aiqyn.linkage.lists import SHOWN


def _all_answers(true: dict[Record, str], drawn: list[Record]) -> Answers:
    mates = {r: frozenset(o for o in true if o != r and true[o] == true[r]) for r in drawn}
    return Answers(mates, 0)


def _linkage(rng: np.random.Generator, n: int) -> tuple[dict[Record, str], dict[Record, str]]:
    records = [("a" if i % 2 else "b", f"r{i}") for i in range(n)]
    true = {r: f"t{rng.integers(n // 2)}" for r in records}
    found = {r: (true[r] if rng.random() < 0.8 else f"x{rng.integers(n // 2)}") for r in records}
    return true, found


def _pairs(same: dict[Record, str]) -> set[tuple[Record, Record]]:
    return {(a, b) for a, b in combinations(sorted(same), 2) if same[a] == same[b]}


@pytest.mark.parametrize("seed", range(20))
def test_an_audit_of_everybody_gives_the_true_recall_and_precision(seed: int) -> None:
    true, found = _linkage(np.random.default_rng(seed), 60)
    got = quality(audited(_all_answers(true, list(true)), found), {})
    both = _pairs(true) & _pairs(found)
    assert got.recall.value == pytest.approx(len(both) / len(_pairs(true)))
    assert got.precision.value == pytest.approx(len(both) / len(_pairs(found)))


@pytest.mark.parametrize("seed", range(10))
def test_a_group_has_the_recall_of_the_mates_of_its_records(seed: int) -> None:
    true, found = _linkage(np.random.default_rng(seed), 60)
    got = quality(audited(_all_answers(true, list(true)), found), {"list": {r: r[0] for r in true}})
    mates = [(a, b) for a, b in combinations(sorted(true), 2) if true[a] == true[b]]
    ends = [(a, found[a] == found[b]) for a, b in [*mates, *((b, a) for a, b in mates)]]
    for name in "ab":
        hits = [linked for r, linked in ends if r[0] == name]
        assert got.groups["list"][name][0].value == pytest.approx(np.mean(hits))


def test_split_persons_who_are_drawn_more_often_do_not_count_more_often() -> None:
    """Half the persons are split into three; unweighted, they would be three in four of a lot."""
    true, found = {}, {}
    for person in range(400):
        for k in range(3):
            record = ("abc"[k], f"{person}")
            true[record] = f"t{person}"
            found[record] = f"t{person}" if person % 2 else f"t{person}-{k}"
    keys = sorted(set(found.values()))
    means = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        drawn = set(rng.permutation(keys)[:80])
        answers = _all_answers(true, [r for r in true if found[r] in drawn])
        means.append(quality(audited(answers, found), {}).recall.value)
    assert np.mean(means) == pytest.approx(0.5, abs=0.02)


def test_the_interval_holds_the_true_recall_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    true, found = {}, {}
    for person in range(3000):
        for k in range(int(rng.integers(1, 4))):
            record = ("abc"[k], f"{person}")
            true[record] = f"t{person}"
            found[record] = f"t{person}" if rng.random() < 0.85 else f"s{person}-{k}"
    whole = len(_linked(true, found)) / sum(1 for _ in _same(true))
    held = 0
    keys = sorted(set(found.values()))
    by_key: dict[str, list[Record]] = {}
    by_true: dict[str, list[Record]] = {}
    for r in true:
        by_key.setdefault(found[r], []).append(r)
        by_true.setdefault(true[r], []).append(r)
    for seed in range(200):
        drawn = np.random.default_rng(seed).permutation(keys)[:300]
        mates = {
            r: frozenset(o for o in by_true[true[r]] if o != r) for k in drawn for r in by_key[k]
        }
        recall = quality(audited(Answers(mates, 0), found), {}).recall
        assert recall.low is not None
        assert recall.high is not None
        held += recall.low <= whole <= recall.high
    assert held >= 182  # 95 % of 200 less two binomial standard errors and a half


def _same(true: dict[Record, str]) -> list[tuple[Record, Record]]:
    groups: dict[str, list[Record]] = {}
    for r, t in true.items():
        groups.setdefault(t, []).append(r)
    return [pair for group in groups.values() for pair in combinations(group, 2)]


def _linked(true: dict[Record, str], found: dict[Record, str]) -> list[tuple[Record, Record]]:
    return [(a, b) for a, b in _same(true) if found[a] == found[b]]


def test_a_perfect_audit_leaves_room_for_what_was_not_drawn() -> None:
    perfect = rate(np.ones(300), np.ones(300))
    assert perfect.high == 1
    assert perfect.low is not None
    assert 0.98 < perfect.low < 1
    assert rate(np.zeros(0), np.zeros(0)).value is None


def _records(sealed: tuple[str, ...] = ()) -> pl.DataFrame:
    base = {c: pl.Series([None] * 6, dtype=pl.String) for c in SHOWN}
    ids = [f"{i}" for i in range(6)]
    return pl.DataFrame(base).with_columns(
        pl.Series("list", ["a", "a", "a", "b", "b", "b"]),
        pl.Series("record_id", ids),
        pl.Series("person_id", ["P1", "P2", "P3", "P1", "P2", "P4"]),
        pl.Series("sealed", [i in sealed for i in ids]),
    )


def test_every_open_record_of_a_drawn_person_has_a_row_and_an_empty_answer() -> None:
    rows = draw_audit(_records(), 99, seed=1)
    assert sorted(rows["record_id"]) == ["0", "1", "2", "3", "4", "5"]
    assert rows["answer"].null_count() == 6
    assert "person_id" not in rows.columns


def test_a_sealed_record_never_shows_nor_a_person_of_sealed_records_alone() -> None:
    rows = draw_audit(_records(sealed=("2", "3")), 99, seed=1)
    assert sorted(rows["record_id"]) == ["0", "1", "4", "5"]


def test_the_same_seed_draws_the_same_persons_whatever_the_order_of_the_records() -> None:
    one = draw_audit(_records(), 2, seed=5)
    assert one.equals(draw_audit(_records().reverse(), 2, seed=5))


def _answered(folder: Path, answer: str) -> Path:
    file = folder / "audit.csv"
    file.write_text(f"list,record_id,answer\na,1,{answer}\n", encoding="utf-8")
    return file


KNOWN = {("a", "1"), ("b", "2"), ("b", "3")}


def test_answers_name_records_or_nobody(tmp_path: Path) -> None:
    named = read_answers(_answered(tmp_path, "b:2; b:3"), KNOWN).mates
    assert named == {("a", "1"): {("b", "2"), ("b", "3")}}
    assert read_answers(_answered(tmp_path, "none"), KNOWN).mates == {("a", "1"): frozenset()}


@pytest.mark.parametrize(
    ("answer", "code"), [("b-2", "LINK-012"), ("b:9", "LINK-013"), ("", "LINK-014")]
)
def test_an_answer_that_cannot_be_read_is_refused_with_its_row(
    tmp_path: Path, answer: str, code: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        read_answers(_answered(tmp_path, answer), KNOWN)
    assert refused.value.code == code


def test_a_number_of_a_record_may_hold_the_sign_that_parts_answers(tmp_path: Path) -> None:
    known = [("a", "1"), ("b", "1;2"), ("b", "3,4"), ("c", "7")]
    file = tmp_path / "audit.csv"
    file.write_text('list,record_id,answer\na,1,"b:1;2; b:3,4 ;c:7"\n', encoding="utf-8")
    assert read_answers(file, known).mates == {("a", "1"): frozenset(known[1:])}
    file.write_text('list,record_id,answer\na,1,"b:1;9"\n', encoding="utf-8")
    with pytest.raises(InputRefused, match="LINK-013"):
        read_answers(file, known)
