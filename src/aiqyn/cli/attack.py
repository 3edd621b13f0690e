"""What ``attack`` and ``protect`` do with files, and how they answer a person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from aiqyn import words
from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    from aiqyn.disclosure.long_tables.attacking import FileAttack, Recovered
    from aiqyn.disclosure.long_tables.protecting import ProtectedTable

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

    _sound(threshold)
    tables = [read_long(f, dims=dims, value=value, zeros_shown=zeros_shown) for f in files]
    with _bar() as advance:
        return attack_tables(tables, threshold=threshold, absent_zero=absent_zero, advance=advance)


def protect_file(
    path: Path,
    *,
    out: Path | None,
    threshold: int,
    dims: Sequence[str] | None,
    value: str | None,
) -> ProtectedTable:
    """Protect the table of a file, and write it whole or not at all."""
    from aiqyn.disclosure.long_tables.protecting import protect_table, read_true
    from aiqyn.disclosure.rules import load_rules

    _sound(threshold)
    table = read_true(path, dims=dims, value=value)
    rules = replace(load_rules(), threshold=threshold, zeros_shown=True, hidden_at_least=0)
    with _bar() as advance:
        done = protect_table(table, rules, advance=advance)
    if out is not None:
        _write(out, done.printed.write_csv().encode())
    return done


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


def print_protected(done: ProtectedTable, out: Path | None, lang: str) -> None:
    """How much is hidden, and where the table was written."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(
        words.say(
            "protect.head",
            lang,
            cells=words.number(done.printed.height, lang),
            primary=words.number(done.primary, lang),
            secondary=words.number(done.secondary, lang),
            share=words.percent(done.suppressed_share, lang, decimals=1),
            open=done.recoverable,
        )
    )
    if out is not None:
        console.print(words.say("protect.written", lang, file=out.name))


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


def _sound(threshold: int) -> None:
    if threshold < LEAST_THRESHOLD:
        raise UsageRefused("DISC-025", threshold=threshold)


@contextmanager
def _bar() -> Iterator[Callable[[float], None]]:
    """A bar on stderr, on a terminal only."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn

    console = Console(stderr=True)
    with Progress(
        BarColumn(), TaskProgressColumn(), console=console, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda done: progress.update(task, completed=done)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{path.name}.part")
    try:
        with waiting.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
