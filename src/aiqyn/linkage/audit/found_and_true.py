"""The audited persons twice: as the linkage found them, and as they are by hand.

Persons *found* were drawn by lot, each as likely as any other. A person who was split into k found
persons had k chances to be drawn, and so counts 1/k wherever true persons are counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiqyn.linkage.audit.answers import Answers, Record


@dataclass(frozen=True, slots=True)
class TruePerson:
    """A person by hand, as met through one found person.

    Attributes
    ----------
    found : the found person of each record of the person, those of other found persons too
    """

    found: Mapping[Record, str]

    @property
    def weight(self) -> float:
        """1 / number of found persons among whom the records are spread."""
        return 1 / len(set(self.found.values()))

    def mates(self, record: Record) -> tuple[int, int]:
        """Other records of the person that the linkage held together with this one, and all."""
        key = self.found[record]
        return sum(k == key for k in self.found.values()) - 1, len(self.found) - 1


@dataclass(frozen=True, slots=True)
class Audited:
    """One found person that was drawn.

    Attributes
    ----------
    key : the found person
    persons : the true persons among the records
    """

    key: str
    persons: tuple[TruePerson, ...]

    @property
    def records(self) -> dict[Record, TruePerson]:
        """The records of the found person, each with the true person it is of."""
        return {r: p for p in self.persons for r, key in p.found.items() if key == self.key}

    def mates(self, record: Record) -> tuple[int, int]:
        """Other records held together with this one that are the same person, and all held."""
        held = self.records
        return sum(held[r] is held[record] for r in held) - 1, len(held) - 1


def audited(answers: Answers, key_of: Mapping[Record, str]) -> tuple[Audited, ...]:
    """The found persons of whom every open record was answered, in the order of their keys.

    Parameters
    ----------
    key_of : the found person of every record that is open to all
    """
    held: dict[str, set[Record]] = defaultdict(set)
    for record, key in key_of.items():
        held[key].add(record)
    drawn = sorted({key_of[record] for record in answers.mates})
    whole = [key for key in drawn if held[key] <= answers.mates.keys()]
    return tuple(_audited(key, frozenset(held[key]), answers, key_of) for key in whole)


def _audited(
    key: str, records: frozenset[Record], answers: Answers, key_of: Mapping[Record, str]
) -> Audited:
    groups = _groups(records, answers.mates)
    return Audited(key, tuple(TruePerson({r: key_of[r] for r in sorted(g)}) for g in groups))


def _groups(
    records: frozenset[Record], mates: Mapping[Record, frozenset[Record]]
) -> Iterator[frozenset[Record]]:
    """Records with all whom their answers name; answers that share a record are one person."""
    groups: list[set[Record]] = []
    for record in sorted(records):
        group = {record} | mates[record]
        apart = [g for g in groups if not g & group]
        for other in groups:
            if other & group:
                group |= other
        groups = [*apart, group]
    return (frozenset(g) for g in groups)
