"""Recall and precision of a linkage, with intervals, over all and by group of records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aiqyn.linkage.audit.answers import Record
from aiqyn.linkage.audit.found_and_true import Audited
from aiqyn.linkage.audit.ratios import Rate, rate

ALL = "_all"


@dataclass(frozen=True, slots=True)
class Quality:
    """How many links were missed, and how many were wrong.

    Attributes
    ----------
    persons : found persons that were audited
    recall : share of the pairs of records of one person that the linkage held together
    precision : share of the pairs that it held together that are one person
    groups : recall and precision of the records of a group, by dimension and code
    unanswered : rows without an answer
    """

    persons: int
    recall: Rate
    precision: Rate
    groups: Mapping[str, Mapping[str, tuple[Rate, Rate]]]
    unanswered: int = 0

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """The answer of ``aiqyn link audit --answers``."""
        by = {
            dimension: {
                code: {"recall": recall.to_json(), "precision": precision.to_json()}
                for code, (recall, precision) in codes.items()
            }
            for dimension, codes in self.groups.items()
        }
        return {
            "persons": self.persons,
            "recall": self.recall.to_json(),
            "precision": self.precision.to_json(),
            "by": by,
            "unanswered": self.unanswered,
        }


def quality(
    drawn: Sequence[Audited],
    groups: Mapping[str, Mapping[Record, str]],
    unanswered: int = 0,
) -> Quality:
    """Recall and precision of the linkage that found these persons.

    Parameters
    ----------
    groups : by dimension (sex, age, list, script): the code of each record
    """
    dimensions = {
        name: {
            # a default is what binds a lambda in a loop; mypy infers no type for such a one
            code: _rates(drawn, lambda r, c=code, of=of: of.get(r) == c)  # type: ignore[misc]
            for code in sorted(set(of.values()))
        }
        for name, of in groups.items()
    }
    recall, precision = _rates(drawn, lambda record: True)
    return Quality(len(drawn), recall, precision, dimensions, unanswered)


def _rates(drawn: Sequence[Audited], counts: Callable[[Record], bool]) -> tuple[Rate, Rate]:
    """Shares of mates of the records that count: each pair is met from both of its ends."""
    recall = np.array([_recall(a, counts) for a in drawn], dtype=np.float64).reshape(-1, 2)
    precision = np.array([_precision(a, counts) for a in drawn], dtype=np.float64).reshape(-1, 2)
    return rate(recall[:, 0], recall[:, 1]), rate(precision[:, 0], precision[:, 1])


def _recall(person: Audited, counts: Callable[[Record], bool]) -> tuple[float, float]:
    linked = pairs = 0.0
    for true in person.persons:
        for record in filter(counts, true.found):
            here, all_of_them = true.mates(record)
            linked += true.weight * here / 2
            pairs += true.weight * all_of_them / 2
    return linked, pairs


def _precision(person: Audited, counts: Callable[[Record], bool]) -> tuple[float, float]:
    met = [person.mates(record) for record in person.records if counts(record)]
    return sum(right for right, _ in met) / 2, sum(held for _, held in met) / 2
