"""From a built observatory to a published report: evidence, model, pages, one step into place."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from aiqyn.errors import AnswerRefused, InputRefused, UsageRefused
from aiqyn.observatory.bounds_told import BOUNDS, bounds_as_told, bounds_printed, bounds_told
from aiqyn.observatory.building import Step, build, table
from aiqyn.observatory.clearing import HISTORIES
from aiqyn.observatory.earlier_editions import FILE, TABLE, abouts, with_about
from aiqyn.observatory.evaluated_programmes.for_report import (
    programme_evidence,
    with_programmes,
)
from aiqyn.observatory.evaluated_programmes.stage import TABLE as ANSWERS
from aiqyn.observatory.evidence_labels import labels, tiles
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.hidden_part.for_report import hidden_evidence, with_groups
from aiqyn.observatory.hidden_part.indicator import groups_detected
from aiqyn.observatory.hidden_part.passing_on import ESTIMATE
from aiqyn.observatory.linked_persons.for_report import linked_evidence
from aiqyn.observatory.lock import one_at_a_time
from aiqyn.observatory.manifest import Manifest
from aiqyn.observatory.placing import Publication, put_in_place, record
from aiqyn.observatory.reference_files import changes, population, residents_by, silent_regions
from aiqyn.observatory.settings_rules import span
from aiqyn.observatory.stages import STAGES
from aiqyn.report import ClearedTable, Evidence, compose, render
from aiqyn.report.permitted import permitted


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
    InputRefused OBS-005 when the year is none of the observatory's, OBS-006 when nothing was sent.
    AnswerRefused OBS-022 when nobody is counted as a victim in the year.
    UsageRefused OBS-013 when a language is none of the report's.
    """
    chosen, wanted = asked_for(observatory, year, languages)
    manifests = build(observatory, STAGES, tell=tell)
    started, worked = time.perf_counter(), time.process_time()
    evidence = gather(observatory, manifests, wanted)
    pages = render(
        compose(evidence), chosen, lambda done, what: tell(Step("report", "running", done, what))
    )
    pages[FILE] = with_about(
        table(observatory, "disclosure", TABLE)["json"].item(), about(evidence)
    )
    with one_at_a_time(observatory.build):
        placed = put_in_place(observatory, wanted, pages)
        record(observatory, wanted, pages, inputs=evidence.inputs_sha256)
    spent, cpu = time.perf_counter() - started, time.process_time() - worked
    state = "made" if placed.changed else "unchanged"
    tell(Step("report", state, 1.0, seconds=spent, cpu_seconds=cpu))
    return placed


def about(evidence: Evidence) -> dict[str, Any]:  # Any: what JSON holds
    """What a publication says of itself in ``cleared.json``."""
    sdg = None if evidence.hidden is None else permitted(evidence.hidden).sdg.to_dicts()
    return {
        "country": evidence.country,
        "invented": evidence.invented,
        "year": evidence.year,
        "years": [evidence.years[0], evidence.years[-1]],
        "published": evidence.published.isoformat(),
        "edition": evidence.edition,
        "version": evidence.version,
        "languages": list(evidence.languages),
        "definition": evidence.definition,
        "inputs_sha256": evidence.inputs_sha256,
        "kept_years": list(evidence.kept_years),
        BOUNDS: bounds_printed(evidence.bounds, evidence.tables["victims_region"]),
        "sdg_16_2_2": sdg,
        "publish": None if evidence.hidden is None else evidence.hidden.publish,
        "residents": evidence.population_of(evidence.year),
    }


def asked_for(
    observatory: Observatory, year: int | None, languages: Sequence[str]
) -> tuple[tuple[str, ...], int]:
    """The languages and the year of the report that was asked for.

    Raises
    ------
    InputRefused OBS-005 when the year is none of the observatory's; UsageRefused OBS-013 when a
    language is none of the report's.
    """
    has, (first, last) = observatory.settings.languages, observatory.settings.years
    for lang in languages:
        if lang not in has:
            raise UsageRefused("OBS-013", lang=lang, languages=", ".join(has))
    wanted = observatory.settings.report_year if year is None else year
    if not first <= wanted <= last:
        raise InputRefused("OBS-005", year=wanted, years=span(first, last))
    return tuple(languages) or has, wanted


def gather(observatory: Observatory, manifests: Mapping[str, Manifest], year: int) -> Evidence:
    """What the report may read: cleared tables, counts of rows, public reference data."""
    settings = observatory.settings
    first, last = settings.years
    cleared = [name for name in manifests["disclosure"].outputs if name != TABLE]
    frames = {name: table(observatory, "disclosure", name) for name in cleared}
    passed = {name: frame for name, frame in frames.items() if name.startswith(ESTIMATE)}
    tables = {name: _cleared(name, frames[name]) for name in frames if name not in passed}
    if not any(t.frame.height for t in tables.values()):
        raise InputRefused("OBS-006")
    if tables["victims_region"].cell(year=year).state == "zero":
        raise AnswerRefused("OBS-022", year=year)
    kept = tuple(manifests["disclosure"].notes["kept_years"])
    made = table(observatory, "profiles", "victims_bounds")
    bounds = bounds_as_told(made, kept, bounds_told(abouts(observatory)))
    detected = tables["victims_region"].cell(year=year).value
    hidden = hidden_evidence(
        passed,
        tables[HISTORIES].frame,
        year,
        None if detected is None or year in kept else _fewest_and_most(bounds, year),
        residents_by(observatory, year),
        groups_detected(tables["victims_sex_age"].frame, year),
    )
    answers = table(observatory, "programmes", ANSWERS)
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
        bounds=bounds,
        sources=table(observatory, "profiles", "victims_sources"),
        persons=_persons(tables["definitions"], settings.definition)
        or int(manifests["linkage"].notes["persons"]),
        files=table(observatory, "intake", "files"),
        refusals=_refusals(table(observatory, "intake", "refusals")),
        population=population(observatory),
        changes=changes(observatory),
        no_report=silent_regions(observatory, year),
        labels=with_programmes(
            with_groups(labels(observatory, changes(observatory)), passed), answers
        ),
        tiles=tiles(observatory),
        inputs_sha256=_inputs_hash(manifests),
        hidden=None if isinstance(hidden, str) else hidden,
        no_estimate=hidden if isinstance(hidden, str) else None,
        kept_years=kept,
        programmes=programme_evidence(answers),
        linked=linked_evidence(
            manifests["linkage"].notes,
            manifests["estimates"].notes,
            not isinstance(hidden, str) and hidden.audited,
        ),
    )


def _persons(definitions: ClearedTable, definition: str) -> int:
    """Persons of all years as they are printed; 0 where a year's number is hidden."""
    totals = definitions.frame.filter(verdict="_all", definition=definition)["n"]
    return 0 if totals.null_count() else int(totals.sum())


def _fewest_and_most(bounds: pl.DataFrame, year: int) -> tuple[int, int]:
    row = bounds.filter(year=year)
    return int(row["low"].item()), int(row["high"].item())


def _cleared(name: str, frame: pl.DataFrame) -> ClearedTable:
    dims = tuple(column for column in frame.columns if column not in ("n", "status"))
    return ClearedTable(name, dims, frame)


def _refusals(refusals: pl.DataFrame) -> pl.DataFrame:
    return refusals.group_by("agency", "code").agg(pl.len().alias("entries")).sort("agency", "code")


def _inputs_hash(manifests: Mapping[str, Manifest]) -> str:
    stages = (manifests[name].inputs for name in ("intake", "linkage", "estimates"))
    given = {n: sha for inputs in stages for n, sha in inputs.items() if not n.startswith("build/")}
    lines = (f"{name} {sha}" for name, sha in sorted(given.items()))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
