"""One situation under one definition: whether every element it asks for is there.

Each element is present, absent or a gap (not recorded); a purpose can also be *foreign*: recorded,
but not one that the definition covers. A definition is fulfilled in one of several ways: by each of
its limbs, and within a limb by acts that need a purpose or by acts that need none.

- some way has everything it asks for: ``trafficking``;
- else some way lacks nothing but what was not recorded: ``unknown``, with those gaps;
- else every way that is left meets only foreign purposes: ``not_covered``;
- else ``not_shown``, with the elements that are recorded as absent.

So a settled absence beats a gap, and a gap never becomes a "no". No law stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from typing import Literal

from aiqyn.standard.classifier.situation import Recorded, Situation
from aiqyn.standard.legal_definition import ActRule, Cite, Definition, Limb

Verdict = Literal["trafficking", "not_shown", "not_covered", "unknown"]
VERDICTS: tuple[Verdict, ...] = ("trafficking", "unknown", "not_shown", "not_covered")
Element = Literal["act", "means", "purpose", "age"]
ELEMENTS: tuple[Element, ...] = ("act", "means", "purpose", "age")


class Standing(Enum):
    """How an element stands in a record."""

    PRESENT = "present"
    ABSENT = "absent"
    GAP = "gap"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict, what it lacks, and the key of the sentence that says why.

    Attributes
    ----------
    missing : tuple of Element   absent elements (``not_shown``) or gaps (``unknown``), in order
    reason : str                 key of the sentence under ``definition.reason.``
    cite : Cite                  the article that decides
    also : Cite or None          a second article, where the purpose stands in one of its own
    codes : tuple of str         codes the sentence names (purposes not covered, means that count)
    """

    verdict: Verdict
    missing: tuple[Element, ...]
    reason: str
    cite: Cite
    codes: tuple[str, ...] = ()
    also: Cite | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    """Acts of one limb that ask for the same: one way to fulfil a definition."""

    limb: Limb
    acts: frozenset[str]
    means: frozenset[str]
    purposes: frozenset[str]
    needs_purpose: bool
    act_cite: Cite


@dataclass(frozen=True, slots=True)
class _Weighed:
    """How each element that a way asks for stands."""

    way: _Way
    standing: dict[Element, Standing]

    def has(self, *wanted: Standing) -> tuple[Element, ...]:
        return tuple(e for e, state in self.standing.items() if state in wanted)

    @property
    def lacking(self) -> tuple[Element, ...]:
        return self.has(Standing.ABSENT, Standing.GAP, Standing.FOREIGN)

    @property
    def is_open(self) -> bool:
        return not self.has(Standing.ABSENT, Standing.FOREIGN)


def judge(situation: Situation, definition: Definition) -> Finding:
    """The verdict on a situation under a definition, and why.

    A person of unknown age is judged both as an adult and as a child; where the two differ, the
    age itself is among the gaps.
    """
    if situation.age == "unknown":
        return _of_either_age(situation, definition)
    weighed = _weigh_all(situation, definition)
    return (
        _trafficking(weighed, situation)
        or _unknown(weighed, situation, definition)
        or _not_covered(weighed, situation, definition)
        or _not_shown(weighed, situation, definition)
    )


def _trafficking(weighed: Sequence[_Weighed], situation: Situation) -> Finding | None:
    for one in weighed:
        if not one.lacking:
            return _met(one.way, situation)
    return None


def _met(way: _Way, situation: Situation) -> Finding:
    if not way.needs_purpose:
        return Finding("trafficking", (), "trafficking.no_purpose", way.act_cite)
    means = way.limb.means
    rule = next(r for r in way.limb.purposes if situation.purposes.codes & set(r.codes))
    apart = rule.cite if rule.cite != way.limb.purposes[0].cite else None
    if not (means.adult.required or means.child.required):
        return Finding("trafficking", (), "trafficking.no_means", way.limb.cite, also=apart)
    if not means.of(situation.age).required:
        return Finding("trafficking", (), "trafficking.child", means.child.cite, also=apart)
    return Finding("trafficking", (), "trafficking.means", way.limb.cite, also=apart)


def _unknown(
    weighed: Sequence[_Weighed], situation: Situation, definition: Definition
) -> Finding | None:
    still_open = [w for w in weighed if w.is_open]
    if not still_open:
        return None
    gaps = _in_order(e for w in still_open for e in w.has(Standing.GAP))
    cite = still_open[0].way.limb.cite if len(still_open) == 1 else definition.cite
    if gaps == ("means",):
        means = still_open[0].way.limb.means.of(situation.age)
        reason = "unknown.means_child" if situation.age == "child" else "unknown.means"
        return Finding("unknown", gaps, reason, means.cite)
    reason = f"unknown.{gaps[0]}" if len(gaps) == 1 else "unknown.several"
    return Finding("unknown", gaps, reason, cite)


def _not_covered(
    weighed: Sequence[_Weighed], situation: Situation, definition: Definition
) -> Finding | None:
    if not all(w.has(Standing.FOREIGN) for w in weighed):
        return None
    codes = tuple(sorted(situation.purposes.codes))
    rule = next((r for r in definition.not_covered if codes[0] in r.codes), None)
    return Finding("not_covered", (), "not_covered", rule.cite if rule else definition.cite, codes)


def _not_shown(
    weighed: Sequence[_Weighed], situation: Situation, definition: Definition
) -> Finding:
    """What bars every way; where nothing bars them all, what bars any."""
    left = [w for w in weighed if not w.has(Standing.FOREIGN)]
    barred: list[set[str]] = [set(w.has(Standing.ABSENT)) for w in left]
    missing = _in_order(set.intersection(*barred) or set.union(*barred))
    limb = left[0].way.limb
    cite = limb.cite if len(left) == 1 else definition.cite
    if missing == ("means",):
        cite = limb.means.of(situation.age).cite
        if situation.means.codes:
            return Finding("not_shown", missing, "not_shown.means_other", cite, limb.means.codes)
        reason = "not_shown.means_child" if situation.age == "child" else "not_shown.means"
        return Finding("not_shown", missing, reason, cite)
    reason = f"not_shown.{missing[0]}" if len(missing) == 1 else "not_shown.several"
    return Finding("not_shown", missing, reason, cite)


def _of_either_age(situation: Situation, definition: Definition) -> Finding:
    """One finding for a person who may be either; a child's needs are never the greater."""
    as_adult, as_child = replace(situation, age="adult"), replace(situation, age="child")
    adult, child = judge(as_adult, definition), judge(as_child, definition)
    if adult.verdict == child.verdict == "trafficking":
        return adult
    if adult.verdict == child.verdict and not (
        adult.verdict == "unknown" and _age_matters(as_adult, as_child, definition)
    ):
        return child
    gaps = [e for f in (adult, child) if f.verdict == "unknown" for e in f.missing]
    missing = _in_order([*gaps, "age"])
    if missing == ("age",):
        return Finding("unknown", missing, "unknown.age", child.cite)
    return Finding("unknown", missing, "unknown.several", definition.cite)


def _age_matters(adult: Situation, child: Situation, definition: Definition) -> bool:
    """Whether a way that is still open lacks more for an adult than for a child."""
    pairs = zip(_weigh_all(adult, definition), _weigh_all(child, definition), strict=True)
    return any(a.lacking != c.lacking for a, c in pairs if a.is_open or c.is_open)


def _ways(definition: Definition, acts: Recorded) -> Sequence[_Way]:
    """The ways still in question: those of the recorded acts, or all while acts may be missing.

    Where the recorded acts belong to no way at all, nothing exempts the record from a purpose, so
    each limb is left with its strictest way.
    """
    every = _every_way(definition)
    if not acts.settled:
        return every
    matching = [way for way in every if way.acts & acts.codes]
    return matching or [way for way in every if way.needs_purpose] or every


@cache
def _every_way(definition: Definition) -> tuple[_Way, ...]:
    return tuple(way for limb in definition.limbs for way in _ways_of(limb))


def _ways_of(limb: Limb) -> list[_Way]:
    means, purposes = frozenset(limb.means.codes), limb.purpose_codes()

    def way(rules: list[ActRule]) -> _Way:
        codes = frozenset(code for rule in rules for code in rule.codes)
        return _Way(limb, codes, means, purposes, rules[0].needs_purpose, rules[0].cite)

    counted = [rule for rule in limb.acts if rule.counts]
    free = [rule for rule in counted if not rule.needs_purpose]
    bound = [rule for rule in counted if rule.needs_purpose]
    return [way(rules) for rules in (free, bound) if rules]


def _weigh_all(situation: Situation, definition: Definition) -> list[_Weighed]:
    return [_weigh(way, situation) for way in _ways(definition, situation.acts)]


def _weigh(way: _Way, situation: Situation) -> _Weighed:
    standing: dict[Element, Standing] = {"act": _standing(situation.acts, way.acts)}
    if way.limb.means.of(situation.age).required:
        standing["means"] = _standing(situation.means, way.means)
    if way.needs_purpose:
        purpose = _standing(situation.purposes, way.purposes)
        foreign = purpose is Standing.ABSENT and situation.purposes.codes
        standing["purpose"] = Standing.FOREIGN if foreign else purpose
    return _Weighed(way, standing)


def _standing(recorded: Recorded, wanted: frozenset[str]) -> Standing:
    if recorded.codes & wanted:
        return Standing.PRESENT
    return Standing.ABSENT if recorded.settled else Standing.GAP


def _in_order(found: Iterable[str]) -> tuple[Element, ...]:
    wanted = set(found)
    return tuple(e for e in ELEMENTS if e in wanted)
