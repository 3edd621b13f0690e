"""The register of programmes: checked, and begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn.errors import AiqynError, InputRefused, UsageRefused
from aiqyn.words import number, say, say_n

if TYPE_CHECKING:
    from aiqyn.prevention.register import Programme, Register


def check_register(paths: Sequence[Path], lang: str = "en") -> dict[str, Any]:  # Any: JSON
    """``{"programmes": [{"code", "title", …}], "faults": [{"code", "message", "mend"}]}``.

    Raises
    ------
    InputRefused (PREV-077) when there is no programme and no fault either.
    """
    found = _register(paths)
    if not found.programmes and not found.faults:
        raise InputRefused("PREV-077", folder=", ".join(path.name or "." for path in paths))
    return {
        "programmes": [_told(programme, lang) for programme in found.programmes.values()],
        "faults": [
            {"code": f.code, "message": f.text(lang), "mend": f.mend(lang)}
            for f in found.faults
            if isinstance(f, AiqynError)
        ],
    }


def new_programme(folder: Path, code: str, *, workbook: bool, lang: str) -> dict[str, Any]:
    """Where the blank programme, or the workbook, was written.

    Raises
    ------
    UsageRefused (PREV-078) when the file is there already: nothing is overwritten.
    """
    from aiqyn.prevention.register import blank_toml, register_folder, write_workbook

    place = register_folder(folder)
    file = place / ("programmes.xlsx" if workbook else f"{code}.toml")
    if file.exists():
        raise UsageRefused("PREV-078", file=file.name)
    place.mkdir(parents=True, exist_ok=True)
    if workbook:
        write_workbook(file, (), lang)
    else:
        file.write_text(blank_toml(code, lang), encoding="utf-8")
    return {"file": str(file), "text": say("programme.new.done", lang, file=str(file))}


def print_check(answer: Mapping[str, Any], lang: str) -> None:
    """Each programme in a line, then each fault with how to mend it."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    for told in answer["programmes"]:
        console.print(f"✓ {told['code']}  {told['title']}  {', '.join(told['regions'])}")
    for fault in answer["faults"]:
        console.print(f"✕ {fault['code']}  {fault['message']}\n    {fault['mend']}", soft_wrap=True)
    sound, faults = len(answer["programmes"]), len(answer["faults"])
    slots = {"programmes": number(sound, lang)}
    console.print(say_n("programme.check.done", faults, lang, **slots))


def _register(paths: Sequence[Path]) -> Register:
    """Of one observatory with its regions, of anything else as it stands."""
    from aiqyn.observatory import Observatory
    from aiqyn.observatory.programmes import register
    from aiqyn.prevention.register import read_register

    if len(paths) == 1 and (paths[0] / "observatory.toml").is_file():
        return register(Observatory.open(paths[0]))
    return read_register(paths)


def _told(programme: Programme, lang: str) -> dict[str, Any]:
    return {
        "code": programme.code,
        "title": programme.told(programme.title, lang),
        "regions": [place.region for place in programme.places],
        "from": programme.first_day.isoformat(),
        "groups": list(programme.groups),
        "forms": list(programme.forms),
        "outcome_kind": programme.outcome_kind,
        "design": programme.design,
        "cost": programme.cost,
        "currency": programme.currency,
    }
