"""``aiqyn signal``: the signals of an observatory, and what became of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json

signal_app = typer.Typer(help="Signals and what became of them.", no_args_is_help=True)

Where = Annotated[Path, typer.Argument(help="The observatory's folder.", metavar="DIR")]


def register(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(signal_app, name="signal", short_help="signals, and what became of them")


@signal_app.command("list", short_help="every signal and where it stands")
def signal_list(folder: Where, lang: Language = Lang.en, as_json: Json = False) -> None:
    """List every signal that was seen, where it stands, and how often signals were true."""
    from aiqyn.cli.signal import list_signals, print_signals

    answer = list_signals(folder, lang)
    print_json(answer) if as_json else print_signals(answer, lang)


@signal_app.command("mark", short_help="move a signal on, or open it again")
def signal_mark(
    folder: Where,
    id_: Annotated[str, typer.Argument(metavar="ID", help="Number of the signal.")],
    state: Annotated[str, typer.Option(help="reviewed, acted or closed.")],
    outcome: Annotated[
        str | None, typer.Option(help="With closed: true, false or unclear.")
    ] = None,
    note: Annotated[str, typer.Option(help="For those inside; never a name of a person.")] = "",
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Say what became of a signal; each step is an act in the audit chain."""
    from aiqyn.cli.signal import mark_signal, print_marked

    now = datetime.now(UTC).isoformat(timespec="seconds")
    answer = mark_signal(folder, id_, state=state, outcome=outcome, note=note, when=now)
    print_json(answer) if as_json else print_marked(answer, lang)
