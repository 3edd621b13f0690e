"""``aiqyn open-data``: what was published of a year as a data package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Folder, Json, print_json


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("open-data", short_help="write the year's open data: a data package")(open_data)


def open_data(
    out: Annotated[Path, typer.Option(help="Folder to write.")],
    folder: Folder = Path(),
    year: Annotated[int | None, typer.Option(help="Year of the report.")] = None,
    langs: Annotated[str, typer.Option("--lang", help="Languages, joined by commas.")] = "",
    as_json: Json = False,
) -> None:
    """Write the year's open data as a data package: cleared tables, codebook, SDMX, hashes."""
    from aiqyn.cli.open_data import open_data_of

    asked = [x for x in langs.split(",") if x]
    answer = open_data_of(folder, year=year, out=out, languages=asked)
    print_json(answer) if as_json else typer.echo("\n".join(answer["text"]))
