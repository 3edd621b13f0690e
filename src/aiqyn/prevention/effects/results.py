"""The answers: an effect with its interval, the checks of the design, the doubts that stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aiqyn.errors import AiqynError
from aiqyn.words import number, say

Design = Literal["staggered-did", "sdid", "sc", "its", "rdd"]
DESIGNS: tuple[Design, ...] = ("staggered-did", "sdid", "sc", "its", "rdd")
Kind = Literal["detections", "estimates", "survey"]
KINDS: tuple[Kind, ...] = ("detections", "estimates", "survey")
TINY = 0.001  # below, only the size is told
IntervalBy = Literal["groups", "redealt", "widened", "placebos", "model", "draws", "robust"]


@dataclass(frozen=True, slots=True)
class Caution:
    """A doubt that travels with the effect: a code of the catalogue and what fills its slots."""

    code: str
    slots: Mapping[str, Any] = field(default_factory=dict)  # Any: a count, a number, a code

    def text(self, lang: str = "en") -> str:
        """The sentence."""
        return say(self.code, lang, **{k: shown(v, lang) for k, v in self.slots.items()})

    def to_json(self, lang: str = "en") -> dict[str, str]:
        """Code and sentence."""
        return {"code": self.code, "text": self.text(lang)}


@dataclass(frozen=True, slots=True)
class Check:
    """An assumption of the design held against the data.

    Attributes
    ----------
    name : "pre-trends", "honest-pre-trends", "placebo-space" …; sentence ``effects.check.<name>``
    passed : None where the data cannot tell
    slots : what fills the sentence; a check that could not be made has the reason's key in `why`
    """

    name: str
    passed: bool | None
    slots: Mapping[str, Any] = field(default_factory=dict)  # Any: as in Caution
    why: str = ""

    def text(self, lang: str = "en") -> str:
        """What was found, in a sentence."""
        key = f"effects.check.{self.why or self.name}"
        return say(key, lang, **{k: shown(v, lang) for k, v in self.slots.items()})

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: JSON
        """``{"name", "result", "passed", "values"}``; `result` is the sentence."""
        values = {k: v for k, v in self.slots.items() if isinstance(v, float | int)}
        told = {"name": self.name, "result": self.text(lang), "passed": self.passed}
        return told | {"values": values}


@dataclass(frozen=True, slots=True)
class GroupTime:
    """Effect at one time on the areas that started together; periods as the file writes them."""

    group: str
    time: str
    effect: float
    se: float | None


@dataclass(frozen=True, slots=True)
class EventTime:
    """Effect so many periods after the start; before it (negative), what should be nothing."""

    event: int
    effect: float
    se: float | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Average effect on the treated, in the outcome's unit.

    Attributes
    ----------
    value, se : outcome's unit; `se` None where none can be had
    low, high : 95 % interval; None where no limit can be given
    by : what the interval rests on: spread within groups, starts dealt anew, placebos, a model
    without : average outcome of the treated cells had there been no programme
    cells : treated areas times treated periods
    p_value : of no effect; None where the method gives none
    """

    value: float
    se: float | None
    low: float | None
    high: float | None
    by: IntervalBy
    without: float
    cells: int
    p_value: float | None = None

    @property
    def relative(self) -> float | None:
        """The effect as a share of what would have been."""
        return self.value / self.without if self.without > 0 else None

    @property
    def direction(self) -> Literal["rose", "fell", "not_seen"]:
        """Whether the interval leaves out no change, and on which side."""
        if self.low is not None and self.low > 0:
            return "rose"
        return "fell" if self.high is not None and self.high < 0 else "not_seen"


@dataclass(frozen=True, slots=True)
class Placebo:
    """The same evaluation where there was no programme: in another area, or before the start."""

    at: str
    effect: float
    fit: float


@dataclass(frozen=True, slots=True)
class PathPoint:
    """Treated and comparison at one time, outcome's unit."""

    time: str
    treated: float
    comparison: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one design says of one programme.

    Attributes
    ----------
    effect : None where the question was refused, and `refusal` says why
    kind : what the outcome is; None where nobody said
    weights : donor area -> share of the comparison (sdid, sc)
    loss : mean squared distance of the comparison from the treated area before the start
    treated, comparison : numbers of areas
    """

    design: Design
    outcome: str
    seed: int
    effect: Effect | None = None
    kind: Kind | None = None
    group_time: tuple[GroupTime, ...] = ()
    event: tuple[EventTime, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    loss: float | None = None
    path: tuple[PathPoint, ...] = ()
    placebos: tuple[Placebo, ...] = ()
    checks: tuple[Check, ...] = ()
    cautions: tuple[Caution, ...] = ()
    treated: int = 0
    comparison: int = 0
    refusal: AiqynError | None = None

    def check(self, name: str) -> Check | None:
        """The check of that name, if it was made."""
        return next((c for c in self.checks if c.name == name), None)

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: JSON
        """The fields of the contract of ``aiqyn evaluate --json``, and some more."""
        e = self.effect
        return {
            "design": self.design,
            "outcome": self.outcome,
            "outcome_kind": self.kind,
            "effect": e and e.value,
            "se": e and e.se,
            "lo95": e and e.low,
            "hi95": e and e.high,
            "p_value": e and e.p_value,
            "relative": e and e.relative,
            "direction": e and e.direction,
            "interval_by": e and e.by,
            "group_time": [
                {"group": _plain(x.group), "time": _plain(x.time), "effect": x.effect, "se": x.se}
                for x in self.group_time
            ],
            "event": [{"event": x.event, "effect": x.effect, "se": x.se} for x in self.event],
            "weights": dict(self.weights),
            "loss": self.loss,
            "path": [
                {"time": _plain(p.time), "treated": p.treated, "comparison": p.comparison}
                for p in self.path
            ],
            "placebos": [{"at": p.at, "effect": p.effect, "fit": p.fit} for p in self.placebos],
            "checks": [c.to_json(lang) for c in self.checks],
            "cautions": [c.to_json(lang) for c in self.cautions],
            "treated": self.treated,
            "comparison": self.comparison,
            "seed": self.seed,
            "refused": self.refusal is not None,
            "why": _why(self.refusal, lang),
        }


def _why(refusal: AiqynError | None, lang: str) -> dict[str, str] | None:
    if refusal is None:
        return None
    return {"code": refusal.code, "message": refusal.text(lang), "mend": refusal.mend(lang)}


def _plain(time: str) -> int | str:
    """Years as numbers, other periods as they are written."""
    return int(time) if time.lstrip("-").isdigit() else time


def shown(value: Any, lang: str) -> str:  # Any: what a slot may hold
    """A number as the language writes it, three figures that matter; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, float | int):
        return str(value)
    if isinstance(value, int):
        return number(value, lang)
    size = abs(value)
    if 0 < size < TINY:
        return f"<{number(TINY, lang, decimals=3)}"
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    return number(value, lang, decimals=decimals)
