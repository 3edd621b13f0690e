"""The joint model on the table itself: persons on no list by stratum, and how well known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.log_linear.stepwise_choice import choose
from aiqyn.estimates.subgroups.agreement import scaled_to
from aiqyn.estimates.subgroups.joint_model import Strata, dark_rates, shares, strata_of
from aiqyn.estimates.subgroups.pooling import JointFit, joint_fit
from aiqyn.estimates.subgroups.settings import Settings
from aiqyn.estimates.subgroups.stratified_table import StratifiedTable
from aiqyn.estimates.tables.cells import Bools, Floats


@dataclass(frozen=True, slots=True)
class PointFit:
    """The joint fit of a table.

    Attributes
    ----------
    filled : which strata have somebody; shape ``(strata,)``
    terms : of the model chosen on all strata together; shape ``(2**lists,)``
    table_total : stepwise estimate of the table without regard to strata
    strata, fit : of the filled strata
    dark : persons on no list by filled stratum, scaled where the table is the whole
    """

    filled: Bools
    terms: Bools
    table_total: float
    strata: Strata
    fit: JointFit
    dark: Floats

    @property
    def own(self) -> Floats:
        """Share of the prior variance of ``log Z`` that each stratum's own data removed."""
        prior = (self._slope**2).sum(axis=1)
        return np.asarray(1 - self.error**2 / prior)

    @property
    def error(self) -> Floats:
        """Standard error of the log of the persons on no list, common parameters known."""
        inner = self.fit.curvature.inner[0]
        solved = np.linalg.solve(inner, self._slope[..., None])[..., 0]
        return np.asarray(np.sqrt((self._slope * solved).sum(axis=1)))

    @property
    def _slope(self) -> Floats:
        """Derivative of ``log Z`` by the random effects; shape ``(strata, 1 + lists)``."""
        place, strata = self.fit.place, self.strata
        level, mix = place.sd[0]
        lists = (shares(strata, place)[0] @ strata.features)[:, : strata.lists]
        return np.concatenate([level * lists.sum(1, keepdims=True), mix * lists], axis=1)


def point_fit(table: StratifiedTable, asked: Settings) -> PointFit:
    """Pairs chosen on all strata together, then the joint fit.

    Raises
    ------
    AnswerRefused (EST-020) when the whole table has no maximum, (EST-071) when the joint model has
    none.
    """
    chosen = choose(table.whole.vector[None], len(table.whole.lists), asked.pthresh)
    if not np.isfinite(chosen.total[0]):
        raise AnswerRefused("EST-020")
    filled = table.array.sum(axis=1) > 0
    strata = strata_of(table.array[filled][None], chosen.terms)
    fit = joint_fit(strata, free_level=asked.free_level)
    if not fit.converged[0]:
        raise AnswerRefused("EST-071", dimension=table.dimension)
    dark, total = strata.persons * dark_rates(strata, fit.place), float(chosen.total[0])
    if asked.whole == "table":
        dark = scaled_to(dark, np.array([total - table.whole.observed]))
    return PointFit(filled, chosen.terms[0], total, strata, fit, dark[0])
