"""``aiqyn new``, ``build``, ``profile``, ``report``: the verbs of an observatory's year."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Folder, Json, Lang, Language, print_json


def register(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command(short_help="make an observatory, or the invented country")(new)
    app.command(short_help="run the stages that are stale")(build)
    app.command(short_help="the victims' profile as it may be published")(profile)
    app.command(short_help="write the year's report: web page and PDF")(report)


def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    demo: Annotated[
        bool, typer.Option("--demo", help="Fill it with the invented country.")
    ] = False,
    country: Annotated[str, typer.Option(help="Country code, ISO 3166-1.")] = "KZ",
    persons: Annotated[
        int,
        typer.Option(min=2_000, max=1_000_000, help="Invented persons (with --demo)."),
    ] = 20_000,
    seed: Annotated[int, typer.Option(help="Seed of the invented country.")] = 2025,
    year: Annotated[
        int | None, typer.Option(min=1990, max=2100, help="First year of reports.")
    ] = None,
    if_missing: Annotated[
        bool, typer.Option("--if-missing", help="Leave a folder that is there as it is.")
    ] = False,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Make an observatory: a folder with settings, agencies and blank workbooks, or a demo."""
    from aiqyn.cli.new import new_observatory

    made = new_observatory(
        folder,
        demo=demo,
        country=country,
        persons=persons,
        seed=seed,
        year=year or date.today().year,
        if_missing=if_missing,
        lang=lang,
    )
    print_json(made) if as_json else typer.echo(made["text"])


def build(
    folder: Folder = Path(),
    until: Annotated[str | None, typer.Option(help="Last stage to run.")] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Run the stages that are stale: intake, linkage, profiles, disclosure."""
    from aiqyn.cli.build import build_observatory

    answer = build_observatory(folder, until=until, lang=lang)
    print_json(answer) if as_json else typer.echo("\n".join(answer["text"]))


def profile(
    folder: Folder = Path(),
    table: Annotated[str | None, typer.Option(help="One table; all are listed without it.")] = None,
    year: Annotated[int | None, typer.Option(help="One year.")] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Show the victims' profile as it may be published: counts with hidden cells marked."""
    from aiqyn.cli.profile import print_profile, profile_tables

    answer = profile_tables(folder, table=table, year=year)
    print_json(answer) if as_json else print_profile(answer, folder, lang)


def report(
    folder: Folder = Path(),
    year: Annotated[int | None, typer.Option(help="Year of the report.")] = None,
    langs: Annotated[str, typer.Option("--lang", help="Languages, joined by commas.")] = "",
    as_json: Json = False,
) -> None:
    """Build what is stale and write the report: web page and PDF in each language."""
    from aiqyn.cli.report import write_report

    answer = write_report(folder, year=year, languages=[x for x in langs.split(",") if x])
    print_json(answer) if as_json else typer.echo("\n".join(answer["text"]))
