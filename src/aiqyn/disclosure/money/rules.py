"""Dominance, p% and pq rules: a sum that says too much about its largest contributor.

A total of compensation paid in a district is no count: that five persons stand behind it does not
help when one of them received nearly all. The rules look at the contributions themselves.

References
----------
Hundepool et al. (2012), Statistical Disclosure Control, Wiley, section 4.2.2, table 4.2:
the (n,k) rule, the p% rule and the (p,q) rule. Cox (1981), J. Am. Stat. Assoc. 76, 309-316.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from aiqyn.errors import InputRefused

WHOLE = 100.0  # per cent
FEWEST = 3  # contributors; two know each other


def dominated(contributions: Sequence[float], *, n: int = 1, k: float = 75.0) -> bool:
    """Whether the `n` largest contributions make up more than `k` % of the sum: the (n,k) rule.

    Examples
    --------
    >>> dominated([50, 30, 10, 10], n=2, k=75), dominated([50, 30, 10, 10], n=1, k=75)
    (True, False)
    """
    ordered = _ordered(contributions)
    return bool(ordered[:n].sum() > k / WHOLE * ordered.sum())


def p_percent_sensitive(contributions: Sequence[float], *, p: float = 10.0) -> bool:
    """Whether the second contributor can estimate the largest one to within `p` %.

    He takes his own contribution from the sum; what is left over the largest is the sum of all from
    the third on. Sensitive when that is less than `p` % of the largest.

    Examples
    --------
    >>> p_percent_sensitive([100, 40, 5], p=10), p_percent_sensitive([100, 40, 15], p=10)
    (True, False)
    """
    return pq_sensitive(contributions, p=p, q=WHOLE)


def pq_sensitive(contributions: Sequence[float], *, p: float = 10.0, q: float = WHOLE) -> bool:
    """The p% rule where everybody knows the others to within `q` % already; q is above p."""
    ordered = _ordered(contributions)
    if ordered.size == 0 or ordered[0] == 0:
        return False
    return bool(q / WHOLE * ordered[2:].sum() < p / WHOLE * ordered[0])


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """When a sum says too much of its largest contributor, and how much room it then needs.

    Attributes
    ----------
    name : ``p_percent`` or ``dominance``
    p : per cent to which the largest contribution may not be known
    n, k : the n largest make up more than k % of the sum
    """

    name: str = "p_percent"
    p: float = 10.0
    n: int = 1
    k: float = 75.0

    def room(self, contributions: Sequence[float]) -> float:
        """How far above the sum a reader must still think it possible; 0: the sum may be shown.

        The safety ranges of Hundepool et al. (2012), section 4.2.3, table 4.3: with a value that
        much higher, the rule would let the sum through. One or two contributors know each other
        whatever the shares are, so a sum of theirs always needs room.
        """
        ordered = _ordered(contributions)
        whole = float(ordered.sum())
        if whole == 0:
            return 0.0
        if self.name == "p_percent":
            return max(0.0, self.p / WHOLE * float(ordered[0]) - float(ordered[2:].sum()))
        top = WHOLE / self.k * float(ordered[: self.n].sum()) - whole
        few = ordered.size < FEWEST
        return max(0.0, top, (WHOLE / self.k - 1.0) * float(ordered[0]) if few else 0.0)


def sensitive_cells(
    records: pl.DataFrame,
    dims: Sequence[str],
    amount: str,
    *,
    rule: str = "p_percent",
    contributor: str | None = None,
    n: int = 1,
    k: float = 75.0,
    p: float = 10.0,
    threshold: int = FEWEST,
) -> pl.DataFrame:
    """Each cell's sum, how many stand behind it, and whether it must be hidden.

    Parameters
    ----------
    records : one row a payment
    dims : columns that make the cells
    amount : column of amounts, none below zero, in one currency
    rule : ``dominance`` (n, k) or ``p_percent`` (p)
    contributor : column that says whose it is; amounts of one are added first. By default each row
        is a contributor of its own
    threshold : a cell of fewer contributors is sensitive under every rule

    Returns
    -------
    Columns `dims`, ``amount`` (the sum), ``contributors``, ``sensitive``, in the order of `dims`.

    Raises
    ------
    InputRefused (DISC-026) an amount is missing or below zero.
    """
    if records[amount].null_count() or (records[amount] < 0).any():
        raise InputRefused("DISC-026", column=amount)
    whose = (
        records.group_by(*dims, contributor).agg(pl.col(amount).sum()) if contributor else records
    )
    cells = whose.group_by(dims).agg(pl.col(amount).alias("_amounts")).sort(dims)

    def sensitive(amounts: Sequence[float]) -> bool:
        few = len(amounts) < threshold
        return few or (
            dominated(amounts, n=n, k=k)
            if rule == "dominance"
            else p_percent_sensitive(amounts, p=p)
        )

    told = [sensitive(amounts) for amounts in cells["_amounts"].to_list()]
    return cells.select(
        *dims,
        pl.col("_amounts").list.sum().alias("amount"),
        pl.col("_amounts").list.len().cast(pl.Int64).alias("contributors"),
        pl.Series("sensitive", told, dtype=pl.Boolean),
    )


def _ordered(contributions: Sequence[float]) -> np.ndarray:
    return np.sort(np.asarray(contributions, dtype=float))[::-1]
