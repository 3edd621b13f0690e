"""Files of lists that could not be taken, each with why and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused


class NoListTaken(InputRefused):
    """Every list was refused: all that is wrong is told at once, not file after file.

    Attributes
    ----------
    refused : why, by file
    """

    def __init__(self, refused: Mapping[str, InputRefused]) -> None:
        super().__init__("LINK-036")
        self.refused = refused

    def text(self, lang: str = "en") -> str:
        """The refusals, a file a paragraph."""
        return "\n".join([super().text(lang), *refused_lines(told_refused(self.refused, lang))])

    def details(self, lang: str = "en") -> dict[str, Any]:  # Any: JSON
        """``refused``, as a linkage tells it of which some lists were refused."""
        return {"refused": told_refused(self.refused, lang)}


def told_refused(refused: Mapping[str, InputRefused], lang: str) -> list[dict[str, str]]:
    """`file`, `code`, `text`, `mend` of each."""
    return [
        {"file": name, "code": why.code, "text": _naming(name, why.text(lang))}
        | {"mend": why.mend(lang)}
        for name, why in refused.items()
    ]


def refused_lines(told: list[dict[str, str]]) -> list[str]:
    """Two lines a file, for a terminal."""
    return [f"✕ {each['text']} ({each['code']})\n    {each['mend']}" for each in told]


def _naming(file: str, text: str) -> str:
    """The sentence with its file before it, where it does not name it itself."""
    return text if Path(file).name in text else f"{file}: {text}"
