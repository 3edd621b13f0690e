"""What this observatory has published before, as the next publication is held to it.

Every report leaves ``cleared.json`` beside its pages: the printed tables, and nothing else. The
chain says in which order they went out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from aiqyn import audit
from aiqyn.disclosure import Release
from aiqyn.disclosure.earlier import Edition, edition_json, read_edition
from aiqyn.errors import InputRefused
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.manifest import file_sha256, read_manifest

FILE = "cleared.json"
TABLE = "edition"  # table of the stage `disclosure`: one row, one column, the file's text
MADE_FROM = ("intake", "profiles", "estimates")


def editions(observatory: Observatory) -> tuple[Edition, ...]:
    """All that was published, replaced editions too, the oldest first.

    Raises
    ------
    InputRefused OBS-028 when a report stands there without its cleared tables; DISC-201 when they
    cannot be read.
    """
    files = _files(observatory)
    return tuple(read_edition(f.parent.name, f.read_text(encoding="utf-8")) for f in files)


def abouts(observatory: Observatory) -> tuple[Mapping[str, Any], ...]:  # Any: what JSON holds
    """What each edition says of itself, the oldest first."""
    return tuple(_about(file) for file in _files(observatory))


def edition_inputs(observatory: Observatory) -> Mapping[str, str]:
    """Hashes of the editions that were made from other records than those that stand now.

    One that was made from the same says nothing that the stage would not print again.
    """
    now = made_from(observatory)
    return {
        file.relative_to(observatory.folder).as_posix(): file_sha256(file)
        for file in _files(observatory)
        if _about(file).get("made_from") != now
    }


def made_from(observatory: Observatory) -> str:
    """Hash of what the stages before disclosure made."""
    found = (read_manifest(observatory.build / stage) for stage in MADE_FROM)
    outcomes = [manifest.outcome if manifest else "" for manifest in found]
    return hashlib.sha256("\n".join(outcomes).encode()).hexdigest()


def edition_table(
    observatory: Observatory, release: Release, shown: Mapping[str, pl.DataFrame], threshold: int
) -> pl.DataFrame:
    """The tables that are printed, as the text of the file that goes out with them."""
    printed = (t for t in release.published if t.name in shown)
    tables = tuple(
        # Of a table that is printed in part, a row that is not there is no zero.
        replace(t, cells=shown[t.name], absent_is_zero=shown[t.name].height == t.cells.height)
        for t in printed
    )
    about = {"made_from": made_from(observatory)}
    return pl.DataFrame({"json": [edition_json(Release(tables), threshold=threshold, about=about)]})


def with_about(text: str, about: Mapping[str, Any]) -> bytes:  # Any: what JSON holds
    """The file's text with what the publication says of itself."""
    told = json.loads(text)
    told["about"] |= about
    return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _files(observatory: Observatory) -> list[Path]:
    root = observatory.published
    years = [f for f in root.glob("[0-9]*") if f.is_dir()]
    replaced = [f for f in root.glob("replaced/*") if f.is_dir()]
    for folder in [*years, *replaced]:
        lost = (folder / "report.json").is_file() and not (folder / FILE).is_file()
        if lost and not observatory.settings.invented:
            raise InputRefused("OBS-028", folder=folder.relative_to(root).as_posix(), file=FILE)
    found = [f / FILE for f in [*replaced, *years] if (f / FILE).is_file()]
    place = _places(observatory)
    last = len(place)
    # What the chain has not heard of was put in place and not yet recorded: it is the newest.
    return sorted(
        found,
        key=lambda f: (place.get(file_sha256(f), last if f.parent in years else -1), f.parent.name),
    )


def _places(observatory: Observatory) -> dict[str, int]:
    """Hash of an edition's file -> its last place in the chain."""
    found: dict[str, int] = {}
    for at, entry in enumerate(audit.entries(observatory.chain)):
        told = entry.get("details")
        files = told.get("files") if isinstance(told, dict) else None
        if isinstance(files, dict) and FILE in files:
            found[str(files[FILE])] = at
    return found


def _about(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))["about"]
    except (ValueError, KeyError, TypeError):
        return {}
    return told if isinstance(told, dict) else {}
