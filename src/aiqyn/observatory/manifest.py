"""What a stage was made from and what it made: ``build/<stage>/manifest.json``.

The manifest is the commit point of a stage. Tables are written first, each under a name that holds
its own hash; then the manifest is replaced in one step; then tables that no manifest names are
removed. A kill at any moment leaves a manifest that names whole tables: the old ones or the new.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

import aiqyn

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A finished stage.

    Attributes
    ----------
    stage : its name.
    inputs : what it read -> SHA-256 (files as they were sent; the stages before it).
    parameters : the choices that bear on it.
    code : hash of the code and data files of the package.
    outputs : table -> file name, SHA-256 and rows.
    notes : counts that the terminal and the report show; never a name.
    """

    stage: str
    inputs: Mapping[str, str]
    parameters: Mapping[str, Any]
    code: str
    outputs: Mapping[str, Mapping[str, Any]]
    notes: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        """Hash of inputs, parameters and code: a stage whose fingerprint moved is stale."""
        return fingerprint(self.inputs, self.parameters, self.code)

    @property
    def outcome(self) -> str:
        """Hash of the outputs: what the next stage depends on."""
        return _sha256(_stable({name: out["sha256"] for name, out in self.outputs.items()}))


def fingerprint(inputs: Mapping[str, str], parameters: Mapping[str, Any], code: str) -> str:
    """Hash of what a stage would be made from."""
    return _sha256(_stable({"inputs": inputs, "parameters": parameters, "code": code}))


def read_manifest(folder: Path) -> Manifest | None:
    """The stage's manifest; None when there is none, or it names a table that is not there."""
    try:
        found = Manifest(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None
    whole = all((folder / out["file"]).is_file() for out in found.outputs.values())
    return found if whole else None


def read_table(folder: Path, manifest: Manifest, table: str) -> pl.DataFrame:
    """One table of a finished stage."""
    return pl.read_parquet(folder / manifest.outputs[table]["file"])


def commit(
    folder: Path,
    stage: str,
    tables: Mapping[str, pl.DataFrame],
    *,
    inputs: Mapping[str, str],
    parameters: Mapping[str, Any],
    code: str,
    notes: Mapping[str, Any],
) -> Manifest:
    """Write the tables, then the manifest in one step, then clear what nothing names."""
    folder.mkdir(parents=True, exist_ok=True)
    outputs = {name: _write_table(folder, name, table) for name, table in sorted(tables.items())}
    made = Manifest(stage, dict(inputs), dict(parameters), code, outputs, dict(notes))
    write_atomically(folder / NAME, (_stable(asdict(made), indent=2) + "\n").encode())
    _clear(folder, {str(out["file"]) for out in outputs.values()} | {NAME})
    return made


def write_atomically(file: Path, content: bytes) -> None:
    """Put a whole file in place in one step; a kill leaves the old one or the new one."""
    waiting = file.with_name(f".{file.name}.part")
    with waiting.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    waiting.replace(file)


def file_sha256(file: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def code_sha256() -> str:
    """Hash of every code and data file of the package that can bear on a table."""
    root = Path(aiqyn.__file__).parent
    ours = (f for f in sorted(root.rglob("*")) if f.is_file() and _bears(f.relative_to(root)))
    return _sha256("\n".join(f"{f.relative_to(root).as_posix()} {file_sha256(f)}" for f in ours))


def _bears(path: Path) -> bool:
    beside = {"cli", "web", "report", "demo", "__pycache__"}
    inside_data = path.parts[:1] == ("data",) and path.parts[1:2] in (
        ("words",),
        ("report",),
        ("charts",),
        ("demo",),
    )
    return not inside_data and not beside & set(path.parts[:-1])


def _write_table(folder: Path, name: str, table: pl.DataFrame) -> dict[str, Any]:
    waiting = folder / f".{name}.part"
    table.write_parquet(waiting, compression="zstd", statistics=True)
    digest = file_sha256(waiting)
    target = folder / f"{name}-{digest[:12]}.parquet"
    waiting.replace(target)
    return {"file": target.name, "sha256": digest, "rows": table.height}


def _clear(folder: Path, keep: Iterable[str]) -> None:
    for file in folder.iterdir():
        if file.is_file() and file.name not in set(keep):
            file.unlink()


def _stable(thing: object, indent: int | None = None) -> str:
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, indent=indent, default=str)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
