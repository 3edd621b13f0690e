"""Changes in detection beside a file of records, and the signals whose rise follows one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    import polars as pl

NAMED = "detection_changes.csv"
Changes = Sequence[Mapping[str, str]]


def changes_for(records: Path, given: Path | None) -> Changes:
    """The rows of the file that was given, or of the observatory that the records lie in.

    Raises
    ------
    InputRefused SIG-077 when there is no such file; OBS-018, OBS-019, OBS-047.
    """
    from aiqyn.errors import InputRefused
    from aiqyn.observatory.reference_files import detection_changes_of

    file = given or _of_the_observatory(records)
    if file is None:
        return ()
    if not file.is_file():
        raise InputRefused("SIG-077", file=file.name)
    return detection_changes_of(file)


def _of_the_observatory(records: Path) -> Path | None:
    """Its reference file; None where the records lie in none, or it has no such file."""
    for folder in records.resolve().parents:
        if (folder / "observatory.toml").is_file():
            file = folder / "reference" / NAMED
            return file if file.is_file() else None
    return None


def explained(
    mine: pl.DataFrame, changes: Changes, since: date, until: date, day: str, lang: str
) -> list[dict[str, Any]]:  # Any: JSON
    """The changes that a rise follows, with how many of its records each can have brought.

    Parameters
    ----------
    mine : records of the signal in its window; `day` is their column of dates
    """
    from aiqyn.signals.detection_changes import changes_behind

    return [
        {
            "kind": "detection",
            "code": change["code"],
            "since": start.isoformat(),
            "n": n,
            "of": mine.height,
            "text": words.say(
                "signals.explain.detection",
                lang,
                since=words.long_date(start, lang),
                label=change[f"text_{lang}"],
                n=words.number(n, lang),
                of=words.number(mine.height, lang),
            ),
        }
        for change, start, n in changes_behind(mine, changes, since, until, day)
    ]
