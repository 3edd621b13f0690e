"""Multiple systems estimation of a table by one method or all, with the gate of publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aiqyn.errors import AiqynError, AnswerRefused, UsageRefused
from aiqyn.estimates.bayesian.posterior_threshold import bayes_threshold
from aiqyn.estimates.closed_population.capture_probability import lower_bound
from aiqyn.estimates.closed_population.two_lists import chapman
from aiqyn.estimates.decomposable import average_of_graphs
from aiqyn.estimates.gate.judging import Gate, gate
from aiqyn.estimates.interval_cells.estimating import estimate_of_ranges
from aiqyn.estimates.interval_cells.filling import likely_table
from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.intervals.resampling import BOOT, SEED
from aiqyn.estimates.latent_classes import latent_class
from aiqyn.estimates.log_linear.estimates_by_pairs import independence, stepwise
from aiqyn.estimates.log_linear.estimates_by_search import average_of_models, best_model
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH
from aiqyn.estimates.results import Caution, Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats

if TYPE_CHECKING:
    import polars as pl

AVAILABLE = (
    "stepwise",
    "bic",
    "aic",
    "bic-average",
    "bayes-threshold",
    "decomposable",
    "latent-class",
    "chao",
    "independence",
    "chapman",
)
Table = CaptureTable | IntervalTable
# Asked for by "all": every method of the contract; the cheap two-list formula where it applies.
ALL = (
    "stepwise",
    "bic",
    "bic-average",
    "bayes-threshold",
    "decomposable",
    "latent-class",
    "chao",
    "independence",
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the methods are asked for.

    Attributes
    ----------
    pthresh : p-value below which a pair enters (stepwise), between 0 and 1
    order : lists in the largest term (bic, aic, bic-average), at least 2
    boot : resampled tables for the interval; 0 for the number alone
    seed : of the resampling
    tables : resampled tables to use instead of drawing; shape ``(replicates, 2**lists)``;
        decomposable gives its median for each, the methods of Markov chains leave them aside
    delta : prior persons in each cell (decomposable), above 0; ``2**-lists`` unless given
    point_only : methods that are given without an interval, where time is short
    """

    pthresh: float = PTHRESH
    order: int = 2
    boot: int = BOOT
    seed: int = SEED
    tables: Floats | None = None
    delta: float | None = None
    point_only: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.pthresh < 1:
            raise UsageRefused("EST-032", option="pthresh", allowed="0 < p < 1")
        if self.order < 2:
            raise UsageRefused("EST-032", option="order", allowed="2, 3, …")
        if self.boot < 0:
            raise UsageRefused("EST-032", option="boot", allowed="0, 1, 2, …")
        if self.delta is not None and not 0 < self.delta < float("inf"):
            raise UsageRefused("EST-032", option="delta", allowed="0 < delta")
        if self.seed < 0:
            raise UsageRefused("EST-032", option="seed", allowed="0, 1, 2, …")


@dataclass(frozen=True, slots=True)
class HiddenNumber:
    """All estimates of one table and what the report may print of them.

    Attributes
    ----------
    dataset, lists, observed : the table's name, its lists, persons surely on at least one of them
    results : one for each method asked; a method that refuses says why
    gate : what the report may print; it never withholds `results`
    observed_high : persons on a list at most; None where no cell is suppressed
    """

    dataset: str
    lists: tuple[str, ...]
    observed: int
    results: tuple[Estimate, ...]
    gate: Gate
    observed_high: int | None = None

    @property
    def refused(self) -> bool:
        """Whether every method asked for refused."""
        return all(r.refusal is not None for r in self.results)

    def table(self) -> pl.DataFrame:
        """One row a method."""
        import polars as pl

        return pl.concat([r.table() for r in self.results])

    def text(self, lang: str = "en") -> str:
        """A paragraph a method, then the gate."""
        return "\n\n".join([*(r.text(lang) for r in self.results), self.gate.text(lang)])

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: JSON
        """The answer of ``aiqyn estimate --json``."""
        return {
            "dataset": self.dataset,
            "lists": list(self.lists),
            "observed": self.observed,
            "observed_low": self.observed,
            "observed_high": self.observed if self.observed_high is None else self.observed_high,
            "results": [r.to_json(lang) for r in self.results],
            "gate": self.gate.to_json(lang),
        }

    def __repr__(self) -> str:
        return self.text("en")


def hidden_number(
    table: Table,
    methods: Sequence[str] = ("stepwise",),
    options: Options | None = None,
    *,
    audited: bool = False,
) -> HiddenNumber:
    """Estimates by each method, refusals among them, and the gate of publication.

    Parameters
    ----------
    table : full, or with suppressed cells as ranges; the gate then judges the likely full table
    methods : codes of `AVAILABLE`; "all" for every method
    audited : the linkage was audited and its error is in the intervals; the gate says so

    Raises
    ------
    UsageRefused (EST-031) for a method that does not exist.
    """
    options = options or Options()
    results = tuple(_answer(table, method, options) for method in _asked(methods, table))
    judged = gate(full_table(table), results, audited=audited)
    most = table.observed_high if isinstance(table, IntervalTable) else None
    return HiddenNumber(table.name, table.lists, table.observed, results, judged, most)


def full_table(table: Table) -> CaptureTable:
    """The table itself, or the likely one where cells are ranges."""
    return likely_table(table) if isinstance(table, IntervalTable) else table


def _asked(methods: Sequence[str], table: Table) -> tuple[str, ...]:
    two = ("chapman",) if len(table.lists) == 2 else ()
    found: dict[str, None] = {}
    for method in methods:
        if method != "all" and method not in AVAILABLE:
            allowed = ", ".join((*AVAILABLE, "all"))
            raise UsageRefused("EST-031", method=method[:40], allowed=allowed)
        found |= dict.fromkeys((*two, *ALL) if method == "all" else (method,))
    return tuple(found)


def _answer(table: Table, method: str, options: Options) -> Estimate:
    try:
        found = _estimate(table, method, options)
    except AnswerRefused as refusal:
        return _refused(table, method, refusal)
    return _warned_of_two_lists(table, found)


def _estimate(table: Table, method: str, options: Options) -> Estimate:
    if isinstance(table, IntervalTable):
        return estimate_of_ranges(table, method, options)
    seed, order = options.seed, options.order
    boot, tables = options.boot, options.tables
    if method in options.point_only:
        boot, tables = 0, None
    match method:
        case "stepwise":
            return stepwise(table, pthresh=options.pthresh, boot=boot, seed=seed, tables=tables)
        case "bic":
            return best_model(table, order=order, boot=boot, seed=seed, tables=tables)
        case "aic":
            return best_model(
                table, criterion="aic", order=order, boot=boot, seed=seed, tables=tables
            )
        case "bic-average":
            return average_of_models(table, order=order, boot=boot, seed=seed, tables=tables)
        case "bayes-threshold":
            return _leaving_aside(tables, bayes_threshold(table, seed=seed))
        case "decomposable":
            return average_of_graphs(table, delta=options.delta, tables=tables)
        case "chao":
            return lower_bound(table, boot=boot, seed=seed, tables=tables)
        case "independence":
            return independence(table, boot=boot, seed=seed, tables=tables)
        case "latent-class":
            return _leaving_aside(tables, latent_class(table, seed=seed))
        case _:  # chapman, the last of AVAILABLE
            return chapman(table, boot=boot, seed=seed, tables=tables)


def _leaving_aside(tables: Floats | None, found: Estimate) -> Estimate:
    """A thousand tables would take a thousand times the seconds of the chains: say so instead."""
    if tables is None:
        return found
    return replace(found, cautions=(Caution("EST-142"), *found.cautions))


def _refused(table: Table, method: str, refusal: AiqynError) -> Estimate:
    return Estimate(method, table.observed, None, refusal=refusal)


def _warned_of_two_lists(table: Table, found: Estimate) -> Estimate:
    if len(table.lists) > 2 or any(c.code == "EST-106" for c in found.cautions):
        return found
    return replace(found, cautions=(Caution("EST-106"), *found.cautions))
