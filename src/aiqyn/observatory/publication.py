"""From a built observatory to a published report: evidence, model, pages, one step into place."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.observatory.building import Step, build, table
from aiqyn.observatory.evidence_labels import labels, tiles
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.lock import one_at_a_time
from aiqyn.observatory.manifest import Manifest
from aiqyn.observatory.placing import Publication, put_in_place, record
from aiqyn.observatory.stages import STAGES
from aiqyn.report import ClearedTable, Evidence, compose, render


def publish(
    observatory: Observatory,
    year: int | None = None,
    languages: Sequence[str] = (),
    *,
    tell: Callable[[Step], None] = lambda step: None,
) -> Publication:
    """Build what is stale and write the year's report: HTML, PDF in each language, and its model.

    The files are written beside and put in place together; a report that differs is kept under
    ``published/replaced/``, so nothing that was once published is lost.

    Raises
    ------
    InputRefused OBS-005 when the year has no records, OBS-006 when there is nothing to report.
    UsageRefused OBS-013 when a language is none of the report's.
    """
    chosen = _languages(observatory, languages)
    wanted = year or observatory.settings.report_year
    manifests = build(observatory, STAGES, tell=tell)
    evidence = gather(observatory, manifests, wanted)
    pages = render(
        compose(evidence), chosen, lambda done, what: tell(Step("report", "running", done, what))
    )
    with one_at_a_time(observatory.build):
        placed = put_in_place(observatory, wanted, pages)
        record(observatory, wanted, pages, inputs=evidence.inputs_sha256)
    tell(Step("report", "made" if placed.changed else "unchanged", 1.0))
    return placed


def gather(observatory: Observatory, manifests: Mapping[str, Manifest], year: int) -> Evidence:
    """What the report may read: cleared tables, counts of rows, public reference data."""
    settings = observatory.settings
    first, last = settings.years
    if not first <= year <= last:
        raise InputRefused("OBS-005", year=year, first=first, last=last)
    cleared = manifests["disclosure"].outputs
    tables = {name: _cleared(name, table(observatory, "disclosure", name)) for name in cleared}
    if not any(t.frame.height for t in tables.values()):
        raise InputRefused("OBS-006")
    return Evidence(
        country=settings.country,
        invented=settings.invented,
        year=year,
        years=tuple(range(first, last + 1)),
        published=settings.published,
        edition=settings.edition,
        version=f"{year}.{settings.edition}",
        languages=settings.languages,
        definition=settings.definition,
        definitions=settings.definitions,
        threshold=settings.threshold,
        tables=tables,
        bounds=table(observatory, "profiles", "victims_bounds"),
        sources=table(observatory, "profiles", "victims_sources"),
        persons=int(manifests["linkage"].notes["persons"]),
        files=table(observatory, "intake", "files"),
        refusals=_refusals(table(observatory, "intake", "refusals")),
        population=_population(observatory),
        changes=_changes(observatory),
        no_report=_no_report(observatory, year),
        labels=labels(observatory, _changes(observatory)),
        tiles=tiles(observatory),
        inputs_sha256=_inputs_hash(manifests),
    )


def _cleared(name: str, frame: pl.DataFrame) -> ClearedTable:
    dims = tuple(column for column in frame.columns if column not in ("n", "status"))
    return ClearedTable(name, dims, frame)


def _refusals(refusals: pl.DataFrame) -> pl.DataFrame:
    return refusals.group_by("agency", "code").agg(pl.len().alias("entries")).sort("agency", "code")


def _population(observatory: Observatory) -> pl.DataFrame:
    """Residents by region and year, summed over whatever else the file tells apart."""
    file = observatory.reference / "population.csv"
    if not file.is_file():
        return pl.DataFrame(schema={"region": pl.String, "year": pl.Int64, "population": pl.Int64})
    raw = pl.read_csv(file)
    return raw.group_by("region", "year").agg(pl.col("population").sum()).sort("region", "year")


def _changes(observatory: Observatory) -> tuple[Mapping[str, Any], ...]:
    """What changed detection, in order; the year follows from the date."""
    file = observatory.reference / "detection_changes.csv"
    if not file.is_file():
        return ()
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return tuple(
        {**row, "year": int(row["date"][:4])} for row in sorted(rows, key=lambda r: r["date"])
    )


def _no_report(observatory: Observatory, year: int) -> frozenset[str]:
    """Regions from which nobody reported in the year: not known, which is not zero."""
    file = observatory.reference / "no_report.csv"
    if not file.is_file():
        return frozenset()
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if int(row["year"]) == year]
    return frozenset(row["region"] for row in rows if row["agency"] == "_all")


def _inputs_hash(manifests: Mapping[str, Manifest]) -> str:
    lines = (f"{name} {sha}" for name, sha in sorted(manifests["intake"].inputs.items()))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _languages(observatory: Observatory, asked: Sequence[str]) -> tuple[str, ...]:
    has = observatory.settings.languages
    for lang in asked:
        if lang not in has:
            raise UsageRefused("OBS-013", lang=lang, languages=", ".join(has))
    return tuple(asked) or has
