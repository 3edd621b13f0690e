"""Two lists: Chapman's estimate, with the warning that it rests on independence alone."""

from __future__ import annotations

from dataclasses import replace

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.resampling import BOOT, SEED, bootstrap
from aiqyn.estimates.intervals.telling import resampled_estimate
from aiqyn.estimates.results import Caution, Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats


def chapman_total(n1: Floats, n2: Floats, both: Floats) -> Floats:
    """Persons in all from two independent lists.

    Parameters
    ----------
    n1, n2 : persons on the first and on the second list
    both : persons on both

    References
    ----------
    Chapman (1951), Univ. California Publ. Stat. 1, 131-160, eq. for the hypergeometric case.

    Examples
    --------
    >>> round(float(chapman_total(84.0, 61.0, 17.0)), 1)
    291.8
    """
    return (n1 + 1) * (n2 + 1) / (both + 1) - 1


def chapman(
    table: CaptureTable, *, boot: int = BOOT, seed: int = SEED, tables: Floats | None = None
) -> Estimate:
    """Persons in all from two lists by Chapman's formula.

    Raises
    ------
    AnswerRefused (EST-023) for another number of lists, (EST-024) when nobody is on both.

    Notes
    -----
    Assumes that the lists are independent and that everyone is equally likely to be listed; neither
    holds for police and NGO lists, and two lists cannot show it.
    """
    if len(table.lists) != 2:
        raise AnswerRefused("EST-023", n=len(table.lists), low=2, high=2)
    if table.counts[3] == 0:
        raise AnswerRefused("EST-024")

    total = float(chapman_totals(table.vector[None])[0][0])
    again = bootstrap(table, total, chapman_totals, tables, boot, seed)
    found = resampled_estimate("chapman", table.observed, total, again, seed, {})
    return replace(found, cautions=(Caution("EST-106"), *found.cautions))


def chapman_totals(batch: Floats) -> tuple[Floats, tuple[object, ...]]:
    """Persons in all of each table of two lists; no model is chosen."""
    n1, n2, both = batch[:, 1] + batch[:, 3], batch[:, 2] + batch[:, 3], batch[:, 3]
    return chapman_total(n1, n2, both), ()
