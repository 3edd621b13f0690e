"""Files into ``published/<year>/`` in one step, and the entry in the audit chain that says so."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiqyn import audit
from aiqyn.observatory.folder import Observatory

ACT = "publish"


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: the folder, the files, whether they changed, where the old ones are."""

    folder: Path
    files: tuple[str, ...]
    changed: bool
    kept: Path | None


def put_in_place(observatory: Observatory, year: int, pages: Mapping[str, bytes]) -> Publication:
    """Put the year's files into ``published/`` together; what they replace is kept beside.

    A kill at any moment leaves the old files or the new ones, or (between two renames) the old
    ones under ``published/replaced/``, from where the next call takes them back.
    """
    target = observatory.published / str(year)
    _mend_half_done(observatory, year)
    wanted = {**_others(target, pages), **pages}
    names = tuple(sorted(wanted))
    if target.is_dir() and {f.name: f.read_bytes() for f in target.iterdir()} == wanted:
        return Publication(target, names, changed=False, kept=None)
    waiting = observatory.published / f".{year}.part"
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True)
    for name, content in wanted.items():
        (waiting / name).write_bytes(content)
    kept = _move_away(observatory, year) if target.is_dir() else None
    waiting.rename(target)
    _note(observatory, year).unlink(missing_ok=True)
    return Publication(target, names, changed=True, kept=kept)


def _others(target: Path, pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pages of other languages stay only if they were made from the very same model."""
    model = target / "report.json"
    if not model.is_file() or model.read_bytes() != pages["report.json"]:
        return {}
    return {f.name: f.read_bytes() for f in target.iterdir() if f.name not in pages}


def _move_away(observatory: Observatory, year: int) -> Path:
    target = observatory.published / str(year)
    digest = hashlib.sha256((target / "report.json").read_bytes()).hexdigest()[:8]
    kept = observatory.published / "replaced" / f"{year}-{digest}"
    kept.parent.mkdir(exist_ok=True)
    place = 1
    while kept.exists():
        place += 1
        kept = kept.with_name(f"{year}-{digest}-{place}")
    _note(observatory, year).write_text(kept.name, encoding="utf-8")
    target.rename(kept)
    return kept


def _note(observatory: Observatory, year: int) -> Path:
    """Where it stands, while files are moved, to which folder the old ones go."""
    return observatory.published / f".{year}.moving"


def _mend_half_done(observatory: Observatory, year: int) -> None:
    """A kill between moving the old report away and putting the new one in place: take it back."""
    note = _note(observatory, year)
    if not note.is_file():
        return
    target = observatory.published / str(year)
    kept = observatory.published / "replaced" / note.read_text(encoding="utf-8")
    if not target.exists() and kept.exists():
        kept.rename(target)
    note.unlink()


def record(observatory: Observatory, year: int, pages: Mapping[str, bytes], *, inputs: str) -> None:
    """Write to the chain what stands published, unless its last word on these files says the same.

    Asked of the chain and not of what this run changed: a kill between putting files in place and
    recording them would else leave a publication that the chain never heard of.
    """
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(pages.items())}
    if hashes.items() <= _recorded(observatory.chain, year).items():
        return
    audit.append(
        observatory.chain,
        ACT,
        actor="aiqyn report",
        when=observatory.settings.published.isoformat(),
        details={"year": year, "files": hashes, "inputs": inputs},
    )


def _recorded(chain: Path, year: int) -> dict[str, str]:
    """File -> the hash under which the chain last saw it published for the year."""
    found: dict[str, str] = {}
    for entry in audit.entries(chain):
        told = entry.get("details")
        if entry.get("act") == ACT and isinstance(told, dict) and told.get("year") == year:
            found |= told.get("files", {})
    return found
