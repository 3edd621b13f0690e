"""Spill-over: the ring of areas beside the programme, which it may have helped or burdened.

Clarke (2017, "Estimating difference-in-differences in the presence of spillovers") and Butts (2021,
arXiv 2105.03737): areas near the treated ones are no clean comparison. They are left out, and what
happened to them is estimated against the areas that are far.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import InputRefused
from aiqyn.prevention.effects.panel import NEVER, Panel

Bools = NDArray[np.bool_]


def ring(
    panel: Panel, neighbours: Mapping[str, tuple[str, ...]], exposure: str | None
) -> Bools | None:
    """Shape (units,): untreated areas beside the programme; None where nobody named any.

    Raises
    ------
    InputRefused (PREV-023) when the column of the exposure is empty in an area.
    """
    if exposure is not None:
        told = panel.covariates[exposure]
        if not np.isfinite(told).all():
            raise InputRefused("PREV-023", column=exposure)
        return np.asarray(panel.never & (told.max(axis=1) > 0))
    if not neighbours:
        return None
    treated = {u for u, never in zip(panel.units, panel.never, strict=True) if not never}
    beside = {n for unit in treated for n in neighbours.get(unit, ())}
    return np.asarray(panel.never & np.array([unit in beside for unit in panel.units]))


def ring_panel(panel: Panel, near: Bools) -> Panel:
    """The ring as if treated from the first start on, the programme's own areas left out."""
    first = int(panel.starts[~panel.never].min())
    starts = np.where(near, first, NEVER)
    return panel.with_starts(starts).only(panel.never)
