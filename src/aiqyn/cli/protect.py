"""``aiqyn protect``: cells hidden, rounded or given noise; written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rich.console import Console

from aiqyn import words
from aiqyn.cli.attack import progress_bar, refuse_low
from aiqyn.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    import polars as pl

    from aiqyn.disclosure.long_tables.changing import ChangedTable
    from aiqyn.disclosure.long_tables.protecting import ProtectedTable
    from aiqyn.disclosure.long_tables.reading import LongTable
    from aiqyn.disclosure.microdata.protected_file import ProtectedRecords
    from aiqyn.disclosure.money.protected import ProtectedSums
    from aiqyn.disclosure.rules import Rules

OF_COUNTS = ("suppress", "rounding", "cell-key")
ENGINES = ("aiqyn", "argus")
METHODS = (*OF_COUNTS, "money", "records")


class Protected(Protocol):
    """What every way of protecting answers."""

    @property
    def printed(self) -> pl.DataFrame:
        """As it may be published."""
        ...

    def to_json(self) -> dict[str, Any]:
        """What was hidden, and what the attack found."""
        ...

    def text(self, lang: str = "en") -> str:
        """The same in words."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """How the file is to be protected.

    Attributes
    ----------
    threshold : counts from 1 to threshold - 1 are small
    method : one of `METHODS`
    base : of rounding, persons
    key_file : secret bytes of cell-key
    engine : who proposes the cells to suppress: aiqyn or argus
    holder : column of a file of payments that says whose a payment is
    rule : p-percent or dominance; p, n, k : its numbers, per cent, contributors, per cent
    agree, ways : rows of a file of records that must agree, and keys known together
    """

    threshold: int = 5
    method: str = "suppress"
    base: int = 5
    key_file: Path | None = None
    engine: str = "aiqyn"
    holder: str | None = None
    rule: str = "p-percent"
    p: float = 10.0
    n: int = 1
    k: float = 75.0
    agree: int = 5
    ways: int | None = None


def protect_file(
    path: Path,
    asked: Asked,
    *,
    out: Path | None,
    dims: Sequence[str] | None = None,
    value: str | None = None,
) -> Protected:
    """Protect the table, the payments or the records of a file, and write what may go out."""
    from aiqyn.observatory.manifest import write_atomically

    refuse_low(asked.threshold)
    if asked.engine not in ENGINES:
        raise UsageRefused("DISC-035", engine=asked.engine)
    if asked.method not in METHODS:
        raise UsageRefused("DISC-029", method=asked.method, methods=", ".join(METHODS))
    done = _protected(path, asked, dims, value)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(out, done.printed.write_csv().encode())
    return done


def _protected(
    path: Path, asked: Asked, dims: Sequence[str] | None, value: str | None
) -> Protected:
    from aiqyn.disclosure.long_tables.protecting import read_true
    from aiqyn.disclosure.rules import load_rules

    if asked.method in OF_COUNTS:
        table = read_true(path, dims=dims, value=value)
        rules = load_rules()
        known = replace(rules, threshold=asked.threshold, zeros_shown=True, hidden_at_least=0)
        return _counts(table, asked, known)
    if dims is None:
        raise UsageRefused("DISC-030", method=asked.method)
    if asked.method == "money":
        return _payments(path, asked, dims, value)
    return _records(path, asked, dims)


def _counts(table: LongTable, asked: Asked, rules: Rules) -> ProtectedTable | ChangedTable:
    from aiqyn.disclosure.long_tables.changing import rounded_table, table_with_noise
    from aiqyn.disclosure.long_tables.protecting import protect_table

    if asked.method == "rounding":
        return rounded_table(table, rules, base=asked.base)
    if asked.method == "cell-key":
        return table_with_noise(table, rules, secret=_secret(asked.key_file))
    with progress_bar() as advance:
        return protect_table(table, rules, by_argus=asked.engine == "argus", advance=advance)


def _payments(path: Path, asked: Asked, dims: Sequence[str], amount: str | None) -> ProtectedSums:
    from aiqyn.disclosure.long_tables.reading import raw_frame
    from aiqyn.disclosure.money import MoneyRule, protect_sums, table_of_sums

    names = {"p-percent": "p_percent", "dominance": "dominance"}
    if asked.rule not in names:
        raise UsageRefused("DISC-031", rule=asked.rule)
    if amount is None:
        raise UsageRefused("DISC-032")
    rule = MoneyRule(names[asked.rule], asked.p, asked.n, asked.k)
    paid = raw_frame(path)
    table = table_of_sums(paid, dims, amount, rule, contributor=asked.holder, file=path.name)
    with progress_bar() as advance:
        return protect_sums(table, advance=advance)


def _records(path: Path, asked: Asked, keys: Sequence[str]) -> ProtectedRecords:
    from aiqyn.disclosure.long_tables.reading import raw_frame
    from aiqyn.disclosure.microdata.protected_file import protect_records

    return protect_records(raw_frame(path), keys, asked.agree, ways=asked.ways, file=path.name)


def _secret(file: Path | None) -> bytes:
    from aiqyn.disclosure.cell_key.keys import SECRET

    if file is None or not file.is_file():
        raise InputRefused("DISC-028", n=SECRET)
    return file.read_bytes()


def print_protected(done: Protected, out: Path | None, lang: str) -> None:
    """What was done to the file, and where it was written."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(done.text(lang))
    if out is not None:
        console.print(words.say("protect.written", lang, file=out.name))
