"""``aiqyn audit verify``: whether the chain of what was done is whole."""

from __future__ import annotations

from pathlib import Path

import typer

from aiqyn import words
from aiqyn.cli.options import Folder, Json, Lang, Language, print_json

audit_app = typer.Typer(
    help="Say whether the chain of what was done is whole.", no_args_is_help=True
)


@audit_app.command("verify")
def audit_verify(folder: Folder = Path(), lang: Language = Lang.en, as_json: Json = False) -> None:
    """Say whether the audit chain is whole, or where it was altered."""
    from aiqyn import audit
    from aiqyn.observatory import Observatory

    verdict = audit.verify(Observatory.open(folder).chain)
    if as_json:
        print_json(
            {"entries": verdict.entries, "holds": verdict.holds, "broken_at": verdict.broken_at}
        )
    else:
        key = "cli.audit.holds" if verdict.holds else "cli.audit.broken"
        typer.echo(words.say(key, lang, n=(verdict.broken_at or verdict.entries)))
    raise typer.Exit(0 if verdict.holds else 5)
