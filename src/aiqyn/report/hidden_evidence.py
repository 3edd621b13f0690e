"""What the report may read of the hidden number: only what the gate of publication let through.

Every number of persons here is rounded as it will be printed (to ten), and a number that the gate
withholds is None already: the report cannot print what it does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

Publish = Literal["estimate", "range", "lower_bound", "nothing"]
Verdict = Literal["passed", "caution", "not_for"]


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """One row of a chart of dots and intervals, in persons, recorded ones included.

    Attributes
    ----------
    code : of the method, the list left out, the pair of lists merged (``a+b``), the year or group
    value, low, high : persons; `value` None where the gate allows a range alone, `high` None where
        it allows a lower bound alone, all None where it was refused
    low80, high80 : the narrower interval, where it may be printed
    refused : code of the refusal (``EST-020``); None where there is a number
    main : the estimate that the report prints
    share : between 0 and 1: of the replicates that chose a model; None elsewhere
    """

    code: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    low80: float | None = None
    high80: float | None = None
    refused: str | None = None
    main: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class GateCheck:
    """One check of the gate: its verdict and the sentence with its figure.

    `key` is a key of the catalogue; `slots` are numbers, texts or codes of lists for it.
    """

    verdict: Verdict
    key: str
    slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HiddenEvidence:
    """The hidden number of one report year.

    Attributes
    ----------
    lists : codes of the agencies (or groups of agencies) whose lists were used, in fixed order
    left_out : agencies whose lists are no lists of their own, each with the key of the reason
    observed : persons on at least one list; None where disclosure hides it
    publish, low, high : what may be printed, and its ends
    by_method, without_list, merged, models, by_year : lines of the charts; the code of a model is
        its terms, ``a×b, c×d, e`` (``+`` may stand for ``×``)
    groups : lines by dimension (sex, age_group, form_group, region, citizenship)
    overlap : `lists` (codes joined by ``+``), `n`, `status`: cleared histories
    checks : the gate's checks in fixed order
    change : one row a pair of years: `year`, `counts`, `crime`, `detection`, each with `_low`,
        `_high` (ratios to the year before); empty where nothing may be said
    sdg : SDG 16.2.2: `series` (``detected``, ``undetected``), `code` (``_all`` or a group's),
        `value`, `low`, `high`, `per_100k`, `per_100k_low`, `per_100k_high`, `state`
    audited : whether the linkage was audited and its error is in the interval
    """

    year: int
    lists: tuple[str, ...]
    left_out: Mapping[str, str]
    observed: int | None
    publish: Publish
    low: float | None
    high: float | None
    by_method: tuple[EstimateLine, ...]
    without_list: tuple[EstimateLine, ...]
    merged: tuple[EstimateLine, ...]
    models: tuple[EstimateLine, ...]
    by_year: tuple[EstimateLine, ...]
    groups: Mapping[str, tuple[EstimateLine, ...]]
    overlap: pl.DataFrame
    checks: tuple[GateCheck, ...]
    change: pl.DataFrame
    sdg: pl.DataFrame
    audited: bool = False
