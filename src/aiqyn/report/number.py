"""A number with all that must travel with it, and the agencies behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aiqyn.report.slots import Sentence, State

Unit = Literal[
    "persons", "records", "rows", "share", "per_100k", "of_ten", "months", "days", "change"
]
Kind = Literal["counted", "estimated", "lower_bound", "refused"]


@dataclass(frozen=True, slots=True)
class Source:
    """What one agency sent, all its files together: nothing public tells them apart.

    Attributes
    ----------
    files : number of files
    sha256 : of the only file, or of the files' hashes in the order of their names, a line each
    rows, accepted, refused : rows; each row is a person on the agency's list
    state : where small numbers or their company are hidden, rows and hash are None
    """

    id: str
    agency: str
    files: int
    sha256: str | None
    rows: int | None
    accepted: int | None
    refused: int | None
    state: State = "shown"


@dataclass(frozen=True, slots=True)
class Number:
    """A number with all that must travel with it.

    Attributes
    ----------
    value, low, high : in `unit`; shares and changes are fractions of 1. None where the state hides
        them; an estimate may be a range without a value, a lower bound has its low end alone.
    level : coverage of the interval (0.95), None where low and high are bounds, not chances.
    counted : numerator and denominator, where it is a share and both may be shown.
    definition, filter, method, not_known : sentences for the open number.
    cautions : sentences; each stands beside the number on the page.
    sources : ids of the agencies from whose files it was counted.
    """

    id: str
    value: float | None
    unit: Unit
    low: float | None = None
    high: float | None = None
    level: float | None = None
    kind: Kind = "counted"
    state: State = "shown"
    counted: tuple[int, int] | None = None
    title: Sentence | None = None
    definition: Sentence | None = None
    filter: Sentence | None = None
    method: Sentence | None = None
    not_known: Sentence | None = None
    cautions: tuple[Sentence, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        hides = self.state not in ("shown", "zero")
        if hides and any(v is not None for v in (self.value, self.low, self.high, self.counted)):
            raise ValueError(f"number {self.id}: state {self.state} must hide its value")
        bare = self.value is None and self.kind not in ("estimated", "lower_bound")
        if self.state == "shown" and (bare or self.low is None):
            raise ValueError(f"number {self.id}: a shown number has a value and an interval")
