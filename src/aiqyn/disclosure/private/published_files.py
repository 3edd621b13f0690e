"""The files of one release: rows, noisy tables, and a note on how much privacy they leave."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from aiqyn.disclosure.private.code_tables import write_codes_table

if TYPE_CHECKING:
    import polars as pl

PARTS = ("", ".marginals.csv", ".privacy.json")


def beside(out: Path) -> tuple[Path, ...]:
    """The release's files: `out`, and what stands beside it."""
    return tuple(out.with_name(out.name + part) for part in PARTS)


def keep(
    folder: Path, name: str, rows: pl.DataFrame, tables: pl.DataFrame, note: Mapping[str, object]
) -> dict[str, str]:
    """Write the release's files into `folder`, all or none; file name -> SHA-256."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as making:
        place = Path(making) / "release"
        place.mkdir()
        file, marginals, privacy = beside(place / name)
        write_codes_table(rows, file)
        tables.write_csv(marginals)
        told = json.dumps(note, ensure_ascii=False, indent=2, sort_keys=True)
        privacy.write_text(told + "\n", encoding="utf-8", newline="\n")
        if folder.exists():  # a run that was killed before the ledger said "released"
            shutil.rmtree(folder)
        place.rename(folder)
    return {path.name: digest(path) for path in beside(folder / name)}


def hand_out(folder: Path, name: str, out: Path) -> None:
    """Copy the kept files to `out` and beside it, each in one step."""
    out.parent.mkdir(parents=True, exist_ok=True)
    for kept, copy in zip(beside(folder / name), beside(out), strict=True):
        part = copy.with_name(copy.name + ".part")
        shutil.copyfile(kept, part)
        part.replace(copy)


def whole(folder: Path, digests: Mapping[str, str]) -> bool:
    """Whether the kept files are there and unchanged."""
    paths = [(folder / name, known) for name, known in digests.items()]
    return all(path.is_file() and digest(path) == known for path, known in paths)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
