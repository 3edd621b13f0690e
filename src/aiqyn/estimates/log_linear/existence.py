"""Does a model's maximum exist, and is it one? Asked of each model before any number is given."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from aiqyn.estimates.log_linear.fitting import Fits, Reduced, fit, reduce
from aiqyn.estimates.tables.cells import Bools, Floats, Ints, superset_sums

INSIDE = 1e-7  # smallest fitted cell of the linear programme that counts as above zero
FLAT = 1e-9  # smallest eigenvalue of a full-rank information matrix scaled to diagonal one


class Existence(IntEnum):
    """What is known of a model's maximum; the codes of the contract."""

    OK = 0
    NO_MAXIMUM = 1
    NOT_IDENTIFIABLE = 2
    BOTH = 3


def existence(counts: Floats, terms: Bools) -> tuple[Existence, ...]:
    """The code of each row: ok, no maximum, not identifiable, both.

    Parameters
    ----------
    counts : persons by history; shape ``(rows, 2**lists)``
    terms : terms of hierarchical models, intercept included; same shape

    Notes
    -----
    (a) The extended maximum exists when some table with every kept cell above zero has the same
    totals of the terms: max s subject to A x = t, x >= s is positive (Fienberg & Rinaldo 2012,
    Ann. Stat. 40, 996-1023, section 3; Chan, Silverman & Vincent 2021, Theorem 2). A fit that
    converges at finite parameters is such a table, so the programme is solved only where none does.
    (b) It is one when the design on the kept cells has full column rank (same, Theorem 1).
    """
    model = reduce(counts, terms)
    unique = identifiable(model)
    exists = np.zeros(len(counts), dtype=np.bool_)
    rows = np.flatnonzero(unique)
    fits = fit(counts[rows], take(model, rows))
    exists[rows] = has_maximum(counts[rows], take(model, rows), fits)
    for row in np.flatnonzero(~unique):
        exists[row] = _programme(counts[row], model.terms[row], model.cells[row])
    return tuple(
        Existence(int(not e) + 2 * int(not u)) for e, u in zip(exists, unique, strict=True)
    )


def has_maximum(counts: Floats, model: Reduced, fits: Fits) -> Bools:
    """Whether each identifiable model has its maximum; a converged fit is the proof."""
    exists = fits.converged.copy()
    for row in np.flatnonzero(~exists):
        exists[row] = _programme(counts[row], model.terms[row], model.cells[row])
    return exists


def identifiable(model: Reduced) -> Bools:
    """Whether the design on the kept cells has full column rank; shape ``(rows,)``.

    A polynomial of degree below the number of lists that is zero on every history but the empty one
    is zero; so only models that lost cells are looked at.
    """
    full: Bools = model.terms.sum(axis=1) <= model.cells.sum(axis=1)
    lost = ~model.cells[:, 1:].all(axis=1)
    unsure = np.flatnonzero(full & lost)
    if len(unsure):
        full[unsure] = _full_rank(model.terms[unsure], model.cells[unsure])
    return full


def take(model: Reduced, rows: Ints) -> Reduced:
    """Some rows of a batch of models."""
    return Reduced(model.terms[rows], model.infinite[rows], model.cells[rows])


def _full_rank(terms: Bools, cells: Bools) -> Bools:
    both = np.packbits(np.concatenate([terms, cells], axis=1), axis=1)
    _, first, back = np.unique(both, axis=0, return_index=True, return_inverse=True)
    verdicts = np.zeros(len(first), dtype=np.bool_)
    sizes = terms[first].sum(axis=1)
    for size in np.unique(sizes):
        rows = np.flatnonzero(sizes == size)
        verdicts[rows] = _smallest_eigenvalue(terms[first[rows]], cells[first[rows]]) > FLAT
    return verdicts[back.reshape(-1)]


def _smallest_eigenvalue(terms: Bools, cells: Bools) -> Floats:
    around = superset_sums(cells.astype(np.float64))
    index = np.nonzero(terms)[1].reshape(len(terms), -1)
    joined = (index[:, :, None] | index[:, None, :]).reshape(len(terms), -1)
    gram = np.take_along_axis(around, joined, axis=1).reshape(*index.shape, -1)
    scale = np.sqrt(np.maximum(np.einsum("bii->bi", gram), 1e-300))
    values: Floats = np.linalg.eigvalsh(gram / scale[:, :, None] / scale[:, None, :])[:, 0]
    return values


def _programme(counts: Floats, terms: Bools, cells: Bools) -> bool:
    """Max s: A x = t, x >= s; written with y = x - s >= 0."""
    from scipy.optimize import linprog

    kept, held = np.flatnonzero(cells), np.flatnonzero(terms)
    if not len(kept):
        return False
    if (counts[kept] > 0).all():
        return True
    design = ((kept[None, :] & held[:, None]) == held[:, None]).astype(np.float64)
    totals = design @ counts[kept]
    unknowns = np.hstack([design, design.sum(axis=1, keepdims=True)])
    free_s = [(0, None)] * len(kept) + [(None, None)]
    cost = np.append(np.zeros(len(kept)), -1.0)
    best = linprog(cost, A_eq=unknowns, b_eq=totals, bounds=free_s, method="highs")
    return bool(best.status == 0 and -float(best.fun or 0.0) > INSIDE)
