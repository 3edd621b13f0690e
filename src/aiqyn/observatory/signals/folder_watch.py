"""The watch over an observatory's folder: what is known on a day, signals, their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.observatory.building import build, table
from aiqyn.observatory.evidence_labels import regions
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.reference_files import silent_regions
from aiqyn.observatory.signals.known_persons import Known, known_on, last_day
from aiqyn.observatory.signals.neighbouring import neighbours
from aiqyn.observatory.signals.register import (
    Register,
    ids_of,
    numbered,
    read_register,
    write_register,
)
from aiqyn.observatory.stages import STAGES
from aiqyn.signals.series.judged import Caution
from aiqyn.signals.watching_country.settings import WatchSettings
from aiqyn.signals.watching_country.signal import CountryWatch, Signal
from aiqyn.signals.watching_country.whole_watch import whole_watch

PLACE = "signals"  # in the observatory's folder
SILENT = 14  # days without a detection after which the reader is told
SEED = 1  # of the draws of the delay and of shuffled files; not of the data


@dataclass(frozen=True, slots=True)
class FolderWatch:
    """A run over an observatory.

    Attributes
    ----------
    ids : of the signals, in their order
    looked_back : an earlier week than the last one watched; nothing was written
    """

    watch: CountryWatch
    known: Known
    register: Register
    ids: tuple[str, ...]
    looked_back: bool
    cautions: tuple[Caution, ...]


def signals_folder(observatory: Observatory) -> Path:
    """Where signals are kept: an inside folder, for its owner only, not built and not published."""
    return observatory.folder / PLACE


def watch_folder(
    observatory: Observatory, as_of: date | None = None, settings: WatchSettings | None = None
) -> FolderWatch:
    """Bring the records up to date, watch, and number the signals.

    Parameters
    ----------
    as_of : the day whose knowledge is taken; the last day of a detection where None
    settings : the shipped choices where None

    Raises
    ------
    AnswerRefused SIG-094 when nobody was known on the day; SIG-092 when the history is too short.
    """
    build(observatory, STAGES, until="intake")
    victims = table(observatory, "intake", "victims")
    last = last_day(victims)
    day = as_of or last
    if day is None or last is None:
        raise AnswerRefused("SIG-094", day=as_of.isoformat() if as_of else "—")
    known = known_on(victims, day)
    if not known.persons.height:
        raise AnswerRefused("SIG-094", day=day.isoformat())
    country, rng = observatory.settings.country, np.random.default_rng(SEED)
    watch = whole_watch(
        known.persons, country, day, neighbours(observatory),
        founded=_founded(observatory), settings=settings, rng=rng,
    )  # fmt: skip
    before = read_register(signals_folder(observatory))
    back = watch.until.isoformat() < before.until
    members = [person_ids(known, signal) for signal in watch.signals]
    register = numbered(before, watch.signals, members, watch.until)
    if not back:
        write_register(signals_folder(observatory), register)
    cautions = (*watch.cautions, *_cautions(observatory, known, day, back))
    return FolderWatch(watch, known, register, ids_of(register, watch.signals), back, cautions)


def person_ids(known: Known, signal: Signal) -> frozenset[str]:
    """Ids of a signal's persons."""
    return frozenset(known.persons["person_id"].gather(list(signal.persons)).to_list())


def _founded(observatory: Observatory) -> dict[str, date]:
    """Regions with a first day; one from before the history changes nothing."""
    dated = {row["code"]: row.get("valid_from") or "" for row in regions(observatory)}
    return {code: date.fromisoformat(day) for code, day in dated.items() if day}


def _cautions(observatory: Observatory, known: Known, day: date, back: bool) -> tuple[Caution, ...]:
    """What the reader of the run must know of the data."""
    told = []
    assert known.last is not None
    if (day - known.last).days > SILENT:
        told.append(Caution("SIG-187", {"day": day.isoformat(), "last": known.last.isoformat()}))
    first = known.persons["date_detected"].min()
    for code, since in _founded(observatory).items():
        if isinstance(first, date) and since > first:
            told.append(Caution("SIG-189", {"place": code, "since": since.isoformat()}))
    told += [
        Caution("SIG-190", {"place": code, "year": day.year})
        for code in sorted(silent_regions(observatory, day.year))
    ]
    if back:
        told.append(Caution("SIG-191", {"day": day.isoformat()}))
    if known.dateless:
        told.append(Caution("SIG-193", {"n": known.dateless}))
    return tuple(told)
