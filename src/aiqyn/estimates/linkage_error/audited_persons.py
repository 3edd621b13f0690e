"""From persons audited by hand to what a table of histories has suffered.

`aiqyn link audit` counts pairs of records, those of one list too. A table shows none of these: it
asks of a person on two lists whether one found person has both, of a person on a list whether it
stands there as two, and of a found person how many it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.linkage_error.audits import LEAST_SHARE, LinkageAudit
from aiqyn.estimates.linkage_error.shares import Share
from aiqyn.linkage.audit.found_and_true import Audited, TruePerson
from aiqyn.linkage.audit.quality import quality
from aiqyn.linkage.audit.ratios import rate

Pair = tuple[float, float]  # hits, and out of how many


def audit_of(drawn: Sequence[Audited]) -> LinkageAudit:
    """What the audit of these found persons says of the linkage.

    Raises
    ------
    AnswerRefused (EST-063) when no pair was met, so that recall or precision is not known.
    """
    pairs = quality(drawn, {})
    recall, precision = pairs.recall, pairs.precision
    if recall.value is None or precision.value is None:
        raise AnswerRefused("EST-063", least=LEAST_SHARE)
    lists = sorted({name for a in drawn for p in a.persons for name, _ in p.found})
    between = {x: _share([_between(a, x) for a in drawn]) for x in lists}
    twice = {x: _share([_twice(a, x) for a in drawn]) for x in lists}
    return LinkageAudit(
        Share(recall.value, recall.n),
        Share(precision.value, precision.n),
        {x: s for x, s in between.items() if s is not None and s.value >= LEAST_SHARE},
        {x: s for x, s in twice.items() if s is not None},
        _share([(float(len(a.persons) - 1), 1.0) for a in drawn]),
    )


def _share(each: Sequence[Pair]) -> Share | None:
    hits, of = np.array(each, dtype=np.float64).T
    found = rate(hits, of)
    return None if found.value is None else Share(min(found.value, 1.0), found.n)


def _between(person: Audited, name: str) -> Pair:
    """Other lists of its persons of the list, and those with which one found person has both."""
    both = many = 0.0
    for true, found in _by_list(person):
        for other in found.keys() - {name}:
            if name in found:
                both += true.weight * bool(found[name] & found[other])
                many += true.weight
    return both, many


def _twice(person: Audited, name: str) -> Pair:
    more = many = 0.0
    for true, found in _by_list(person):
        if name in found:
            more += true.weight * (len(found[name]) - 1)
            many += true.weight
    return more, many


def _by_list(person: Audited) -> Iterator[tuple[TruePerson, dict[str, set[str]]]]:
    """Each true person with the found persons of its records by list."""
    for true in person.persons:
        found: dict[str, set[str]] = defaultdict(set)
        for (name, _), key in true.found.items():
            found[name].add(key)
        yield true, found
