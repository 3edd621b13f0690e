"""A year that is printed as it stood: nothing beside its numbers is made from what came since."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from small_evidence import cleared, evidence

from aiqyn.observatory.bounds_told import (
    BOUNDS,
    bounds_as_told,
    bounds_printed,
    bounds_told,
)
from aiqyn.report import compose
from aiqyn.report.chapters.shared_blocks import victims_in
from aiqyn.report.evidence import Evidence
from aiqyn.report.sources import agencies_in, sources_of

KEPT = 2024


def late() -> Evidence:
    """One record of 2024 came after the edition: 124 were printed, 125 are counted, 94 at least."""
    return evidence(
        kept_years=(KEPT,),
        bounds=pl.DataFrame(
            {"year": [2024, 2025], "n": [125, 124], "low": [94, 93], "high": [125, 124]}
        ),
        sources=pl.DataFrame(
            {"year": [2024, 2025], "agency": ["shelter", "police"], "file": ["s.csv", "p.csv"]}
        ),
        files=pl.DataFrame(
            {"agency": ["police"], "file": ["p.csv"], "sha256": ["ab" * 32],
             "rows": [161], "accepted": [159], "refused": [2]}
        ),
    )  # fmt: skip


def told(shown: Evidence) -> pl.DataFrame:
    """The bounds as a report has them that comes after the edition of 124 persons, 93 at least."""
    left = {BOUNDS: {"2024": [93, 124]}}
    return bounds_as_told(late().bounds, shown.kept_years, bounds_told([{}, left]))


def test_the_bounds_of_a_kept_year_are_those_that_were_printed_with_it() -> None:
    shown = replace(late(), bounds=told(late()))
    cell = victims_in(shown, KEPT)
    assert (cell.value, cell.low, cell.high) == (124, 93, 124)
    assert shown.fewest_share(KEPT) == 93 / 124


def test_a_kept_year_of_an_edition_that_left_no_bounds_has_its_number_alone() -> None:
    none = bounds_as_told(late().bounds, (KEPT,), {})
    assert none["year"].to_list() == [2025]
    cell = victims_in(replace(late(), bounds=none), KEPT)
    assert (cell.value, cell.low, cell.high) == (124, 124, 124)


def test_bounds_of_a_year_whose_number_is_hidden_are_not_left() -> None:
    shown = evidence()
    hidden = cleared("victims_region", ("region",), {("_all",): "hidden"})
    assert bounds_printed(shown.bounds, shown.tables["victims_region"])["2024"] == [93, 124]
    assert bounds_printed(shown.bounds, hidden) == {}


def test_a_report_whose_own_year_is_printed_as_it_stood_is_composed() -> None:
    for year in (KEPT, 2025):
        none = bounds_as_told(late().bounds, (year,), {})
        assert compose(replace(late(), kept_years=(year,), bounds=none))


def test_an_agency_has_the_rows_that_its_table_prints() -> None:
    """160 rows were printed: 161 would say whose list holds the late record."""
    source = sources_of(late())["police"]
    assert (source.rows, source.accepted, source.refused) == (160, 158, 2)


def test_which_agencies_sent_of_the_year_since_is_not_told() -> None:
    assert agencies_in(late(), KEPT) == ("police",)
