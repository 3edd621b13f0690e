"""``aiqyn nowcast``: how many of the last days' events are still to be reported."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command(short_help="the last 30 days, with the reports still to come")(nowcast)


def nowcast(
    line_list: Annotated[Path, typer.Argument(help="CSV, a row an event.")],
    event: Annotated[str, typer.Option(help="Column of the day of the event.")],
    report: Annotated[str, typer.Option(help="Column of the day it was reported.")],
    now: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Day up to which reports are known.")
    ],
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draws.")] = 1,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Estimate each of the last 30 days' events, those not yet reported included."""
    from aiqyn.cli.nowcast import nowcast_file, print_nowcast, tell_cautions

    days, cautions = nowcast_file(line_list, event=event, report=report, now=now.date(), seed=seed)
    print_json(days) if as_json else print_nowcast(days, lang)
    tell_cautions(cautions, lang)
