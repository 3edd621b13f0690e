"""What one check of the gate says: its verdict, its sentence, and what it leaves to be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aiqyn.estimates.results import Caution
from aiqyn.words import number, say

Publish = Literal["estimate", "range", "lower_bound", "nothing"]
Verdict = Literal["passed", "caution", "not_for"]
CHECK = "estimate.gate.check"
WHOLE = 100  # numbers from here on are persons or as good as, and written without decimals


@dataclass(frozen=True, slots=True)
class GateCheck:
    """One check of the gate: its verdict and the sentence with its figure.

    Attributes
    ----------
    verdict : passed; caution: to be said, closes nothing; not_for: closes the gate some way
    key : of the catalogue
    slots : numbers (of which a share is a fraction of 1) and texts for it
    """

    verdict: Verdict
    key: str
    slots: Mapping[str, Any] = field(default_factory=dict)  # Any: numbers and texts

    def text(self, lang: str = "en") -> str:
        """The sentence; counts as whole numbers, everything else with two decimals."""
        return say(self.key, lang, **{k: _shown(v, lang) for k, v in self.slots.items()})

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: JSON
        """``{"verdict", "key", "slots", "text"}``."""
        told = {"verdict": self.verdict, "key": self.key, "slots": dict(self.slots)}
        return told | {"text": self.text(lang)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A check, what may be printed at most after it, and why no more."""

    check: GateCheck
    publish: Publish = "estimate"
    why: Caution | None = None


def passed(name: str, **slots: object) -> Finding:
    """Nothing against a number."""
    return Finding(GateCheck("passed", f"{CHECK}.{name}", slots))


def caution(name: str, **slots: object) -> Finding:
    """To be said with whatever is printed."""
    return Finding(GateCheck("caution", f"{CHECK}.{name}", slots))


def closed(publish: Publish, name: str, why: Caution, **slots: object) -> Finding:
    """No more than `publish` may be printed."""
    return Finding(GateCheck("not_for", f"{CHECK}.{name}", slots), publish, why)


def why(code: str, **slots: object) -> Caution:
    """The reason in words."""
    return Caution(f"estimate.gate.why.{code}", slots)


def allowed_by(ratio: float, estimate: float, range_: float) -> tuple[Publish, float] | None:
    """What ends so far apart still allow, and the limit they broke; None if even a number."""
    if ratio > range_:
        return "lower_bound", range_
    return ("range", estimate) if ratio > estimate else None


def _shown(value: object, lang: str) -> object:
    if not isinstance(value, (int, float)):
        return value
    whole = isinstance(value, int) or abs(value) >= WHOLE
    return number(value, lang, decimals=0 if whole else 2)
