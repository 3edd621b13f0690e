"""`aiqyn report`: build what is stale, write the report, say where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiqyn import words


def write_report(folder: Path, *, year: int | None, languages: Sequence[str]) -> dict[str, Any]:
    """Publish the year's report; progress on stderr, the files as the answer."""
    from aiqyn.cli.progress import Progress
    from aiqyn.observatory import STAGES, Observatory, asked_for, publish, stale

    observatory = Observatory.open(folder)
    _, wanted = asked_for(observatory, year, languages)
    lang = languages[0] if languages and languages[0] in words.LANGUAGES else "en"
    stages = [*(stage.name for stage in STAGES), "report"]
    with Progress(observatory, stages, lang) as progress:
        progress.head([*stale(observatory, STAGES), "report"], wanted)
        made = publish(observatory, year, languages, tell=progress.tell)
    return {
        "folder": str(made.folder),
        "year": wanted,
        "files": list(made.files),
        "changed": made.changed,
        "kept": str(made.kept) if made.kept else None,
        "text": _said(made.folder, made.files, made.changed, made.kept, lang),
    }


def _said(
    folder: Path, files: Sequence[str], changed: bool, kept: Path | None, lang: str
) -> list[str]:
    head = words.say(f"cli.report.{'done' if changed else 'same'}", lang, year=folder.name)
    rest = [words.say("cli.report.kept", lang, folder=kept)] if kept else []
    return [head, *(f"  {folder / name}" for name in files), *rest]
