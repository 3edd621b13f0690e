"""Every hierarchical log-linear model of a table, checked for existence, ranked by AIC or BIC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import combinations
from typing import Literal

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.log_linear.existence import Existence, has_maximum, identifiable, take
from aiqyn.estimates.log_linear.fitting import Fits, fit, log_likelihood, reduce
from aiqyn.estimates.tables.cells import Bools, Floats, Ints, main_masks

Criterion = Literal["bic", "aic"]
MOST_LISTS_OF_PAIRS = 6  # 32,768 models
MOST_LISTS_OF_ALL = 5  # 6,893 models


@dataclass(frozen=True)
class Search:
    """All models of a table.

    Attributes
    ----------
    counts : persons by history; shape ``(2**lists,)``
    terms : terms of each model, intercept included; shape ``(models, 2**lists)``
    codes : `Existence` of each model
    total : estimated persons in all; NaN where the model is not ok
    beta : parameters of each model, a start for its fit to a table drawn from this one
    aic, bic : with the Poisson constants and ``n`` = persons observed; NaN where not ok
    """

    counts: Floats
    terms: Bools
    codes: Ints
    total: Floats
    beta: Floats
    aic: Floats
    bic: Floats

    @cached_property
    def order(self) -> Ints:
        """Admissible models, best BIC first."""
        return self.ranked("bic")

    @cached_property
    def resampled(self) -> dict[bytes, Mapping[str, tuple[float, int]]]:
        """Answers of the tables drawn from this one, by their counts: each is searched once."""
        return {}

    def ranked(self, criterion: Criterion) -> Ints:
        """Admissible models, best first; equal ones in the order of their terms."""
        values = self.bic if criterion == "bic" else self.aic
        admissible = np.flatnonzero(self.codes == Existence.OK)
        return admissible[np.argsort(values[admissible], kind="stable")]


def search(counts: Floats, lists: int, order: int = 2, start: Floats | None = None) -> Search:
    """Fit every hierarchical model of at most `order` lists a term that holds all lists.

    Parameters
    ----------
    counts : persons by history; shape ``(2**lists,)``; each list holds somebody
    order : 2 for pairs only (up to 6 lists), up to ``lists - 1`` for all (up to 5 lists)
    start : parameters to begin the fits at; shape ``(models, 2**lists)``

    Raises
    ------
    AnswerRefused (EST-016) when that would be too many models.

    References
    ----------
    Silverman, Chan & Vincent (2024), Stat. Comput. 34, 44. BIC is ``k log n - 2 log L`` with ``k``
    all terms of the model, those at minus infinity among them, and ``n`` the persons observed.
    """
    terms = model_terms(lists, order)
    table = np.broadcast_to(counts, terms.shape)
    codes, rows, fits = _fitted(table, terms, start)
    beta = np.zeros(terms.shape)
    total, aic, bic = (np.full(len(terms), np.nan) for _ in range(3))
    if len(rows):
        beta[rows] = fits.beta
        likelihood = log_likelihood(table[rows], fits.mean)
        size = terms[rows].sum(axis=1)
        total[rows] = counts.sum() + np.exp(fits.beta[:, 0])
        aic[rows] = 2 * size - 2 * likelihood
        bic[rows] = size * np.log(counts.sum()) - 2 * likelihood
    return Search(counts, terms, codes, total, beta, aic, bic)


@lru_cache(maxsize=2)
def search_of(counts: tuple[float, ...], lists: int, order: int) -> Search:
    """The search of a table itself, shared by the methods that ask for it."""
    return search(np.array(counts), lists, order)


def answers(of: Search, counts: Floats, lists: int, order: int) -> Mapping[str, tuple[float, int]]:
    """Total and best model of a table drawn from that of a search: by BIC, by AIC, on average.

    Parameters
    ----------
    of : the search of the table itself; its parameters are where the fits begin
    """
    key = counts.tobytes()
    if key not in of.resampled:
        found = search(counts, lists, order, of.beta)
        of.resampled[key] = {
            "bic": best_total(found, "bic"),
            "aic": best_total(found, "aic"),
            "average": average_total(found),
        }
    return of.resampled[key]


def best_total(found: Search, criterion: Criterion) -> tuple[float, int]:
    """Persons in all by the best model, and its row; infinite and -1 where none is admissible."""
    ranking = found.ranked(criterion)
    if not len(ranking):
        return float("inf"), -1
    return float(found.total[ranking[0]]), int(ranking[0])


def average_total(found: Search) -> tuple[float, int]:
    """Persons in all by all admissible models, weighted by BIC, and the best model's row."""
    ranking = found.order
    if not len(ranking):
        return float("inf"), -1
    return float((weights(found) * found.total[ranking]).sum()), int(ranking[0])


def weights(found: Search) -> Floats:
    """Weights ``exp(-BIC / 2)`` of the admissible models in the order of their BIC; sum 1."""
    bic = found.bic[found.order]
    raw = np.exp((bic[0] - bic) / 2)
    shares: Floats = raw / raw.sum()
    return shares


def _fitted(table: Floats, terms: Bools, start: Floats | None) -> tuple[Ints, Ints, Fits]:
    """Codes of all models, and the fits of those that are ok."""
    model = reduce(table, terms)
    unique = identifiable(model)
    rows = np.flatnonzero(unique)
    begin = None if start is None else start[rows]
    fits = fit(table[rows], take(model, rows), begin)
    good = has_maximum(table[rows], take(model, rows), fits)
    codes = np.where(unique, 0, int(Existence.NOT_IDENTIFIABLE))
    codes[rows[~good]] = int(Existence.NO_MAXIMUM)
    return codes, rows[good], Fits(fits.beta[good], fits.mean[good], fits.converged[good])


@cache
def model_terms(lists: int, order: int) -> Bools:
    """Terms of every hierarchical model with all lists and no term of more than `order` lists.

    Examples
    --------
    >>> [len(model_terms(m, 2)) for m in (3, 4, 5)], len(model_terms(4, 3)), len(model_terms(5, 4))
    ([8, 64, 1024], 113, 6893)
    """
    allowed(lists, order)
    sets = list(_complexes(lists, min(order, lists - 1)))
    terms = np.zeros((len(sets), 1 << lists), dtype=np.bool_)
    for row, masks in enumerate(sets):
        terms[row, [0, *main_masks(lists), *masks]] = True
    terms.setflags(write=False)
    return terms


def allowed(lists: int, order: int) -> None:
    """Refuse a search that is too wide (EST-016)."""
    most = MOST_LISTS_OF_PAIRS if order == 2 else MOST_LISTS_OF_ALL
    if lists > most or order < 2:
        raise AnswerRefused("EST-016", n=lists, order=order, most=most)


def _complexes(lists: int, order: int, size: int = 2) -> Iterator[tuple[int, ...]]:
    yield from _grown(lists, order, size, ())


def _grown(lists: int, order: int, size: int, below: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every closed choice of terms of `size` … `order` lists on top of the terms below."""
    if size > order:
        yield below
        return
    have = set(below)
    ready = [t for t in _masks(lists, size) if size == 2 or _faces(t) <= have]
    for choice in range(1 << len(ready)):
        taken = tuple(t for k, t in enumerate(ready) if choice >> k & 1)
        if taken or size == 2:
            yield from _grown(lists, order, size + 1, below + taken)
        else:
            yield below


def _masks(lists: int, size: int) -> list[int]:
    return [sum(1 << j for j in some) for some in combinations(range(lists), size)]


def _faces(mask: int) -> set[int]:
    return {mask & ~(1 << j) for j in range(mask.bit_length()) if mask >> j & 1}
