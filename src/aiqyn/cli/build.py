"""`aiqyn build`: the stages, as they go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiqyn import words


def build_observatory(folder: Path, *, until: str | None, lang: str) -> dict[str, Any]:
    """Bring the observatory up to date, telling each stage on stderr; returns what was made."""
    from aiqyn.cli.progress import Progress
    from aiqyn.observatory import STAGES, Observatory, build, stale

    observatory = Observatory.open(folder)
    with Progress(observatory, [stage.name for stage in STAGES], lang) as progress:
        progress.head(stale(observatory, STAGES))
        manifests = build(observatory, STAGES, until=until, tell=progress.tell)
    notes = {name: value for made in manifests.values() for name, value in made.notes.items()}
    return {
        "text": _said(folder, notes, lang),
        "folder": str(folder),
        "stages": {
            name: {
                "state": progress.states.get(name, "unchanged"),
                "outputs": {t: out["sha256"] for t, out in made.outputs.items()},
                "notes": dict(made.notes),
                "seconds": progress.spent(name)[0],
                "cpu_seconds": progress.spent(name)[1],
            }
            for name, made in manifests.items()
        },
    }


def _said(folder: Path, notes: dict[str, Any], lang: str) -> list[str]:
    """Where it is, and what a person should know of what was sent."""
    told = [
        words.say_n(f"cli.build.{note}", notes[note], lang, folder=folder)
        for note in ("unread", "refused", "sent_again", "outside_years", "not_named")
        if notes.get(note)
    ]
    return [words.say("cli.build.done", lang, folder=folder), *told]
