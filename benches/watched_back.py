"""How soon the watch finds Samal's planted patterns, and how high: every Monday looked at anew.

    python -m benches.watched_back [persons]

A Monday knows only what had been reported by then. A pattern is found by a signal in its region of
which half of the new persons, or more, have one of its forms; the rank is that signal's.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from aiqyn.demo import write_country
from aiqyn.observatory import STAGES, Observatory, build, table
from aiqyn.observatory.signals.known_persons import known_on
from aiqyn.signals.watching_country.signal import Signal
from aiqyn.signals.watching_country.watching import watch_country

AFTER = timedelta(120)  # after its end a pattern can still be found late
FOUNDED = {"XSA-12": date(2022, 6, 8)}


def first_found(folder: Path) -> Iterator[tuple[str, date, date | None, int | None, int]]:
    """Code, start, first Monday that finds it, rank there, persons of it known by then."""
    observatory = Observatory.open(folder)
    build(observatory, STAGES, until="intake")
    victims = table(observatory, "intake", "victims")
    patterns = tomllib.loads((folder / "truth" / "patterns.toml").read_text(encoding="utf-8"))
    for pattern in patterns["pattern"]:
        yield _found(victims, pattern)


def _found(victims: Any, pattern: dict[str, Any]) -> tuple[str, date, date | None, int | None, int]:
    start, known_persons = pattern["from"], 0
    monday = start + timedelta((7 - start.weekday()) % 7)
    while monday <= min(pattern["until"] + AFTER, date(2025, 12, 29)):
        known = known_on(victims, monday).persons
        fits = known["forms"].list.set_intersection(pattern["forms"]).list.len() > 0
        fits = (fits & (known["region"] == pattern["region"])).fill_null(value=False)
        known_persons = int((fits & (known["date_detected"] >= start)).sum())
        run = watch_country(known, "XSA", monday, founded=FOUNDED, rng=np.random.default_rng(1))
        for rank, signal in enumerate(run.signals, start=1):
            if _tells(signal, pattern) and fits.gather(list(signal.persons)).sum() >= 3:
                return pattern["code"], start, monday, rank, known_persons
        monday += timedelta(7)
    return pattern["code"], start, None, None, known_persons


def _tells(signal: Signal, pattern: dict[str, Any]) -> bool:
    """Whether it is of the place, and it or a part of it of the pattern's mark."""
    marks = {*pattern["forms"], pattern.get("recruitment"), pattern.get("sector")}
    cells = [signal.cell, *signal.within]
    here = any(cell.get("place") == pattern["region"] for cell in cells)
    return here and any(marks & set(cell.values()) for cell in cells)


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as place:
        write_country(Path(place) / "samal", persons=size)
        for code, start, monday, rank, n in first_found(Path(place) / "samal"):
            days = (monday - start).days if monday else None
            print(
                f"{code} from {start}: found {monday}, day {days}, rank {rank}, persons known {n}"
            )
