"""`aiqyn new`: an empty observatory, or the invented country."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiqyn import words


def new_observatory(
    folder: Path,
    *,
    demo: bool,
    country: str,
    persons: int,
    seed: int,
    year: int,
    if_missing: bool,
    lang: str,
) -> dict[str, Any]:
    """Make the folder and say what was made."""
    if if_missing and (folder / "observatory.toml").is_file():
        return {"folder": str(folder), "made": False, "text": _there(folder, lang)}
    if demo:
        return _demo(folder, persons, seed, lang)
    from aiqyn.observatory import write_new

    files = write_new(folder, country=country, year=year, lang=lang)
    text = words.say("cli.new.made", lang, folder=folder)
    return {"folder": str(folder), "made": True, "files": list(files), "text": text}


def _demo(folder: Path, persons: int, seed: int, lang: str) -> dict[str, Any]:
    from aiqyn.demo import write_country
    from aiqyn.observatory.new_folder import refuse_occupied
    from aiqyn.standard import code_list

    refuse_occupied(folder)
    write_country(folder, persons=persons, seed=seed)
    text = words.say(
        "cli.new.demo",
        lang,
        country=code_list("country").label("XSA", lang),
        folder=folder,
        persons=words.number(persons, lang),
        seed=seed,
    )
    return {"folder": str(folder), "made": True, "persons": persons, "seed": seed, "text": text}


def _there(folder: Path, lang: str) -> str:
    return words.say("cli.new.there", lang, folder=folder)
