"""How a refusal ends a command: its sentences in the reader's language, and as JSON."""

from __future__ import annotations

import json
import sys
from os import environ

import typer

from aiqyn import words
from aiqyn.errors import AiqynError


def tell_refusal(refusal: AiqynError) -> None:
    """What, where, how to mend: on stderr, and as JSON where that was asked for."""
    lang = _asked_language()
    print_refusal(refusal)
    typer.secho(f"✕ {refusal.code}  {refusal.text(lang)}", fg="red", bold=True, err=True)
    typer.echo(f"    {refusal.mend(lang)}", err=True)


def print_refusal(refusal: AiqynError) -> None:
    """The refusal on stdout, where JSON was asked for."""
    if "--json" not in sys.argv:
        return
    lang = _asked_language()
    problem = {"code": refusal.code, "message": refusal.text(lang), "mend": refusal.mend(lang)}
    problem |= refusal.details(lang)
    typer.echo(json.dumps({"error": problem}, ensure_ascii=False, indent=2))


def _asked_language() -> str:
    """The language of a refusal that ends the command: --lang, AIQYN_LANG, else English."""
    asked = environ.get("AIQYN_LANG", "en")
    for word, after in zip(sys.argv, [*sys.argv[1:], ""], strict=True):
        asked = after if word == "--lang" else asked
        asked = word.removeprefix("--lang=") if word.startswith("--lang=") else asked
    first = asked.split(",")[0]
    return first if first in words.LANGUAGES else "en"
