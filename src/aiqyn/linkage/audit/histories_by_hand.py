"""What the audited persons' histories are by hand, beside what the linkage took them for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiqyn.linkage.audit.found_and_true import Audited

Lists = frozenset[str]


@dataclass(frozen=True, slots=True)
class HistoryByHand:
    """One found person: the lists it was found on, and the lists of the persons it really is.

    Attributes
    ----------
    found : lists of the found person, those of its sealed records too
    true : lists of each true person among its records, with what the person counts: 1 / number of
        found persons among whom the person was spread, as each of them might have been drawn
    """

    found: Lists
    true: tuple[tuple[Lists, float], ...]


def histories_by_hand(
    drawn: Sequence[Audited], sealed: Mapping[str, Lists]
) -> tuple[HistoryByHand, ...]:
    """The histories of the persons drawn.

    Parameters
    ----------
    sealed : by found person: lists of its sealed records, which nobody searches for. They are
        counted with whoever has most of the found person's records
    """
    return tuple(_by_hand(person, sealed.get(person.key, frozenset())) for person in drawn)


def _by_hand(person: Audited, sealed: Lists) -> HistoryByHand:
    here = person.records
    ranked = sorted(
        person.persons, key=lambda p: (-sum(q is p for q in here.values()), min(p.found))
    )
    true = [(frozenset(name for name, _ in p.found), p.weight) for p in ranked]
    first, *others = true
    found = frozenset(name for name, _ in here) | sealed
    return HistoryByHand(found, ((first[0] | sealed, first[1]), *others))
