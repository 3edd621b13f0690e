"""``aiqyn screen``: which signs a form shows, and whether to refer to a trained person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json
from aiqyn.errors import UsageRefused

Share = Annotated[float | None, typer.Option(help="Of the form in this use, 0 to 1.")]


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command(short_help="signs of trafficking in a filled form")(screen)


def screen(
    filled: Annotated[
        Path | None,
        typer.Argument(
            metavar="FORM",
            help="A filled form: the workbook, or CSV dimension_no,indicator,answer.",
        ),
    ] = None,
    form: Annotated[
        Path | None, typer.Option(help="Write an empty form, a workbook, to this file.")
    ] = None,
    indicators_of: Annotated[
        str | None, typer.Option("--list", help="adult-labour (default) or child-labour.")
    ] = None,
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
    from aiqyn.cli.screen import print_lines, print_screening, screen_form, write_empty_form

    if (filled is None) == (form is None):
        raise UsageRefused("SIG-205")
    if form is not None:
        written = write_empty_form(form, indicators_of, indicators=indicators, lang=lang)
        print_json(written) if as_json else print_lines(written["text"])
        return
    assert filled is not None
    answer = screen_form(
        filled,
        indicators_of,
        indicators=indicators,
        shares=(sensitivity, specificity, prevalence),
        lang=lang,
    )
    print_json(answer) if as_json else print_screening(answer, lang)
