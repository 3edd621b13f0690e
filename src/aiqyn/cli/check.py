"""``aiqyn check FILES…``: which rows are accepted, which refused, and how to mend each."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from aiqyn.intake import Intake, Mapping


def check_files(
    paths: Sequence[str | Path],
    mapping: str | None = None,
    lang: str = "en",
    today: date | None = None,
    errors: str | Path | None = None,
) -> dict[str, Any]:
    """The answer of ``aiqyn check --json``.

    Parameters
    ----------
    mapping : name or file; None: chosen for each file by its headings
    today : no date may lie after it
    errors : where to write the agency's error workbook; nothing is written without it

    Returns
    -------
    ``{"files": [{"file", "mapping", "rows", "accepted", "refused", "state", "cautions"}],
    "refusals": [{"file", "sheet", "row", "column", "code", "message", "mend", "what"}],
    "errors": path or None}``. The files sent are only read.

    Raises
    ------
    InputRefused INTAKE-090 … -094 when the mapping itself is wrong.
    """
    from aiqyn.intake import load_mapping

    chosen = load_mapping(mapping) if mapping else None
    day = today or date.today()
    read = [_one(Path(path), chosen, day) for path in paths]
    names = list(_names(paths))
    if errors is not None and any(intake.refusals for intake in read):
        from aiqyn.intake import write_error_workbook

        write_error_workbook(read, errors, lang)
    else:
        errors = None
    return {
        "files": [_file(intake, name, lang) for intake, name in zip(read, names, strict=True)],
        "refusals": [
            entry
            for intake, name in zip(read, names, strict=True)
            for entry in _refusals(intake, name, lang)
        ],
        "errors": None if errors is None else str(errors),
    }


def print_check(answer: dict[str, Any], lang: str = "en", console: Console | None = None) -> None:
    """Print the answer for a person: a table of files, the first refusals, what was changed."""
    from rich.console import Console

    from aiqyn.cli.check_view import WIDTH, view

    console = console or Console(width=WIDTH, highlight=False, soft_wrap=True)
    for line in view(answer, lang):
        console.print(line)


def _one(path: Path, mapping: Mapping | None, day: date) -> Intake:
    from aiqyn.intake import read
    from aiqyn.intake.reading import failed

    try:
        return read(path, mapping, today=day)
    except Exception:
        # Our own fault. The other files are still checked; AIQYN_DEBUG=1 shows the fault itself.
        if os.environ.get("AIQYN_DEBUG"):
            raise
        return failed(path.name, day)


def _names(paths: Sequence[str | Path]) -> Iterator[str]:
    """File names; the whole path only where two files have one name."""
    often = Counter(Path(path).name for path in paths)
    for path in paths:
        name = Path(path).name or str(path)  # "." has no name
        yield name if often[Path(path).name] == 1 else str(path)


def _file(intake: Intake, name: str, lang: str) -> dict[str, Any]:
    return {
        "file": name,
        "mapping": intake.mapping,
        "rows": intake.rows,
        "accepted": intake.accepted,
        "refused": intake.refused,
        "state": "unread" if not intake.readable else "mend" if intake.refusals else "done",
        "cautions": [
            {
                "sheet": c.sheet,
                "code": c.code,
                "count": c.count,
                "reason": c.slots.get("reason"),
                "message": c.text(lang),
            }
            for c in intake.cautions
        ],
    }


def _refusals(intake: Intake, name: str, lang: str) -> Iterator[dict[str, Any]]:
    for refusal in intake.refusals:
        yield {
            "file": name,
            "sheet": refusal.sheet,
            "row": refusal.row,
            "column": refusal.column,
            "code": refusal.code,
            "message": refusal.message(lang),
            "mend": refusal.mend(lang),
            "what": refusal.what(lang),
        }
