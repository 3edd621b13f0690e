"""``aiqyn protect``: cells hidden, rounded or given noise; written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from aiqyn import words
from aiqyn.cli.attack import progress_bar, refuse_low
from aiqyn.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from aiqyn.disclosure.long_tables.changing import ChangedTable
    from aiqyn.disclosure.long_tables.protecting import ProtectedTable
    from aiqyn.disclosure.long_tables.reading import LongTable
    from aiqyn.disclosure.rules import Rules


@dataclass(frozen=True, slots=True)
class Asked:
    """How the table is to be protected.

    Attributes
    ----------
    threshold : counts from 1 to threshold - 1 are small
    method : suppress, rounding or cell-key
    base : of rounding, persons
    key_file : secret bytes of cell-key
    """

    threshold: int = 5
    method: str = "suppress"
    base: int = 5
    key_file: Path | None = None


def protect_file(
    path: Path,
    asked: Asked,
    *,
    out: Path | None,
    dims: Sequence[str] | None = None,
    value: str | None = None,
) -> ProtectedTable | ChangedTable:
    """Protect the table of a file, and write it."""
    from aiqyn.disclosure.long_tables.protecting import read_true
    from aiqyn.disclosure.rules import load_rules
    from aiqyn.observatory.manifest import write_atomically

    refuse_low(asked.threshold)
    if asked.method not in ("suppress", "rounding", "cell-key"):
        raise UsageRefused("DISC-029", method=asked.method)
    table = read_true(path, dims=dims, value=value)
    rules = replace(load_rules(), threshold=asked.threshold, zeros_shown=True, hidden_at_least=0)
    done = _protected(table, asked, rules)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(out, done.printed.write_csv().encode())
    return done


def _protected(table: LongTable, asked: Asked, rules: Rules) -> ProtectedTable | ChangedTable:
    from aiqyn.disclosure.long_tables.changing import rounded_table, table_with_noise
    from aiqyn.disclosure.long_tables.protecting import protect_table

    if asked.method == "rounding":
        return rounded_table(table, rules, base=asked.base)
    if asked.method == "cell-key":
        return table_with_noise(table, rules, secret=_secret(asked.key_file))
    with progress_bar() as advance:
        return protect_table(table, rules, advance=advance)


def _secret(file: Path | None) -> bytes:
    from aiqyn.disclosure.cell_key.keys import SECRET

    if file is None or not file.is_file():
        raise InputRefused("DISC-028", n=SECRET)
    return file.read_bytes()


def print_protected(done: ProtectedTable | ChangedTable, out: Path | None, lang: str) -> None:
    """What was done to the table, and where it was written."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(done.text(lang))
    if out is not None:
        console.print(words.say("protect.written", lang, file=out.name))
