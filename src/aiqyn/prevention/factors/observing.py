"""Join counts and factors, cell by cell; a factor that cannot be used says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.factors.list_of_factors import RESIDENTS
from aiqyn.prevention.factors.model_input import Floats
from aiqyn.prevention.factors.observed import Observed, places, scales_of
from aiqyn.prevention.factors.rules import Rules

FEW, SAME = "factors.unused.few", "factors.unused.same_everywhere"


def observe(
    measured: pl.DataFrame,
    whole: pl.DataFrame,
    rules: Rules,
    wanted: Sequence[str] = (),
    *,
    alone: bool = False,
) -> Observed:
    """Join counts and factors; a factor known in too few cells is left out with its reason.

    Parameters
    ----------
    measured : columns of `MEASURED`
    whole : values of whole areas (`FactorTable.whole`)
    wanted : factors asked about; all without it
    alone : the counts alone, without any factor

    Raises
    ------
    AnswerRefused PREV-049 when no factor is left, PREV-054 when residents are nowhere.
    """
    rows = measured.filter(pl.col("persons").is_not_null())
    here = list(zip(rows["area"], rows["period"], strict=True))
    known = {name: _values(part, here, rules) for (name,), part in whole.group_by("factor")}
    told = known.pop(RESIDENTS, (np.full(len(here), np.nan), 0))[0]
    residents = np.where(rows["population"].is_null(), told, rows["population"].fill_null(0))
    if not np.isfinite(residents).any():
        raise AnswerRefused("PREV-054")
    names = [] if alone else [n for n in sorted(known) if not wanted or n in wanted]
    unused = {n: why for n in names if (why := _why_not(known[n][0], rows, rules))}
    values = {n: known[n][0] for n in names if n not in unused}
    if not values and not alone:
        raise AnswerRefused("PREV-049", n=len(unused))
    detection = rows.select("detection", "low", "high").cast(pl.Float64).to_numpy()
    keep = np.isfinite(residents) & (residents > 0)
    for value in values.values():
        keep &= np.isfinite(value)
    if np.isfinite(detection[keep, 0]).any():
        keep &= np.isfinite(detection[:, 0])
    areas, area = places([a for a, _ in here])
    periods, period = places([p for _, p in here])
    everything = Observed(
        rows["persons"].to_numpy(),
        np.asarray(residents, dtype=np.float64),
        _with_limits(detection),
        area,
        period,
        areas,
        periods,
        values,
        {n: known[n][1] for n in values},
        unused,
        int((~keep).sum()),
    )
    kept = everything.only(keep)
    if len(kept.persons) < 2:
        raise AnswerRefused("PREV-050", n=len(kept.areas), least=rules.areas)
    return replace(kept, scales=scales_of(kept.values))


def _values(
    part: pl.DataFrame, here: Sequence[tuple[str, str]], rules: Rules
) -> tuple[Floats, int]:
    """The factor in each cell, NaN where nobody said it; and how many values were carried on."""
    said = {(a, p): v for a, p, v in part.select("area", "period", "value").iter_rows()}
    found, carried = np.full(len(here), np.nan), 0
    for at, (area, period) in enumerate(here):
        year = int(period[:4])
        earlier = [str(year - back) for back in range(1, rules.carried_years + 1)]
        for place, when in enumerate((period, period[:4], *earlier)):
            if (area, when) in said:
                found[at] = said[area, when]
                carried += place > 1
                break
    return found, carried


def _why_not(values: Floats, rows: pl.DataFrame, rules: Rules) -> str:
    """Why a factor cannot be used; empty when it can."""
    known = np.isfinite(values)
    if known.mean() < rules.share_known:
        return FEW
    table = rows.select("period").with_columns(value=pl.Series(values)).filter(pl.Series(known))
    apart = table.group_by("period").agg(pl.col("value").std())["value"].fill_null(0.0)
    return SAME if float(apart.max() or 0.0) == 0.0 else ""  # type: ignore[arg-type]  # a float column


def _with_limits(detection: Floats) -> Floats:
    """Limits that nobody gave are the share itself."""
    share = detection[:, :1]
    return np.where(np.isfinite(detection), detection, share)
