"""What else could explain a signal: detection, one agency, one batch, delay, a new law or place.

None of them says that the rise is not real; each says what to ask before anybody acts on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import comb

import polars as pl

from aiqyn.signals.detection_changes import LINGERS, changes_behind
from aiqyn.signals.watching_country.dimensions import TOGETHER
from aiqyn.signals.watching_country.signal import Signal

RARE = 0.01  # chance of an agency's part under which it is told
HALF = 0.5
INCOMPLETE = 0.9  # share known under which figures are still coming


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing to ask, by kind, with what is known of it.

    Attributes
    ----------
    kind : detection, agency, batch, delay, law, place
    code : of the change in detection, the agency, the definition or the place
    slots : counts and dates
    """

    kind: str
    code: str = ""
    slots: Mapping[str, object] = field(default_factory=dict)


def explanations(
    signal: Signal,
    persons: pl.DataFrame,
    changes: Sequence[Mapping[str, str]],
    laws: Mapping[str, date],
    founded: Mapping[str, date],
    until: date,
) -> tuple[Explanation, ...]:
    """What else could explain the signal, the change in detection first.

    Parameters
    ----------
    persons : those that the watch was given, with `agency`, `region`, `date_reported`
    changes : rows of detection_changes.csv: code, date, until, region, agency
    laws : definition -> day from which its present wording holds
    founded : place -> its first day
    """
    mine = persons[list(signal.persons)]
    return (
        *_detection(signal, mine, changes, until),
        *_agency(mine, persons),
        *_batch(mine),
        *_delay(signal),
        *_new(signal, laws, founded, until),
    )


def _detection(
    signal: Signal, mine: pl.DataFrame, changes: Sequence[Mapping[str, str]], until: date
) -> list[Explanation]:
    """Changes that were new while the rise went on, with the persons whom they can have brought."""
    return [
        Explanation("detection", change["code"], {"since": start, "n": n, "of": mine.height})
        for change, start, n in changes_behind(mine, changes, signal.since, until)
    ]


def _agency(mine: pl.DataFrame, persons: pl.DataFrame) -> list[Explanation]:
    """An agency that noticed half or more of them, far more than its usual part."""
    code, n = next(
        iter(
            mine["agency"]
            .value_counts(sort=True)
            .sort("count", "agency", descending=[True, False])
            .iter_rows()
        )
    )
    usual = float((persons["agency"] == code).mean() or 0.0)
    many = sum(
        comb(mine.height, k) * usual**k * (1 - usual) ** (mine.height - k)
        for k in range(n, mine.height + 1)
    )
    if n < HALF * mine.height or many > RARE:
        return []
    return [Explanation("agency", str(code), {"n": n, "of": mine.height, "usual": usual})]


def _batch(mine: pl.DataFrame) -> list[Explanation]:
    """Half or more of them reported on one day."""
    days = (
        mine["date_reported"]
        .value_counts()
        .sort("count", "date_reported", descending=[True, False])
    )
    day, n = next(iter(days.iter_rows()))
    if n < max(3, HALF * mine.height):
        return []
    return [Explanation("batch", "", {"day": day, "n": n, "of": mine.height})]


def _delay(signal: Signal) -> list[Explanation]:
    if signal.share >= INCOMPLETE:
        return []
    return [Explanation("delay", "", {"share": signal.share})]


def _new(
    signal: Signal, laws: Mapping[str, date], founded: Mapping[str, date], until: date
) -> list[Explanation]:
    """A wording of the law, or a place, that is new in the history."""
    recent = {code: day for code, day in laws.items() if until - LINGERS <= day <= until}
    found = [Explanation("law", code, {"since": day}) for code, day in sorted(recent.items())]
    for place in signal.cell.get("place", "").split(TOGETHER):
        if place in founded and founded[place] > until - 5 * LINGERS:
            found.append(Explanation("place", place, {"since": founded[place]}))
    return found
