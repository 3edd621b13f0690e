"""The register of a folder: one TOML file a programme, or a workbook with a row a programme."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from aiqyn.errors import InputRefused
from aiqyn.prevention.register.programme import Programme, Register
from aiqyn.prevention.register.raw_programme import RawProgramme, programme_of
from aiqyn.prevention.register.workbook import raw_of_workbook

FOLDER = "programmes"  # under an observatory's reference/
ENDINGS = (".toml", ".xlsx")


def read_register(paths: Sequence[Path | str]) -> Register:
    """The programmes of the files and folders, and every fault that was found.

    Nothing is raised for a faulty file: its faults stand beside the programmes that can be read.
    """
    programmes: dict[str, Programme] = {}
    faults: list[InputRefused] = []
    for file in _files(paths):
        try:
            raws = _raw(file)
        except InputRefused as why:
            faults.append(why)
            continue
        for raw in raws:
            programme, wrong = programme_of(raw)
            faults += wrong
            if programme is None:
                continue
            if programme.code in programmes:
                other = programmes[programme.code].source
                faults.append(
                    InputRefused(
                        "PREV-065", where=raw.source, programme=programme.code, other=other
                    )
                )
                continue
            programmes[programme.code] = programme
            faults += _without_file(programme, file.parent)
    return Register(dict(sorted(programmes.items())), tuple(faults))


def register_folder(observatory: Path) -> Path:
    """Where an observatory keeps its register."""
    return observatory / "reference" / FOLDER


def _taken(programme: Programme, other: Programme) -> InputRefused:
    where = {"where": programme.source, "other": other.source}
    return InputRefused("PREV-065", programme=programme.code, **where)


def _files(paths: Sequence[Path | str]) -> Iterator[Path]:
    for path in map(Path, paths):
        inside = register_folder(path)
        folder = inside if inside.is_dir() else path
        if folder.is_dir():
            found = sorted(folder.iterdir(), key=lambda file: file.name)
            yield from (
                f for f in found if f.suffix in ENDINGS and not f.name.startswith((".", "~"))
            )
        else:
            yield folder


def _raw(file: Path) -> tuple[RawProgramme, ...]:
    if file.suffix == ".xlsx":
        return raw_of_workbook(file)
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        line = getattr(why, "lineno", None) or _line_of(why)
        raise InputRefused("PREV-060", file=file.name, line=line) from why
    places = told.pop("where", [])
    rows = [p for p in places if isinstance(p, dict)] if isinstance(places, list) else []
    return (RawProgramme(file.name, "", told, rows),)


def _line_of(why: Exception) -> str:
    """The line of a TOML fault, which Python 3.11 tells in words only."""
    _, _, told = str(why).partition("(at line ")
    return told.partition(",")[0] or "–"


def _without_file(programme: Programme, folder: Path) -> Iterator[InputRefused]:
    file = programme.outcome_file
    if file is not None and not (folder / file.name).is_file():
        yield InputRefused("PREV-072", where=programme.source, file=file.name)
