"""``aiqyn where``: areas and target groups by the expected number of people harmed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command(short_help="where prevention would meet most people")(where)


def where(
    folder: Annotated[
        Path, typer.Argument(help="An observatory, or a folder with measured.csv.")
    ] = Path(),
    sheets: Annotated[
        Path | None, typer.Option(help="Write a page for each area here, in three languages.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed; recorded in the answer.")] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Say where prevention would meet most people, with places that are intervals."""
    from aiqyn.cli.where import print_where, where_of_folder

    answer = where_of_folder(folder, sheets=sheets, seed=seed, lang=lang)
    print_json(answer) if as_json else print_where(answer, lang)
