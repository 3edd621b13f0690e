"""``aiqyn attack``: the files attacked together, and the answer for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from aiqyn import words
from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    from aiqyn.disclosure.long_tables.attacking import FileAttack, Recovered

LEAST_THRESHOLD = 3  # persons; below it a single person is not hidden


def attack_files(
    files: Sequence[Path],
    *,
    threshold: int,
    dims: Sequence[str] | None,
    value: str | None,
    zeros_shown: bool,
    absent_zero: bool,
) -> FileAttack:
    """Attack the tables of all files jointly."""
    from aiqyn.disclosure.long_tables.attacking import attack_tables
    from aiqyn.disclosure.long_tables.reading import read_long

    refuse_low(threshold)
    tables = [read_long(f, dims=dims, value=value, zeros_shown=zeros_shown) for f in files]
    with progress_bar() as advance:
        return attack_tables(tables, threshold=threshold, absent_zero=absent_zero, advance=advance)


def print_attack(found: FileAttack, lang: str) -> None:
    """Each opened cell with its equation, then the counts."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for one in found.recoverable:
        console.print(_line(found, one, lang))
    numbers = {"cells": found.cells, "hidden": found.suppressed, "exact": found.exact}
    told = {name: words.number(n, lang) for name, n in numbers.items()}
    console.print(words.say("attack.head", lang, open=len(found.recoverable), **told))
    left_out = len(found.contradictions(lang))
    if left_out:
        console.print(words.say("attack.contradictions", lang, n=words.number(left_out, lang)))
    if not found.recoverable:
        console.print(words.say("attack.holds", lang))


def _line(found: FileAttack, one: Recovered, lang: str) -> str:
    low, high = words.number(one.low, lang), words.number(one.high, lang)
    cell = ", ".join(f"{d}={c}" for d, c in one.cell.items())
    return words.say(
        "attack.line",
        lang,
        file=one.file,
        cell=cell or words.say("attack.total", lang),
        values=low if low == high else words.interval(low, high),
        by=found.by(one, lang),
    )


def refuse_low(threshold: int) -> None:
    """Refuse a threshold that hides nobody."""
    if threshold < LEAST_THRESHOLD:
        raise UsageRefused("DISC-025", threshold=threshold)


@contextmanager
def progress_bar() -> Iterator[Callable[[float], None]]:
    """A bar on stderr, on a terminal only."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn

    console = Console(stderr=True)
    with Progress(
        BarColumn(), TaskProgressColumn(), console=console, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda done: progress.update(task, completed=done)
