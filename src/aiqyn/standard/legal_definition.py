"""The shape of a legal definition: its limbs, and what each asks of act, means and purpose.

A definition is a text in force on a day: the ways to fulfil it (*limbs*), and for each the acts it
names, whether it asks for a means and of whom, the purposes it covers, and the article that says
so. The law itself stands in ``data/definitions/*.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

AgeClass = Literal["adult", "child", "unknown"]
Confidence = Literal["A", "B", "C"]
Words = Mapping[str, str]  # language -> text


@dataclass(frozen=True, slots=True)
class Cite:
    """Key of a citation for each class of age: the article may change at eighteen."""

    adult: str
    child: str
    unknown: str

    def key(self, age: AgeClass) -> str:
        """The citation that holds for a person of that class."""
        return str(getattr(self, age))


@dataclass(frozen=True, slots=True)
class ActRule:
    """Acts that count (or not), the named acts they stand for, and whether they need a purpose."""

    codes: tuple[str, ...]
    needs_purpose: bool
    cite: Cite
    confidence: Confidence
    counts: bool = True
    counts_as: tuple[str, ...] = ()
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeansOf:
    """Whether a means is required of a class of persons."""

    required: bool
    cite: Cite
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class MeansRule:
    """The means that count, those that do not, and of whom one is required."""

    codes: tuple[str, ...]
    adult: MeansOf
    child: MeansOf
    not_counted: tuple[str, ...] = ()
    note: str = ""

    def of(self, age: AgeClass) -> MeansOf:
        """The rule for a class of age; `unknown` is read as an adult, who may need more."""
        return self.child if age == "child" else self.adult


@dataclass(frozen=True, slots=True)
class PurposeRule:
    """Purposes that the definition covers, or expressly leaves out, with one reason."""

    codes: tuple[str, ...]
    cite: Cite
    confidence: Confidence
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Limb:
    """One way to fulfil the definition."""

    code: str
    cite: Cite
    acts: tuple[ActRule, ...]
    means: MeansRule
    purposes: tuple[PurposeRule, ...]

    def purpose_codes(self) -> frozenset[str]:
        """Every purpose that this limb covers."""
        return frozenset(code for rule in self.purposes for code in rule.codes)


@dataclass(frozen=True, slots=True)
class Offence:
    """An offence of the family around trafficking, and the days on which it stood."""

    article: str
    code: int
    since: date
    until: date | None
    title: Words
    confidence: Confidence
    part: str = ""
    becomes: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Definition:
    """One definition as it stands on a day; each text is read once, so identity is equality.

    Attributes
    ----------
    name : str                    short name: ``palermo``, ``kz``, ``eu``, ``us``
    in_force, until : date        first and last day; ``until`` is None for the newest text
    child_under : int             age in years below which a person is a child
    limbs : tuple of Limb         ways to fulfil it; any one is enough
    not_covered : tuple of PurposeRule   forms that it does not know
    citations : dict              key -> the article in kk, ru, en
    family : tuple of Offence     related offences, of all dates (see `related`)
    """

    name: str
    in_force: date
    until: date | None
    labels: Words
    titles: Words
    glosses: Words
    source: str
    confidence: Confidence
    child_under: int
    cite: Cite
    citations: Mapping[str, Words]
    limbs: tuple[Limb, ...]
    not_covered: tuple[PurposeRule, ...]
    family: tuple[Offence, ...] = field(default=())

    def __repr__(self) -> str:
        end = self.until or "…"
        return f"Definition({self.name}, {self.in_force} – {end}: {self.titles['en']})"

    def label(self, lang: str = "en") -> str:
        """The short name beside a number."""
        return self.labels[lang]

    def title(self, lang: str = "en") -> str:
        """The act's full title."""
        return self.titles[lang]

    def gloss(self, lang: str = "en") -> str:
        """What it asks for, in plain words."""
        return self.glosses[lang]

    def citation(self, key: str, lang: str = "en") -> str:
        """The article under a key of the file."""
        return self.citations[key][lang]

    def related(self, on: date) -> tuple[Offence, ...]:
        """The family of related offences on a day."""
        return tuple(o for o in self.family if o.since <= on <= (o.until or date.max))


@dataclass(frozen=True, slots=True)
class Elements:
    """The words in which a record states act, means and purpose."""

    acts: tuple[str, ...]
    means: tuple[str, ...]
    purposes: tuple[str, ...]

    def codes(self, element: str) -> tuple[str, ...]:
        """The codes of ``acts``, ``means`` or ``purposes``."""
        return tuple(getattr(self, element))
