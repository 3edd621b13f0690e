"""Populations whose size is known: from a fitted model of a table, or from a scenario file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from aiqyn.errors import InputRefused
from aiqyn.estimates.log_linear.fitting import fit, reduce
from aiqyn.estimates.results import Estimate
from aiqyn.estimates.tables.capture_histories import FEWEST_LISTS, MOST_LISTS, CaptureTable
from aiqyn.estimates.tables.cells import Floats, subset_sums

SWEEPS = (
    10_000  # of the proportional fitting; a few dozen are enough unless a list holds nearly all
)
CLOSE = 1e-12  # largest error of a capture probability
ENTRIES = {"lists", "population", "capture", "classes", "odds_ratios"}
ROUNDING = 1e-9  # of the sum of class shares
LARGEST = 10_000_000  # persons; above that no population of this kind was ever estimated


@dataclass(frozen=True, slots=True)
class Scenario:
    """A population and how the lists find it.

    Attributes
    ----------
    name : what it is called in answers
    lists : names of the lists
    population : persons in all, on a list or not
    shares : share of the population with each history, the empty one first; sums to 1;
        ``2**len(lists)`` of them
    """

    name: str
    lists: tuple[str, ...]
    population: int
    shares: tuple[float, ...]

    @property
    def on_a_list(self) -> float:
        """Share of the population that some list is expected to hold."""
        return 1 - self.shares[0]


def fitted_scenario(table: CaptureTable, estimate: Estimate) -> Scenario:
    """The population that the model of an estimate describes; its size is the estimate, rounded.

    Parameters
    ----------
    estimate : of the table, by a method with one log-linear model (stepwise, bic, independence)
    """
    if estimate.model is None:
        raise ValueError(f"{estimate.method} has no log-linear model to draw from")
    bit = {name: 1 << j for j, name in enumerate(table.lists)}
    terms = np.zeros((1, len(table.counts)), dtype=np.bool_)
    terms[0, [0, *(sum(bit[x] for x in term) for term in estimate.model.terms)]] = True
    fits = fit(table.vector[None], reduce(table.vector[None], terms))
    mean = fits.mean[0].copy()
    mean[0] = np.exp(fits.beta[0, 0])
    name = f"{table.name} ({estimate.method})"
    return Scenario(name, table.lists, round(float(mean.sum())), _summing_to_one(mean))


def scenario_names() -> tuple[str, ...]:
    """Names of the scenarios that ship with the package."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in _folder().iterdir() if _is_toml(f)))


def read_scenario(source: str | Path) -> Scenario:
    """The scenario of a TOML file, or of a name of `scenario_names`.

    Raises
    ------
    InputRefused (EST-040) no readable TOML, (EST-041) an entry that is missing or cannot be used.
    """
    name = str(source)
    file = _folder() / f"{name}.toml" if name in scenario_names() else Path(source)
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise InputRefused("EST-040", file=Path(name).name) from None
    return scenario(told, Path(name).stem)


def scenario(told: Mapping[str, Any], name: str) -> Scenario:  # Any: TOML
    """The scenario from lists, population and capture probabilities, by class if there are several.

    Parameters
    ----------
    told : ``lists``, ``population``, and either ``capture`` (a probability a list) or ``classes``
        (tables of ``share`` and ``capture``); ``odds_ratios`` (tables of two ``lists`` and a
        ``ratio``) hold within each class
    """
    for entry in set(told) - ENTRIES:
        raise _unusable(name, entry[:40])
    lists = _lists(told, name)
    ratios = _log_ratios(told.get("odds_ratios", []), lists, name)
    mixed = np.zeros(1 << len(lists))
    for part in _classes(told, name):
        mixed += part["share"] * histories(_captures(part, len(lists), name), ratios)
    return Scenario(name, lists, _population(told, name), _summing_to_one(mixed))


def histories(capture: Sequence[float], log_ratios: Floats) -> Floats:
    """Share of each history from probabilities of the lists and log odds ratios of their pairs.

    Proportional fitting to the margins leaves the odds ratios as they are (Deming & Stephan 1940).

    Examples
    --------
    >>> histories([0.5, 0.2], np.zeros(4)).round(2).tolist()
    [0.4, 0.4, 0.1, 0.1]
    """
    cells = np.exp(subset_sums(log_ratios))
    cells /= cells.sum()
    held = [(np.arange(len(cells)) >> j & 1).astype(bool) for j in range(len(capture))]
    for _ in range(SWEEPS):
        worst = 0.0
        for on, wanted in zip(held, capture, strict=True):
            have = float(cells[on].sum())
            worst = max(worst, abs(have - wanted))
            cells[on] *= wanted / have
            cells[~on] *= (1 - wanted) / (1 - have)
        if worst < CLOSE:
            break
    return cells


def _lists(told: Mapping[str, Any], name: str) -> tuple[str, ...]:
    lists = told.get("lists")
    if not isinstance(lists, list) or not all(isinstance(x, str) and x for x in lists):
        raise _unusable(name, "lists")
    if len(set(lists)) < len(lists) or not FEWEST_LISTS <= len(lists) <= MOST_LISTS:
        raise _unusable(name, "lists")
    return tuple(lists)


def _population(told: Mapping[str, Any], name: str) -> int:
    persons = told.get("population")
    if not isinstance(persons, int) or isinstance(persons, bool) or not 0 < persons <= LARGEST:
        raise _unusable(name, "population")
    return persons


def _classes(told: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    if "classes" in told and "capture" in told:
        raise _unusable(name, "capture")
    classes = told.get("classes", [{"share": 1.0, "capture": told.get("capture")}])
    if not isinstance(classes, list) or not all(isinstance(c, dict) for c in classes):
        raise _unusable(name, "classes")
    weights = [c.get("share") for c in classes]
    if not all(_between(w, 0, 1) for w in weights) or abs(sum(weights) - 1) > ROUNDING:
        raise _unusable(name, "share")
    return classes


def _captures(part: Mapping[str, Any], lists: int, name: str) -> list[float]:
    capture = part.get("capture")
    if not isinstance(capture, list) or len(capture) != lists:
        raise _unusable(name, "capture")
    if not all(_between(p, 0, 1) and 0 < p < 1 for p in capture):
        raise _unusable(name, "capture")
    return capture


def _log_ratios(told: object, lists: tuple[str, ...], name: str) -> Floats:
    found = np.zeros(1 << len(lists))
    pairs = {frozenset((a, b)): (a, b) for a, b in combinations(lists, 2)}
    if not isinstance(told, list) or not all(isinstance(entry, dict) for entry in told):
        raise _unusable(name, "odds_ratios")
    for entry in told:
        pair = pairs.get(frozenset(entry.get("lists", ())))
        if pair is None or not _between(entry.get("ratio"), 0, 1000) or entry["ratio"] == 0:
            raise _unusable(name, "odds_ratios")
        found[sum(1 << lists.index(x) for x in pair)] = np.log(entry["ratio"])
    return found


def _between(value: object, low: float, high: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high


def _is_toml(file: Any) -> bool:  # Any: Path or a resource in an archive
    return str(file.name).endswith(".toml")


def _folder() -> Any:  # Any: Path or a resource in an archive
    return files("aiqyn").joinpath("data", "estimates", "scenarios")


def _summing_to_one(cells: Floats) -> tuple[float, ...]:
    return tuple((cells / cells.sum()).tolist())


def _unusable(name: str, entry: str) -> InputRefused:
    return InputRefused("EST-041", file=name, entry=entry)
