"""Which stage feeds which, and what each makes; every number is made in its own room.

intake → linkage → profiles → estimates → disclosure. The report reads what disclosure cleared, and
the counts of rows that intake took and refused; nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from aiqyn import disclosure, intake, linkage, profiles
from aiqyn.errors import InputRefused
from aiqyn.observatory import clearing
from aiqyn.observatory.building import Advance, Fetch, Made, Stage
from aiqyn.observatory.earlier_editions import TABLE, edition_inputs, edition_table, editions
from aiqyn.observatory.evaluated_programmes.stage import programme_inputs, programmes
from aiqyn.observatory.evidence_labels import tiles
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.hidden_part.by_group import (
    cleared_beside_groups,
    printed,
    with_estimates_by_group,
    without_groups,
)
from aiqyn.observatory.hidden_part.group_histories import BY_GROUPS
from aiqyn.observatory.hidden_part.known_from_lists import tells_of_agencies
from aiqyn.observatory.hidden_part.passing_on import passed_on
from aiqyn.observatory.hidden_part.stage import ESTIMATES, estimates
from aiqyn.observatory.linked_persons.inputs import (
    audit_input,
    persons_input,
    with_named_persons,
)
from aiqyn.observatory.manifest import file_sha256
from aiqyn.observatory.own_rules import own_rules, rules_of
from aiqyn.observatory.sent_twice import copies, once
from aiqyn.observatory.settings import Agency
from aiqyn.profiles import TABLES
from aiqyn.standard import fields

RECORD_TABLES = ("victims", "accused", "justice_events", "assistance", "referrals")


def _intake(observatory: Observatory, fetch: Fetch, advance: Advance) -> Made:
    """Agencies' files to records in the standard; every refused row, and why."""
    taken: dict[str, list[pl.DataFrame]] = {"victims": []}
    files: list[dict[str, Any]] = []
    refusals: list[dict[str, Any]] = []
    todo = [(agency, file) for agency in observatory.agencies for file in agency.files]
    again, unread = copies(file for _, file in todo), 0
    for place, (agency, file) in enumerate(todo):
        advance(place / max(1, len(todo)), file.name)
        read = _read(agency, file, again.get(file), observatory.settings.published)
        unread += not read.readable
        files.append(_file_row(agency, file, read))
        refusals.extend(_refusal_row(agency, refusal) for refusal in read.refusals)
        for name, table in read.tables.items():
            taken.setdefault(name, []).append(table)
        _return_errors(observatory, agency, file, read)
    whole = {name: _together(name, parts) for name, parts in taken.items()}
    counted = pl.DataFrame(files, schema=FILES)
    notes = {
        "rows": counted["rows"].sum(),
        "accepted": counted["accepted"].sum(),
        "refused": counted["refused"].sum(),
        "files": counted.height,
        "unread": unread,
    }
    return Made({**whole, "files": counted, "refusals": _refusals(refusals)}, notes)


def _read(agency: Agency, file: Path, same_as: Path | None, today: date) -> intake.Intake:
    """The file through its agency's mapping; a copy of another file is not read."""
    if same_as is not None:
        told: dict[str, object] = {"other": f"{same_as.parent.name}/{same_as.name}"}
        refusal = intake.Refusal(file.name, None, None, None, "OBS-020", told)
        return intake.Intake(file.name, today, None, agency.code, 0, 0, 0, {}, (refusal,), ())
    return intake.read(file, agency.mapping, today=today, agency=agency.code)


FILES = {
    "agency": pl.String,
    "file": pl.String,
    "sha256": pl.String,
    "mapping": pl.String,
    "rows": pl.Int64,
    "accepted": pl.Int64,
    "refused": pl.Int64,
}
REFUSALS = {
    "agency": pl.String,
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "code": pl.String,
}


KINDS: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "code": pl.String(),
    "int": pl.Int64(),
    "date": pl.Date(),
    "codes": pl.List(pl.String),
}


def _together(name: str, parts: list[pl.DataFrame]) -> pl.DataFrame:
    """The records of all files with every field of the standard; a field nobody sent is null."""
    schema = {f.name: KINDS[f.type] for f in fields(name) if not f.identity and f.type in KINDS}
    blank = pl.DataFrame(schema=schema)
    return pl.concat([blank, *parts], how="diagonal_relaxed").sort("source_id")


def _linkage(observatory: Observatory, fetch: Fetch, advance: Advance) -> Made:
    """Records to persons, by the common code; by names, where the linkage's answer was given."""
    records = fetch("intake", "victims")
    if not records.height:
        raise InputRefused("OBS-006")
    kept = once(records)
    keyed, told = with_named_persons(observatory, kept)
    people = linkage.persons(keyed)
    first, last = observatory.settings.years
    counted = people.filter(pl.col("year").is_between(first, last))
    return Made(
        {"persons": counted},
        {
            "persons": counted.height,
            "outside_years": people.height - counted.height,
            "sent_again": records.height - kept.height,
            **told,
        },
    )


def _profiles(observatory: Observatory, fetch: Fetch, advance: Advance) -> Made:
    """Persons under each definition, and the counts of those whom the main one counts."""
    settings = observatory.settings
    people = fetch("linkage", "persons")
    verdicts = profiles.assess(people, settings.definitions)
    advance(0.5, "classify")
    victims = profiles.victims(people, verdicts, settings.definition)
    places = tuple(tiles(observatory))
    domains = profiles.domains(victims, places, settings.country, settings.threshold)
    tables = profiles.victim_tables(victims, domains)
    bounds = profiles.person_counts(victims, ["year"])
    sources = profiles.sources(victims)
    return Made(
        {
            **{f"victims_{name}": table for name, table in tables.items()},
            "victims_bounds": bounds,
            "victims_sources": sources,
            "victims_listed": victims.select("person_id", "year", "lists", *BY_GROUPS),
            "definition_differences": profiles.differences(people, verdicts),
            "definitions": profiles.verdict_table(verdicts, settings.definitions),
            "definition_combinations": profiles.verdict_combinations(
                verdicts, settings.definitions
            ),
        },
        {"victims": victims.height, "tables": len(tables) + 1},
    )


def _disclosure(observatory: Observatory, fetch: Fetch, advance: Advance) -> Made:
    """The only door out: hidden cells, and the attack that shows that they stay hidden."""
    rules = rules_of(observatory)
    counts = {t.name: fetch("profiles", f"victims_{t.name}") for t in TABLES}
    tables = [
        *clearing.victim_tables(counts, observatory.settings.definition),
        clearing.verdict_table(
            fetch("profiles", "definitions"), fetch("profiles", "definition_combinations")
        ),
        clearing.history_table(fetch("estimates", "histories"), observatory.settings.definition),
        *clearing.agency_tables(fetch("intake", "files")),
    ]
    before = editions(observatory)
    cleared, tables = cleared_beside_groups(
        observatory,
        fetch("profiles", "victims_listed"),
        tables,
        clearing.RECORDED,
        lambda every: disclosure.clear(
            every, rules, editions=before, advance=lambda done: advance(done, "attack")
        ),
    )
    kept = clearing.kept_years(tables, before, rules)
    shown = printed(clearing.printed(cleared.value))
    opened = tells_of_agencies(cleared.value, clearing.HISTORIES, clearing.AGENCY_TABLES, rules)
    made = {name: fetch("estimates", name) for name in ESTIMATES}
    passed = passed_on(made, shown[clearing.HISTORIES], opened, kept)
    if opened:
        shown[clearing.HISTORIES] = clearing.totals_alone(shown[clearing.HISTORIES])
        shown = without_groups(shown)
    passed = with_estimates_by_group(observatory, shown, passed)
    hidden = sum(int((t["status"] != "shown").sum()) for t in shown.values())
    cells = sum(t.height for t in shown.values())
    out = edition_table(observatory, cleared.value, shown, rules.threshold)
    return Made(
        {**shown, **passed, TABLE: out},
        {"cells": cells, "hidden": hidden, "opened": 0, "kept_years": sorted(kept)},
    )


def _disclosure_inputs(observatory: Observatory) -> Mapping[str, str]:
    """The observatory's own rules, and what it has published from other records."""
    return {**own_rules(observatory), **edition_inputs(observatory)}


def _agency_files(observatory: Observatory) -> Mapping[str, str]:
    root = observatory.folder
    sent = [file for agency in observatory.agencies for file in agency.files]
    told = sorted((root / "agencies").glob("*/agency.toml"))
    mapped = [agency.mapping for agency in observatory.agencies if isinstance(agency.mapping, Path)]
    own = [root / observatory.settings.regions] if observatory.settings.regions else []
    return {f.relative_to(root).as_posix(): file_sha256(f) for f in [*sent, *told, *mapped, *own]}


def _file_row(agency: Agency, file: Path, read: intake.Intake) -> dict[str, Any]:
    examples = read.aside.get("example", 0)  # of our own blank workbook: no agency sent them
    return {
        "agency": agency.code,
        "file": file.name,
        "sha256": file_sha256(file),
        "mapping": read.mapping,
        "rows": read.rows - examples,
        "accepted": read.accepted - examples,
        "refused": read.refused,
    }


def _refusal_row(agency: Agency, refusal: intake.Refusal) -> dict[str, Any]:
    """Where and which code; the value that was refused stays with the agency."""
    place = {name: getattr(refusal, name) for name in ("file", "sheet", "row", "column", "code")}
    return {"agency": agency.code, **place}


def _refusals(rows: list[dict[str, Any]]) -> pl.DataFrame:
    order = ["agency", "file", "sheet", "row", "column", "code"]
    return pl.DataFrame(rows, schema=REFUSALS).sort(order, nulls_last=True)


def _return_errors(
    observatory: Observatory, agency: Agency, file: Path, read: intake.Intake
) -> None:
    """The agency's own workbook of what to mend, in its own folder; gone when nothing is wrong."""
    workbook = observatory.returned(agency.code) / f"{file.name}.errors.xlsx"
    if not read.refusals:
        workbook.unlink(missing_ok=True)
        return
    workbook.parent.mkdir(parents=True, exist_ok=True)
    intake.write_error_workbook([read], workbook, observatory.settings.languages[0])
    workbook.chmod(0o600)


STAGES: tuple[Stage, ...] = (
    Stage(
        "intake",
        (),
        _intake,
        inputs=_agency_files,
        parameters=lambda o: {"today": o.settings.published, "languages": o.settings.languages},
    ),
    Stage(
        "linkage",
        ("intake",),
        _linkage,
        inputs=persons_input,
        parameters=lambda o: {"years": o.settings.years},
    ),
    Stage(
        "profiles",
        ("linkage",),
        _profiles,
        parameters=lambda o: {
            "definition": o.settings.definition,
            "definitions": o.settings.definitions,
            "country": o.settings.country,
            "threshold": o.settings.threshold,
        },
    ),
    Stage(
        "estimates",
        ("profiles",),
        estimates,
        inputs=audit_input,
        parameters=lambda o: {
            "estimate": asdict(o.settings.estimate),
            "agencies": {a.code: (a.kind, a.list) for a in o.agencies},
            "threshold": o.settings.threshold,
            "years": o.settings.years,
            "report_year": o.settings.report_year,
        },
    ),
    Stage(
        "disclosure",
        ("intake", "profiles", "estimates"),
        _disclosure,
        inputs=_disclosure_inputs,
        parameters=lambda o: {
            "threshold": o.settings.threshold,
            "estimate": asdict(o.settings.estimate),
            "report_year": o.settings.report_year,
        },
    ),
    Stage(
        "programmes",
        ("linkage", "disclosure"),
        programmes,
        inputs=programme_inputs,
        parameters=lambda o: {
            "definition": o.settings.definition,
            "threshold": o.settings.threshold,
            "years": o.settings.years,
        },
    ),
)
