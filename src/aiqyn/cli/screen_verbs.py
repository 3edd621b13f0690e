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
    bias: Annotated[
        Path | None,
        typer.Option(help="Many decided forms, a row a form: compare how groups are referred."),
    ] = None,
    groups: Annotated[
        str, typer.Option(help="With --bias: columns to compare by, with commas.")
    ] = "sex,age_group,citizenship",
    decision: Annotated[
        str, typer.Option(help="With --bias: column of the trained person's decision.")
    ] = "decision",
    least: Annotated[
        int, typer.Option(min=1, help="With --bias: shares of fewer persons are not shown.")
    ] = 20,
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
    if sum(one is not None for one in (filled, form, bias)) != 1:
        raise UsageRefused("SIG-205")
    if bias is not None:
        asked = [name.strip() for name in groups.split(",") if name.strip()]
        _compare(bias, indicators_of, indicators, asked, decision, least, lang, as_json)
    elif form is not None:
        _write(form, indicators_of, indicators, lang, as_json)
    elif filled is not None:
        shares = (sensitivity, specificity, prevalence)
        _count(filled, indicators_of, indicators, shares, lang, as_json)


def _count(
    filled: Path,
    list_name: str | None,
    indicators: Path | None,
    shares: tuple[float | None, float | None, float | None],
    lang: Lang,
    as_json: bool,
) -> None:
    from aiqyn.cli.screen import print_screening, screen_form

    answer = screen_form(filled, list_name, indicators=indicators, shares=shares, lang=lang)
    print_json(answer) if as_json else print_screening(answer, lang)


def _write(
    form: Path, list_name: str | None, indicators: Path | None, lang: Lang, as_json: bool
) -> None:
    from aiqyn.cli.screen import print_lines
    from aiqyn.cli.screen_form import write_empty_form

    answer = write_empty_form(form, list_name, indicators=indicators, lang=lang)
    print_json(answer) if as_json else print_lines(answer)


def _compare(
    forms: Path,
    list_name: str | None,
    indicators: Path | None,
    groups: list[str],
    decision: str,
    least: int,
    lang: Lang,
    as_json: bool,
) -> None:
    from aiqyn.cli.screen import print_lines
    from aiqyn.cli.screen_bias import bias_of_forms

    answer = bias_of_forms(
        forms,
        list_name,
        groups=groups,
        decision=decision,
        least=least,
        indicators=indicators,
        lang=lang,
    )
    print_json(answer) if as_json else print_lines(answer)
