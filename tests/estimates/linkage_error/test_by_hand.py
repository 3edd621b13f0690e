"""The table by hand: an audit of everybody gives the true one, and a lot of them comes near it."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn.estimates import Options, hidden_number, independence
from aiqyn.estimates.linkage_error.audits import LinkageAudit
from aiqyn.estimates.linkage_error.by_hand import audited_histories, audited_in, corrected_tables
from aiqyn.estimates.linkage_error.correcting_all import with_corrections
from aiqyn.estimates.linkage_error.correcting_by_hand import corrected_by_hand
from aiqyn.estimates.linkage_error.held_methods import held_method
from aiqyn.estimates.linkage_error.shares import Share
from aiqyn.estimates.tables.capture_histories import CaptureTable, table_of_rows
from aiqyn.linkage.audit.answers import Answers, Record
from aiqyn.linkage.audit.found_and_true import audited
from aiqyn.linkage.audit.histories_by_hand import histories_by_hand

LISTS = ("a", "b", "c")


def _population(seed: int, persons: int) -> tuple[dict[Record, str], dict[Record, str]]:
    """Records of true persons on three lists, a tenth of them split off, a few persons merged."""
    rng = np.random.default_rng(seed)
    true: dict[Record, str] = {}
    for person in range(persons):
        for name, chance in zip(LISTS, (0.4, 0.3, 0.25), strict=True):
            if rng.random() < chance:
                true[(name, f"{person}")] = f"t{person}"
    found = {r: (f"s{r}" if rng.random() < 0.1 else p) for r, p in true.items()}
    merged = {f"t{p}": f"t{p + 1}" for p in range(0, persons, 97)}
    return true, {r: merged.get(p, p) for r, p in found.items()}


def _table(person_of: dict[Record, str]) -> CaptureTable:
    lists: dict[str, int] = {}
    for (name, _), person in person_of.items():
        lists[person] = lists.get(person, 0) | 1 << LISTS.index(name)
    rows = [(h, sum(x == h for x in lists.values())) for h in range(1, 8)]
    return table_of_rows("t", LISTS, rows)


def _answers(true: dict[Record, str], drawn: list[Record]) -> Answers:
    of: dict[str, set[Record]] = {}
    for record, person in true.items():
        of.setdefault(person, set()).add(record)
    return Answers({r: frozenset(of[true[r]] - {r}) for r in drawn}, 0)


@pytest.mark.parametrize("seed", range(5))
def test_an_audit_of_everybody_gives_the_true_table(seed: int) -> None:
    true, found = _population(seed, 800)
    linked = _table(found)
    hand = audited_in(linked, histories_by_hand(audited(_answers(true, list(true)), found), {}))
    mended = corrected_tables(linked.vector[None], hand)[0]
    assert mended == pytest.approx(_table(true).vector, abs=1e-9)


def test_sealed_records_keep_their_lists() -> None:
    true: dict[Record, str] = {("a", "1"): "t"}
    drawn = audited(_answers(true, [("a", "1")]), {("a", "1"): "P"})
    (person,) = histories_by_hand(drawn, {"P": frozenset({"b"})})
    assert person.found == {"a", "b"}
    assert person.true == ((frozenset({"a", "b"}), 1.0),)


def test_a_lot_of_the_persons_comes_near_the_total_of_the_true_table() -> None:
    """Three independent lists of 6,000 persons: the total is 6,000, as linked far above it."""
    near, held, alone = [], 0, held_method("independence", 3)
    for seed in range(10):
        true, found = _population(100 + seed, 6000)
        linked = _table(found)
        keys = sorted(set(found.values()))
        lot = set(np.random.default_rng(seed).permutation(keys)[:600])
        drawn = audited(_answers(true, [r for r in true if found[r] in lot]), found)
        hand = audited_in(linked, histories_by_hand(drawn, {}))
        got = corrected_by_hand(linked, hand, alone, np.random.default_rng(seed), boot=100)
        near.append(abs(got.estimate / 6000 - 1))
        held += got.lo95 <= 6000 <= got.hi95
        assert (independence(linked, boot=0).total or 0) > 1.08 * 6000
    assert np.median(near) < 0.05
    assert held >= 8


def test_a_correction_stands_where_its_second_opinion_has_no_total() -> None:
    """By hand every person found on both lists is two: then nothing overlaps.

    The audited rates say otherwise, and the correction by them is not lost with the opinion.
    """
    table = table_of_rows("t", ("a", "b"), [(1, 300), (2, 200), (3, 100)])
    apart = audited_histories([(1, [(1, 1.0)]), (2, [(2, 1.0)]), (3, [(1, 1.0), (2, 1.0)])] * 9, 2)
    audit = LinkageAudit(Share(0.9, 500), Share(0.99, 500))
    naive = hidden_number(table, ["independence"], Options(boot=50))
    (result,) = with_corrections(naive, table, audit, Options(boot=50), apart).results
    assert result.corrected is not None
    assert result.corrected.by_hand is None
    assert result.corrected.estimate < result.corrected.naive
    assert "EST-164" in {c.code for c in result.cautions}
