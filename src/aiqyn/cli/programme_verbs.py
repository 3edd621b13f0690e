"""``aiqyn programme``: the register of prevention programmes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Folder, Json, Lang, Language, print_json

programme_app = typer.Typer(
    help="The register of programmes: programme new, programme check.", no_args_is_help=True
)


@programme_app.command("check")
def check(
    paths: Annotated[
        list[Path], typer.Argument(help="Observatory, folder, TOML or workbook.", metavar="PATH…")
    ],
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Check the register: the programmes that can be read, and each fault with how to mend it."""
    from aiqyn.cli.programme import check_register, print_check

    answer = check_register(paths, lang)
    print_json(answer) if as_json else print_check(answer, lang)
    raise typer.Exit(3 if answer["faults"] else 0)


@programme_app.command("new")
def new(
    folder: Folder,
    code: Annotated[str, typer.Argument(help="Code of the programme: P-04.")] = "P-01",
    workbook: Annotated[
        bool, typer.Option("--workbook", help="An Excel workbook, with what is registered.")
    ] = False,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Write a blank programme into the register, each field with its explanation."""
    from aiqyn.cli.programme import new_programme

    answer = new_programme(folder, code, workbook=workbook, lang=lang)
    print_json(answer) if as_json else typer.echo(answer["text"])
