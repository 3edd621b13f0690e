"""Tables of the profile as tables of a publication: which dimensions overlap, nest or repeat."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from aiqyn.disclosure.true_counts import CountTable, Judged
from aiqyn.standard import code_list

UNKNOWN = "unknown"


def publication_table(
    name: str,
    counts: pl.DataFrame,
    *,
    population: str = "persons",
    given: Mapping[str, str] | None = None,
    judged: Judged | None = None,
) -> CountTable:
    """A table of counts with what data/disclosure/dimensions.toml says of its dimensions.

    Parameters
    ----------
    counts : columns of dimensions, and `n` (persons); totals under ``_all``
    population : whom it counts; tables of one population are attacked together
    given : conditions that all its persons meet, such as the definition that the profile counts by
        and the verdict, so that its total and the same cell of another table are known to be one
    judged : which combinations can occur where the same persons are told apart several times
    """
    dims = tuple(c for c in counts.columns if c != "n")
    known = {d: _dimensions().get(d, {}) for d in dims}
    return CountTable(
        name,
        dims,
        counts,
        population=population,
        hierarchy={d: _parents(d) for d in dims if "parents" in known[d]},
        overlapping=tuple(d for d in dims if known[d].get("overlapping")),
        alone={d: known[d]["alone"] for d in dims if "alone" in known[d]},
        judged=judged,
        variable={d: known[d]["variable"] for d in dims if "variable" in known[d]},
        given=dict(given or {}),
        needs={d: known[d]["needs"] for d in dims if "needs" in known[d]},
    )


@cache
def _dimensions() -> dict[str, dict[str, Any]]:
    path = files("aiqyn").joinpath("data", "disclosure", "dimensions.toml")
    return tomllib.loads(path.read_text("utf-8"))


@cache
def _parents(dim: str) -> dict[str, str]:
    """Code -> the coarser code it is part of, as named among the codes of the variable."""
    told = _dimensions()[dim]
    source, coarse = told["parents"], told.get("coarse")
    frame = code_list(source["list"]).frame.select("code", source["column"]).drop_nulls()
    parents = {code: parent for code, parent in frame.iter_rows() if parent}
    if coarse is None:
        return parents
    named = {code: f"{coarse}:{parent}" for code, parent in parents.items()}
    return {**named, UNKNOWN: f"{coarse}:{UNKNOWN}"}
