"""Crime or detection? The change of the counts between years, split in two with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from aiqyn.errors import AiqynError, UsageRefused
from aiqyn.estimates.subgroups.answer import Part, Subgroups
from aiqyn.estimates.tables.cells import Floats
from aiqyn.estimates.years.detection import Detection, Spread, detection_by_year, in_order, spread
from aiqyn.words import number, say


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the counts from one year to another.

    ``log(counts) = log(crime) + log(detection)``, in the estimates and in every joint draw.

    Attributes
    ----------
    start, end : the years
    persons : recorded in each
    counts : ratio of the recorded persons; known, so without an interval
    crime : ratio of all persons, recorded or not; None when refused
    detection : ratio of the detection probabilities; None when refused
    refusal : why the change cannot be split
    """

    start: str
    end: str
    persons: tuple[int, int]
    counts: float | None
    crime: Spread | None
    detection: Spread | None
    refusal: AiqynError | None = None

    def text(self, lang: str = "en") -> str:
        """What was counted, what became of the crime, what of detection."""
        years = {"start": self.start, "end": self.end}
        a, b = (number(n, lang) for n in self.persons)
        told = [say("change.counts", lang, **years, a=a, b=b)]
        if self.refusal is not None:
            return " ".join([*told, self.refusal.text(lang), self.refusal.mend(lang)])
        told += [_sentence("crime", self.crime, lang), _sentence("detection", self.detection, lang)]
        return " ".join(told)

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: numbers, words and null
        """One entry of ``change``."""
        counts = {"from": self.persons[0], "to": self.persons[1], "ratio": self.counts}
        why = None
        if self.refusal is not None:
            text = f"{self.refusal.text(lang)} {self.refusal.mend(lang)}"
            why = {"code": self.refusal.code, "text": text}
        return {
            "from": self.start,
            "to": self.end,
            "counts": counts,
            "crime": self.crime.to_json("ratio") if self.crime else None,
            "detection": self.detection.to_json("ratio") if self.detection else None,
            "text": self.text(lang),
            "refused": why is not None,
            "why": why,
        }


@dataclass(frozen=True, slots=True)
class CrimeOrDetection:
    """Detection by year and the changes between years.

    Attributes
    ----------
    detection : one for each year
    changes : between neighbouring years, then from the first to the last of three or more
    """

    detection: tuple[Detection, ...]
    changes: tuple[Change, ...]

    def text(self, lang: str = "en") -> str:
        """A paragraph for each change."""
        return "\n".join(c.text(lang) for c in self.changes)

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """``{"detection_probability", "change"}``."""
        shares = [
            {"code": d.year, "observed": d.observed, "refused": d.probability is None}
            | (d.probability or Spread(np.nan)).to_json("probability")
            | ({"probability": None} if d.probability is None else {})
            for d in self.detection
        ]
        return {"detection_probability": shares, "change": [c.to_json(lang) for c in self.changes]}

    def __repr__(self) -> str:
        return self.text("en")


def crime_or_detection(years: Subgroups) -> CrimeOrDetection:
    """Split each change of the counts into change of the crime and change of detection.

    Parameters
    ----------
    years : `by_stratum` of a table by year with ``level="own"``; its draws are shared by both parts
        of the split

    Raises
    ------
    InputRefused (EST-074) when a stratum is not a year, UsageRefused (EST-032) for pooled levels.

    Notes
    -----
    Levels that lean on one another would answer the question by assumption: thin years would all be
    found alike, and every change of the counts would be the crime's.

    The draws of two years are joint: pairs of lists, mean list effects and the deviation of lists
    between years are the same in both, so what is doubtful in all years alike leaves the ratio.
    """
    parts = in_order(years)
    if years.settings.get("level") != "own":
        raise UsageRefused("EST-032", option="level", allowed="own")
    pairs = list(pairwise(range(len(parts))))
    if len(parts) > 2:
        pairs.append((0, len(parts) - 1))
    changes = tuple(_change(years, parts, a, b) for a, b in pairs)
    return CrimeOrDetection(detection_by_year(years), changes)


def _change(years: Subgroups, parts: tuple[Part, ...], a: int, b: int) -> Change:
    first, last = parts[a], parts[b]
    persons = first.observed, last.observed
    counts = last.observed / first.observed if first.observed else None
    refusal = _refusal(first, last)
    if refusal or not (counts and first.estimate and last.estimate):
        return Change(first.code, last.code, persons, counts, None, None, refusal)
    crime = last.estimate / first.estimate
    ratios = _ratios(years, a, b)
    crimes = spread(crime, ratios)
    detections = spread(counts / crime, None if ratios is None else counts / ratios)
    return Change(first.code, last.code, persons, counts, crimes, detections)


def _ratios(years: Subgroups, a: int, b: int) -> Floats | None:
    """Joint draws of the ratio of all persons; a draw without a maximum is no number."""
    if years.draws is None:
        return None
    sound = np.isfinite(years.draws[:, [a, b]]).all(axis=1)
    return np.asarray(years.draws[sound, b] / years.draws[sound, a])


def _refusal(*parts: Part) -> AiqynError | None:
    return next((p.refusal for p in parts if p.refusal is not None), None)


def _sentence(what: str, ratio: Spread | None, lang: str) -> str:
    """Rose or fell only where the interval leaves out no change (a ratio of one)."""
    if ratio is None:
        return ""
    value, bounds = number(ratio.value, lang, decimals=2), ratio.bounds(0.95)
    if bounds is None:
        return say(f"change.{what}.point", lang, ratio=value)
    low, high = bounds
    way = "rose" if low > 1 else "fell" if high < 1 else "unsaid"
    ends = {"low": number(low, lang, decimals=2), "high": number(high, lang, decimals=2)}
    return say(f"change.{what}.{way}", lang, ratio=value, **ends)
