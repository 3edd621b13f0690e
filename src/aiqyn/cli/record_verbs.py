"""``aiqyn check``, ``classify``, ``figures``: the verbs of a file, whoever sent it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json


def register(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command(short_help="check files: accepted, refused, how to mend")(check)
    app.command(short_help="trafficking or not under each definition, and why")(classify)
    app.command(short_help="recompute the article's figures")(figures)


def check(
    files: Annotated[list[Path], typer.Argument(help="Files as the agencies sent them.")],
    mapping: Annotated[str | None, typer.Option(help="Name or file of a mapping.")] = None,
    errors: Annotated[
        Path | None, typer.Option(help="Write the error workbook for the agency here.")
    ] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Check files: which rows are accepted, which refused, and how to mend each."""
    from aiqyn.cli.check import check_files, print_check

    answer = check_files(files, mapping=mapping, lang=lang, today=date.today(), errors=errors)
    print_json(answer) if as_json else print_check(answer, lang)
    raise typer.Exit(3 if answer["refusals"] else 0)


def classify(
    file: Annotated[Path, typer.Argument(help="CSV: id, age, acts, means, purposes.")],
    definitions: Annotated[
        str, typer.Option(help="Definitions, joined by commas.")
    ] = "palermo,kz,eu,us",
    on: Annotated[str | None, typer.Option(help="Law as in force on this day, YYYY-MM-DD.")] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Say for each record and definition whether it is trafficking, and why."""
    from aiqyn.cli.classify import classify_file, print_verdicts

    verdicts = classify_file(file, definitions.split(","), lang=lang, on=_day(on))
    print_json(verdicts) if as_json else print_verdicts(verdicts, lang)


def figures(
    file: Annotated[Path, typer.Argument(help="UNODC portal table (GLOTIP), CSV or Excel.")],
    country: Annotated[str | None, typer.Option(help="One country, ISO 3166-1 alpha-3.")] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Recompute the article's figures and say whether they agree, differ or cannot be had."""
    from aiqyn.cli.figures import figures_of_file, print_figures

    answer = figures_of_file(file, country=country, lang=lang)
    print_json(answer) if as_json else print_figures(answer, lang)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD") from None
