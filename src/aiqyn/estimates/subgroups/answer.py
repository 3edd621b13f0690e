"""The answer by stratum: each part with its interval and how much of it is its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiqyn.errors import AiqynError
from aiqyn.estimates.results import Caution, Interval, Model
from aiqyn.estimates.subgroups.agreement import rounded_to_sum
from aiqyn.estimates.subgroups.settings import Whole
from aiqyn.estimates.tables.cells import Floats
from aiqyn.words import number, percent, say

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Part:
    """Estimated number of persons of one stratum, recorded or not; or why there is none.

    Attributes
    ----------
    code : of the stratum
    observed : persons on at least one list
    estimate : persons in all; None when refused
    intervals : 95 % and 80 %, of the persons in all
    own : how much of the estimate is the stratum's own, 0 (all borrowed) to 1 (nothing borrowed)
    refusal : why there is no estimate
    """

    code: str
    observed: int
    estimate: float | None
    intervals: tuple[Interval, ...] = ()
    own: float | None = None
    refusal: AiqynError | None = None

    def interval(self, level: float = 0.95) -> Interval | None:
        """The interval of that level, if there is one."""
        return next((i for i in self.intervals if i.level == level), None)

    def row(self) -> dict[str, Any]:  # Any: a code and numbers
        """Code, numbers and limits."""
        head = {"code": self.code, "observed": self.observed, "estimate": self.estimate}
        return head | limits(self.intervals) | {"pooling": self.own}

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """One entry of ``by.strata``."""
        why = None
        if self.refusal is not None:
            text = f"{self.refusal.text(lang)} {self.refusal.mend(lang)}"
            why = {"code": self.refusal.code, "text": text}
        return self.row() | {"refused": why is not None, "why": why}


@dataclass(frozen=True, slots=True, eq=False)
class Subgroups:
    """Estimates of all strata of a dimension and of their sum.

    Attributes
    ----------
    dimension : the column's name
    parts : one for each stratum, in the order of the codes
    total : persons in all strata that have an estimate: the sum of `parts`, to the last bit
    intervals : 95 % and 80 % of it
    whole : "parts" when the sum is the whole, "table" when the parts were scaled to the table's own
    table_total : estimate of the table without regard to strata
    model : pairs of lists common to all strata
    deviations : standard deviations of log odds between strata, ``level`` (None where it is each
        stratum's own) and ``mix``
    settings : what was asked, seed included
    cautions : what must be said with the numbers
    draws : persons in all, joint draws; shape ``(draws, parts)``, NaN in an empty part
    """

    dimension: str
    parts: tuple[Part, ...]
    total: float
    intervals: tuple[Interval, ...]
    whole: Whole
    table_total: float
    model: Model
    deviations: Mapping[str, float | None]
    settings: Mapping[str, Any] = field(default_factory=dict)  # Any: numbers and words alike
    cautions: tuple[Caution, ...] = ()
    draws: Floats | None = field(default=None, repr=False)

    @property
    def observed(self) -> int:
        """Persons on a list in the strata that have an estimate."""
        return sum(p.observed for p in self.parts if p.refusal is None)

    def part(self, code: str) -> Part:
        """The part of that code."""
        return next(p for p in self.parts if p.code == code)

    def table(self) -> pl.DataFrame:
        """One row a stratum, refused ones with the code of their refusal."""
        import polars as pl

        rows = [p.row() | {"refusal": p.refusal.code if p.refusal else None} for p in self.parts]
        numbers = ("estimate", "lo95", "hi95", "lo80", "hi80", "pooling")
        types = {**dict.fromkeys(numbers, pl.Float64), "refusal": pl.String}
        return pl.DataFrame(rows, schema_overrides=types)

    def text(self, lang: str = "en") -> str:
        """A line for each stratum, the whole, then what must be said."""
        lines = [say("subgroups.head", lang, dimension=self.dimension)]
        lines += [f"  {line}" for line in self._lines(lang)]
        lines += [self._sum(lang), *(c.text(lang) for c in self.cautions)]
        return "\n".join(lines)

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """The entry ``by`` of ``aiqyn estimate --json``."""
        head = {"observed": self.observed, "estimate": self.total}
        return {
            "dimension": self.dimension,
            "strata": [p.to_json(lang) for p in self.parts],
            "sum": head | limits(self.intervals) | {"whole": self.whole},
            "table_estimate": self.table_total,
            "model": self.model.to_json(),
            "deviations": dict(self.deviations),
            "settings": dict(self.settings),
            "cautions": [c.to_json(lang) for c in self.cautions],
        }

    def _lines(self, lang: str) -> list[str]:
        given = [p for p in self.parts if p.refusal is None]
        whole = dict(zip(given, rounded_to_sum([p.estimate or 0.0 for p in given]), strict=True))
        return [self._line(p, whole.get(p, 0), lang) for p in self.parts]

    def _line(self, part: Part, persons: int, lang: str) -> str:
        if part.refusal is not None:
            told = f"{part.refusal.text(lang)} {part.refusal.mend(lang)}"
            return say("subgroups.refused", lang, code=part.code, why=told)
        key, slots = _interval_slots(part.intervals, lang)
        own = percent(part.own or 0.0, lang)
        counted = {"code": part.code, "observed": number(part.observed, lang)}
        return say(
            f"subgroups.part.{key}", lang, **counted, n=number(persons, lang), own=own, **slots
        )

    def _sum(self, lang: str) -> str:
        key, slots = _interval_slots(self.intervals, lang)
        counted = {
            "observed": number(self.observed, lang),
            "n": number(round_half(self.total), lang),
        }
        return say(f"subgroups.sum.{key}", lang, **counted, **slots)

    def __repr__(self) -> str:
        return self.text("en")


def limits(intervals: tuple[Interval, ...]) -> dict[str, float | None]:
    """``lo95``, ``hi95``, ``lo80``, ``hi80`` of the intervals; None where there is no limit."""
    found: dict[str, float | None] = {}
    for level in (0.95, 0.8):
        interval = next((i for i in intervals if i.level == level), None)
        name = f"{100 * level:.0f}"
        found[f"lo{name}"] = interval.low if interval else None
        found[f"hi{name}"] = interval.high if interval else None
    return found


def round_half(value: float) -> int:
    """The nearest whole number, halves up, as `rounded_to_sum` rounds a sum."""
    return rounded_to_sum([value])[0]


def _interval_slots(intervals: tuple[Interval, ...], lang: str) -> tuple[str, dict[str, str]]:
    """Which sentence, and its limits."""
    ends = limits(intervals)
    low, high = ends["lo95"], ends["hi95"]
    if low is None:
        return "point", {}
    if high is None:
        return "bound", {"low": number(low, lang)}
    return "interval", {"low": number(low, lang), "high": number(high, lang)}
