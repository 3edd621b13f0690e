"""What a report may read: cleared tables, counts of rows, and what is public already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from aiqyn.report.hidden_evidence import HiddenEvidence
from aiqyn.report.linked_evidence import LinkedEvidence
from aiqyn.report.model import Cell, State
from aiqyn.report.programme_evidence import ProgrammeEvidence

ALL = "_all"


@dataclass(frozen=True)
class ClearedTable:
    """A table that disclosure cleared, looked up by its codes.

    Attributes
    ----------
    dims : its dimensions, the year first.
    frame : `dims`, `n` (persons; null where hidden) and `status` (shown, small, hidden).
    """

    name: str
    dims: tuple[str, ...]
    frame: pl.DataFrame

    @cached_property
    def _cells(self) -> Mapping[tuple[str, ...], tuple[int | None, str]]:
        rows = self.frame.select(*self.dims, "n", "status").iter_rows()
        return {tuple(map(str, row[:-2])): (row[-2], row[-1]) for row in rows}

    def cell(self, **codes: object) -> Cell:
        """The cell under the codes; a dimension that is not named is its total.

        A combination that the table does not hold is a true zero.
        """
        key = tuple(str(codes.pop(dim, ALL)) for dim in self.dims)
        if codes:
            raise KeyError(f"{self.name} has no dimension {sorted(codes)}")
        n, status = self._cells.get(key, (0, "shown"))
        return Cell(None, _state(status)) if n is None else Cell(n, "zero" if n == 0 else "shown")

    def codes(self, dim: str) -> tuple[str, ...]:
        """The codes of a dimension in the table's own order, without the total."""
        found = self.frame.get_column(dim).unique(maintain_order=True).to_list()
        return tuple(code for code in found if code != ALL)


@dataclass(frozen=True)
class Evidence:
    """All that the report is composed from.

    Attributes
    ----------
    country, names, names_loc : code, and names by language.
    tables : cleared tables by name.
    bounds : `year`, `n`, `low`, `high`: how many persons the records allow, in all.
    sources : `year`, `agency`, `file`: which files a year's victims were counted from.
    files : `agency`, `file`, `sha256`, `rows`, `accepted`, `refused`.
    refusals : `agency`, `code`, `entries`: why rows were refused.
    population : `region`, `year`, `population`.
    no_report : regions from which nobody reported in the year; not known, which is not zero.
    changes : `date`, `text_kk`, `text_ru`, `text_en`: what changed detection.
    labels : labels of regions, agencies and the country, by list, code and language.
    tiles : region -> (row, column) on the tile map.
    hidden : the hidden number as the gate lets it through; None where no estimate was built.
    no_estimate : code of the reason why none was built.
    linked : the linkage by names that persons are counted by; None where the code alone joins them.
    programmes : prevention programmes that are registered, with their answers.
    kept_years : years printed as an earlier edition had them, for too few persons have changed.
    """

    country: str
    invented: bool
    year: int
    years: tuple[int, ...]
    published: date
    edition: int
    version: str
    languages: tuple[str, ...]
    definition: str
    definitions: tuple[str, ...]
    threshold: int
    tables: Mapping[str, ClearedTable]
    bounds: pl.DataFrame
    sources: pl.DataFrame
    persons: int
    files: pl.DataFrame
    refusals: pl.DataFrame
    population: pl.DataFrame
    changes: tuple[Mapping[str, Any], ...]
    no_report: frozenset[str]
    labels: Mapping[str, Mapping[str, Mapping[str, str]]]
    tiles: Mapping[str, tuple[int, int]]
    inputs_sha256: str
    hidden: HiddenEvidence | None = None
    no_estimate: str | None = None
    kept_years: tuple[int, ...] = ()
    programmes: tuple[ProgrammeEvidence, ...] = ()
    linked: LinkedEvidence | None = None

    def counted(self, table: str, **codes: object) -> Cell:
        """A cleared count of persons with the year's own interval from counting persons."""
        cell = self.tables[table].cell(**codes)
        if cell.value is None:
            return cell
        low = self.fewest_share(int(str(codes["year"])))
        return Cell(cell.value, cell.state, float(int(cell.value * low)), cell.value)

    def fewest_share(self, year: int) -> float:
        """Fewest persons that the year's records allow, as a share of those counted.

        One ratio for the whole year, so that the intervals of the parts tell nothing about
        the parts: they could be subtracted like the counts themselves.
        """
        row = self.bounds.filter(pl.col("year") == year)
        return float(row["low"][0] / row["n"][0]) if row.height and row["n"][0] else 1.0

    def population_of(self, year: int, region: str | None = None) -> int | None:
        """Residents of a region, or of the country; None where it is not known."""
        rows = self.population.filter(pl.col("year") == year)
        rows = rows if region is None else rows.filter(pl.col("region") == region)
        return int(rows["population"].sum()) if rows.height else None


def _state(status: str) -> State:
    states: dict[str, State] = {"small": "small", "hidden": "hidden", "unknown": "unknown"}
    return states.get(status, "hidden")
