"""``aiqyn nowcast``: the days of a line list, as JSON and as lines; cautions on stderr."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.signals.series.judged import Caution


def nowcast_file(
    file: Path, *, event: str, report: str, now: date, seed: int = 1
) -> tuple[list[dict[str, Any]], tuple[Caution, ...]]:  # Any: JSON
    """The answer of ``aiqyn nowcast --json``, and what the reader must know of it.

    Raises
    ------
    InputRefused, AnswerRefused (SIG-030 … SIG-033).
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads only wait
    import numpy as np

    from aiqyn.signals.nowcast import nowcast_days, read_line_list

    known = read_line_list(file, event, report, now)
    days = nowcast_days(known, np.random.default_rng(seed))
    told = [
        {
            "date": day.date.isoformat(),
            "reported": day.reported,
            "median": day.median,
            "lo95": day.lo95,
            "hi95": day.hi95,
        }
        for day in days
    ]
    return told, known.cautions


def print_nowcast(days: Sequence[dict[str, Any]], lang: str = "en") -> None:
    """A line a day, and what it means."""
    lines = [words.say("nowcast.day", lang, **day) for day in days]
    typer.echo("\n".join([*lines, words.say("nowcast.meaning", lang)]))


def tell_cautions(cautions: Sequence[Caution], lang: str = "en") -> None:
    """Cautions on stderr: the answer itself is a list of days and nothing else."""
    for caution in cautions:
        typer.echo(f"! {words.say(caution.code, lang, **caution.slots)} ({caution.code})", err=True)
