"""`aiqyn open-data`: publish what is not yet published, write the folder, say what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiqyn import words


def open_data_of(
    folder: Path, *, year: int | None, out: Path, languages: Sequence[str]
) -> dict[str, Any]:
    """Write the open-data folder; progress on stderr, the files as the answer."""
    from aiqyn.cli.progress import Progress
    from aiqyn.observatory import STAGES, Observatory, asked_for, write_open_data

    observatory = Observatory.open(folder)
    _, wanted = asked_for(observatory, year, languages)
    lang = languages[0] if languages and languages[0] in words.LANGUAGES else "en"
    with Progress(observatory, [*(stage.name for stage in STAGES), "report"], lang) as progress:
        made = write_open_data(observatory, wanted, out, languages, tell=progress.tell)
    counts = {"cells": made.cells, "hidden": made.hidden}
    told = {name: words.number(n, lang) for name, n in counts.items()}
    return {
        "folder": str(made.folder),
        "year": wanted,
        "files": list(made.files),
        **counts,
        "estimated": made.estimated,
        "attack": {"recoverable": made.recoverable},
        "text": [
            words.say("open_data.done", lang, year=wanted, folder=made.folder),
            words.say("open_data.done.cells", lang, **told),
        ],
    }
