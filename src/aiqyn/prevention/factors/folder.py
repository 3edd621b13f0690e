"""A folder with factors and measured trafficking: its tables, and an answer if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.errors import AnswerRefused, InputRefused
from aiqyn.prevention.factors.association import SEED, associate
from aiqyn.prevention.factors.list_of_factors import factor_list
from aiqyn.prevention.factors.measured import (
    NAMES,
    read_detection,
    read_measured,
    with_detection,
)
from aiqyn.prevention.factors.observing import observe
from aiqyn.prevention.factors.reading import KINDS, read_factors
from aiqyn.prevention.factors.results import Association
from aiqyn.prevention.factors.rules import load_rules
from aiqyn.prevention.factors.tables import FactorTable

PLACES = ("factors", "reference/factors", "reference")


@dataclass(frozen=True, slots=True)
class FactorAnswer:
    """What a folder says.

    Attributes
    ----------
    table : every factor's values and every refused row
    association : None when nothing was measured or the answer is refused
    refusal : why there is no association although there are counts
    """

    table: FactorTable
    association: Association | None = None
    refusal: AnswerRefused | None = None


def factor_files(folder: Path) -> list[Path]:
    """Files of factors: in ``factors/`` or ``reference/factors/``, else in the folder itself."""
    for place in ("factors", "reference/factors"):
        if found := _tables(folder / place):
            return found
    return [path for path in _tables(folder) if _stem(path) not in NAMES]


def measured_of(folder: Path) -> pl.DataFrame | None:
    """``measured.csv`` (or .xlsx …) and, beside it, ``detection.csv``; None without counts."""
    named = {_stem(path): path for path in _tables(folder)}
    if "measured" not in named:
        return None
    counts = read_measured(named["measured"])
    return (
        with_detection(counts, read_detection(named["detection"]))
        if "detection" in named
        else counts
    )


def answer(
    folder: Path,
    measured: pl.DataFrame | None,
    *,
    factors: Sequence[str] = (),
    seed: int = SEED,
    leave_out: bool = True,
) -> FactorAnswer:
    """The table of factors, and what goes with the counts.

    Raises
    ------
    InputRefused PREV-046 when the folder has no file of factors, PREV-044 for a factor asked about
    that the list does not have.
    """
    paths = factor_files(folder)
    if not paths:
        raise InputRefused("PREV-046", folder=folder.name)
    for name in factors:
        if name not in factor_list():
            raise InputRefused("PREV-058", factor=name)
    table, rules = read_factors(paths), load_rules()
    if measured is None:
        return FactorAnswer(table)
    try:
        observed = observe(measured, table.whole, rules, factors)
        return FactorAnswer(table, associate(observed, rules, seed=seed, leave_out=leave_out))
    except AnswerRefused as why:
        return FactorAnswer(table, refusal=why)


def _tables(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.is_file() and p.name.lower().endswith(KINDS))


def _stem(path: Path) -> str:
    return path.name.split(".", 1)[0].lower()
