"""What the words after ``aiqyn link`` are: files and folders, each a list, and their mappings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    from aiqyn.intake import Mapping
    from aiqyn.linkage.list_sources import ListSource

AGENCY = "agency.toml"


def list_sources(paths: Sequence[Path], mappings: Sequence[str] = ()) -> list[ListSource]:
    """The lists: a file is one, and so is a folder with all its files.

    Parameters
    ----------
    mappings : ``NAME``, or ``FILE``, for every list; ``LIST=NAME`` for one. An agency's folder of
        an observatory brings its own

    Raises
    ------
    UsageRefused (LINK-028) for a list that is not there, InputRefused (INTAKE-090 … -094) for the
    mapping, (OBS-…) for an agency.toml that cannot be read.
    """
    from aiqyn.linkage.list_sources import ListSource

    names = [_name(path) for path in paths]
    told = _told(mappings, names)
    found = []
    for name, path in zip(names, paths, strict=True):
        files, own = _files(path) if path.is_dir() else ((path,), None)
        mapping = told.get(name, told.get(None)) or own
        found.append(ListSource(name, files, _loaded(mapping), path.is_dir()))
    return found


def _name(path: Path) -> str:
    return path.resolve().name if path.is_dir() else path.stem


def _told(mappings: Sequence[str], names: Sequence[str]) -> dict[str | None, str]:
    """List -> its mapping; None -> that of every other list."""
    told: dict[str | None, str] = {}
    for text in mappings:
        name, equals, mapping = text.partition("=")
        if equals and name not in names:
            raise UsageRefused("LINK-028", list=name[:40], lists=", ".join(names))
        told[name if equals else None] = mapping if equals else text
    return told


def _files(folder: Path) -> tuple[tuple[Path, ...], str | Path | None]:
    """The files of a list's folder, and the mapping that its agency.toml names."""
    if (folder / AGENCY).is_file():
        from aiqyn.observatory.settings import load_agency

        agency = load_agency(folder.resolve())
        return agency.files, agency.mapping
    files = (f for f in folder.iterdir() if f.is_file() and not f.name.startswith((".", "~")))
    return tuple(sorted(files, key=lambda f: f.name)), None


def _loaded(mapping: str | Path | None) -> Mapping | None:
    from aiqyn.intake import load_mapping

    return None if mapping is None else load_mapping(mapping)
