"""``aiqyn screen``: which signs a form shows, and whether to refer to a trained person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json

Share = Annotated[float | None, typer.Option(help="Of the form in this use, 0 to 1.")]


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command(short_help="signs of trafficking in a filled form")(screen)


def screen(
    form: Annotated[Path, typer.Argument(help="CSV: dimension_no,indicator,answer.")],
    indicators_of: Annotated[
        str, typer.Option("--list", help="adult-labour or child-labour.")
    ] = "adult-labour",
    indicators: Annotated[
        Path | None, typer.Option(help="Your own table of indicators and weights.")
    ] = None,
    sensitivity: Share = None,
    specificity: Share = None,
    prevalence: Annotated[
        float | None, typer.Option(help="Share trafficked among those screened, 0 to 1.")
    ] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Count the signs in each dimension; say whether to refer. Never a finding about a person."""
    from aiqyn.cli.screen import print_screening, screen_form

    answer = screen_form(
        form,
        indicators_of,
        indicators=indicators,
        shares=(sensitivity, specificity, prevalence),
        lang=lang,
    )
    print_json(answer) if as_json else print_screening(answer, lang)
