"""A year that is printed as it stood: nothing beside its numbers is made from what came since."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from small_evidence import evidence

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


def test_no_bounds_stand_beside_the_total_that_was_printed_before() -> None:
    told = victims_in(late(), KEPT)
    assert (told.value, told.low, told.high) == (124, 124, 124)
    assert victims_in(late(), 2025).low == 93


def test_no_interval_of_a_part_is_made_with_the_new_share() -> None:
    """94 of 125 and 93 of 124 are not the same share, and large parts would tell them apart."""
    assert late().fewest_share(KEPT) == 1.0
    assert late().counted("victims_region", year=KEPT, region="R-1").low == 100


def test_a_report_whose_own_year_is_printed_as_it_stood_is_composed() -> None:
    assert compose(late())
    assert compose(replace(late(), kept_years=(2025,)))


def test_an_agency_has_the_rows_that_its_table_prints() -> None:
    """160 rows were printed: 161 would say whose list holds the late record."""
    source = sources_of(late())["police"]
    assert (source.rows, source.accepted, source.refused) == (160, 158, 2)


def test_which_agencies_sent_of_the_year_since_is_not_told() -> None:
    assert agencies_in(late(), KEPT) == ("police",)
