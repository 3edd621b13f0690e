"""``aiqyn screen --form``: an empty form to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiqyn import words

ADULTS = "adult-labour"


def write_empty_form(
    file: Path, list_name: str | None, *, indicators: Path | None = None, lang: str = "en"
) -> dict[str, Any]:  # Any: JSON
    """Write a form to be filled in, the answer of ``aiqyn screen --form``.

    Raises
    ------
    UsageRefused: the file is there already (SIG-216), and of `read_indicators`.
    """
    from aiqyn.errors import UsageRefused
    from aiqyn.signals.screening import read_indicators, write_form

    if file.exists():
        raise UsageRefused("SIG-216", file=file.name)
    listed = read_indicators(list_name or ADULTS, indicators)
    write_form(file, listed, lang)
    n = words.number(len(listed.indicators), lang)
    return {
        "file": str(file),
        "list": listed.name,
        "questions": len(listed.indicators),
        "text": [words.say("screening.form.written", lang, file=file.name, n=n)],
    }
