"""Persons on lists whose records are linked with known error, and an audit by hand of the links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import pytest

from aiqyn.estimates import CaptureTable
from aiqyn.estimates.linkage_error.audited_persons import audit_of
from aiqyn.estimates.linkage_error.audits import LinkageAudit
from aiqyn.estimates.simulation.scenarios import histories
from aiqyn.estimates.tables.capture_histories import table_of_rows
from aiqyn.linkage.audit.found_and_true import Audited, TruePerson

LISTS = ("police", "ngo", "labour", "iom")
CAPTURE = (0.16, 0.14, 0.12, 0.1)
ODDS_RATIOS = {0b0011: 2.5, 0b1010: 1.8}  # police with ngo, ngo with iom
PERSONS = 20_000


@dataclass(frozen=True)
class Linked:
    """Records with the person they are of and the person that linkage found.

    Attributes
    ----------
    of : true person of each record; `on` : its list; `found` : the person found
    """

    of: np.ndarray
    on: np.ndarray
    found: np.ndarray

    def table(self, keys: np.ndarray, name: str) -> CaptureTable:
        held: dict[int, int] = defaultdict(int)
        for key, j in zip(keys.tolist(), self.on.tolist(), strict=True):
            held[key] |= 1 << j
        counts = np.bincount(list(held.values()), minlength=1 << len(LISTS))
        return table_of_rows(name, LISTS, [(h, int(n)) for h, n in enumerate(counts) if n])

    @property
    def true_table(self) -> CaptureTable:
        return self.table(self.of, "true")

    @property
    def linked_table(self) -> CaptureTable:
        return self.table(self.found, "linked")

    def audit(self, persons: int, rng: np.random.Generator) -> LinkageAudit:
        """Found persons by lot; for each record of theirs all records of its person are found."""
        of_true, of_found = defaultdict(list), defaultdict(list)
        for r, (true, key) in enumerate(zip(self.of.tolist(), self.found.tolist(), strict=True)):
            of_true[true].append(r)
            of_found[key].append(r)
        name = [(LISTS[j], str(r)) for r, j in enumerate(self.on.tolist())]
        drawn = []
        for key in rng.choice(np.unique(self.found), persons, replace=False).tolist():
            true = {int(self.of[r]) for r in of_found[key]}
            whole = [{name[r]: str(self.found[r]) for r in of_true[t]} for t in sorted(true)]
            drawn.append(Audited(str(key), tuple(TruePerson(w) for w in whole)))
        return audit_of(drawn)


def listed(rng: np.random.Generator, persons: int = PERSONS) -> tuple[np.ndarray, np.ndarray]:
    """Person and list of every record of a population with two dependent pairs of lists."""
    ratios = np.zeros(1 << len(LISTS))
    for pair, ratio in ODDS_RATIOS.items():
        ratios[pair] = np.log(ratio)
    drawn = rng.choice(1 << len(LISTS), persons, p=histories(CAPTURE, ratios))
    held = drawn[:, None] >> np.arange(len(LISTS)) & 1
    return np.nonzero(held)


def records_leave(of: np.ndarray, on: np.ndarray, missed: float, rng) -> np.ndarray:
    """Records leave their person one by one; a pair is then missed about so often."""
    leave = rng.random(len(of)) < 1 - np.sqrt(1 - missed)
    return np.where(leave, of.max() + 1 + np.arange(len(of)), of)


def pairs_fail(of: np.ndarray, on: np.ndarray, missed: float, rng) -> np.ndarray:
    """Each pair of records fails to link on its own; who is still joined by others stays."""
    found = np.arange(len(of))
    starts = np.flatnonzero(np.r_[True, of[1:] != of[:-1], True])
    for low, high in pairwise(starts):
        for a, b in combinations(range(low, high), 2):
            if rng.random() >= missed:
                found[low:high][found[low:high] == found[b]] = found[a]
    return found + of.max() + 1


def hard_names(of: np.ndarray, on: np.ndarray, missed: float, rng) -> np.ndarray:
    """A fifth of the persons have four times the error of the others, and one list twice."""
    hard = rng.random(of.max() + 1) < 0.2
    base = (1 - np.sqrt(1 - missed)) / (0.8 + 0.2 * 4) / 1.25
    chance = base * np.where(hard[of], 4, 1) * np.where(on == 3, 2, 1)
    return np.where(rng.random(len(of)) < chance, of.max() + 1 + np.arange(len(of)), of)


KINDS = {"records": records_leave, "pairs": pairs_fail, "hard names": hard_names}


def linked(
    seed: int, missed: float, merged: float, kind: str = "records", persons: int = PERSONS
) -> Linked:
    """A population, its records and how they were linked.

    Parameters
    ----------
    missed : share of the pairs of records of one person that are not held together
    merged : share of the found persons who are two
    """
    rng = np.random.default_rng(seed)
    of, on = listed(rng, persons)
    found = KINDS[kind](of, on, missed, rng)
    keys = np.unique(found)
    pairs = round(merged * len(keys) / (2 - merged))
    taken = rng.permutation(keys)[: 2 * pairs]
    into = dict(zip(taken[pairs:].tolist(), taken[:pairs].tolist(), strict=True))
    return Linked(of, on, np.array([into.get(k, k) for k in found.tolist()]))


@pytest.fixture
def link() -> Callable[..., Linked]:
    return linked
