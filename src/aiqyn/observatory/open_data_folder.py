"""What was published of a year as an open-data folder: read from the publication, cleared again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from aiqyn.disclosure import Cleared, Release, attack, clear, cleared_counts
from aiqyn.disclosure.cleared import clear_estimate
from aiqyn.disclosure.earlier import read_edition
from aiqyn.errors import UsageRefused
from aiqyn.observatory.building import Step
from aiqyn.observatory.clearing import HISTORIES
from aiqyn.observatory.earlier_editions import FILE
from aiqyn.observatory.evidence_labels import labels
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.hidden_part.passing_on import LISTED
from aiqyn.observatory.own_rules import rules_of
from aiqyn.observatory.publication import asked_for, publish
from aiqyn.report.open_data import About, open_data
from aiqyn.report.open_data.contents import SUMS

PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class OpenDataFolder:
    """The folder that was written.

    Attributes
    ----------
    files : paths in the folder
    cells, hidden : cells of its tables, and how many of them carry a mark
    recoverable : hidden cells that the attack opens
    estimated : whether an estimate is in it
    """

    folder: Path
    files: tuple[str, ...]
    cells: int
    hidden: int
    recoverable: int
    estimated: bool


def write_open_data(
    observatory: Observatory,
    year: int | None,
    out: Path,
    languages: Sequence[str] = (),
    *,
    tell: Callable[[Step], None] = lambda step: None,
) -> OpenDataFolder:
    """Write the open-data folder of a year; its report is published first where it is not yet.

    The tables are those of the publication, read from ``cleared.json`` and attacked once more: a
    cleared value is not stored. So nothing leaves this way that the report has not told, and the
    next publication is held to it.

    Raises
    ------
    UsageRefused OBS-030 when the folder holds anything but an open-data folder; NotPermitted
    DISC-001 when the attack opens a cell; what `publish` raises.
    """
    chosen, wanted = asked_for(observatory, year, languages)
    source = observatory.published / str(wanted) / FILE
    _refuse_occupied(out)
    if not source.is_file():
        publish(observatory, wanted, tell=tell)
    text = source.read_text(encoding="utf-8")
    edition = read_edition(str(wanted), text)
    rules = rules_of(observatory, edition.threshold)
    release = clear(Release(edition.tables), rules)
    told = json.loads(text)["about"]
    about = _about(observatory, told, edition.threshold, chosen)
    estimates = _estimates(release, told)
    files = open_data(release, about, estimates)
    _write(out, files)
    cells = [cells for table in release.value.published for cells in table.cells["status"]]
    hidden = sum(status != "shown" for status in cells)
    opened = len(attack(release.value, rules))
    return OpenDataFolder(
        out, tuple(sorted(files)), len(cells), hidden, opened, estimates is not None
    )


def _about(
    observatory: Observatory,
    told: Mapping[str, Any],  # Any: what JSON holds
    threshold: int,
    languages: Sequence[str],
) -> About:
    known = labels(observatory, ())
    return About(
        country=told["country"],
        names=observatory.settings.names,
        invented=told["invented"],
        year=told["year"],
        years=(told["years"][0], told["years"][1]),
        published=told["published"],
        version=told["version"],
        definition=told["definition"],
        threshold=threshold,
        kept_years=tuple(told["kept_years"]),
        inputs_sha256=told["inputs_sha256"],
        languages=tuple(languages),
        labels=known,
        residents=told["residents"],
        publish=told["publish"],
    )


def _estimates(release: Cleared[Release], told: Mapping[str, Any]) -> Cleared[pl.DataFrame] | None:
    """SDG 16.2.2 with the estimate, where the gate lets it and what lies beneath is printed."""
    rows, year = told["sdg_16_2_2"], told["year"]
    if not rows or told["publish"] in (None, "nothing"):
        return None
    beneath = [
        cleared_counts(release, HISTORIES, year=year),
        cleared_counts(release, HISTORIES, year=year, history=LISTED),
    ]
    if any(count.value is None for count in beneath):
        return None
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.lit(str(year)).alias("year"), pl.lit(told["publish"]).alias("gate")
    )
    ordered = ["year", "series", "code", "value", "low", "high", "per_100k", "per_100k_low"]
    return clear_estimate(frame.select(*ordered, "per_100k_high", "state", "gate"), beneath)


def _refuse_occupied(out: Path) -> None:
    """Only an earlier open-data folder is written over."""
    if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or _is_ours(out))):
        raise UsageRefused("OBS-030", folder=out.name)


def _is_ours(folder: Path) -> bool:
    """Whether every file of the folder is named in its own list of hashes."""
    if not (folder / PACKAGE).is_file() or not (folder / SUMS).is_file():
        return False
    named = {line[66:] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()}
    found = (f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())
    return set(found) <= {*named, SUMS}


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    """The whole folder in place, or none of it."""
    out = out.resolve()
    waiting = out.with_name(f".{out.name}.part")
    shutil.rmtree(waiting, ignore_errors=True)
    for path, content in files.items():
        (waiting / path).parent.mkdir(parents=True, exist_ok=True)
        (waiting / path).write_bytes(content)
    if out.exists():
        shutil.rmtree(out)
    waiting.rename(out)
