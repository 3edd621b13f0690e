"""What every verb takes, and how each answers as JSON."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Lang(StrEnum):
    """The reader's language."""

    kk = "kk"
    ru = "ru"
    en = "en"


Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON on stdout.")]
Language = Annotated[
    Lang, typer.Option("--lang", envvar="AIQYN_LANG", help="Language of the answer.")
]
Folder = Annotated[Path, typer.Argument(help="The observatory's folder.", show_default="here")]


def print_json(answer: object) -> None:
    """The answer on stdout, letters as they are."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
