"""``aiqyn synthesise``: a file in which nobody is anybody, where such a file can be true enough."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command(short_help="differentially private synthetic data, or why none")(synthesise)


def synthesise(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet: a person a row, a code a cell.")],
    epsilon: Annotated[float, typer.Option(help="What the release may cost.")],
    out: Annotated[Path, typer.Option(help="File to write, CSV or Parquet.")],
    delta: Annotated[float | None, typer.Option(help="Chance that epsilon fails (1e-6).")] = None,
    domain: Annotated[
        Path | None, typer.Option(help="JSON {column: [codes]}; else the shipped code lists.")
    ] = None,
    dataset: Annotated[
        str | None, typer.Option(help="Whom the budget belongs to (the file's name).")
    ] = None,
    release: Annotated[
        str | None, typer.Option(help="Name of the release (name of --out); drawn once.")
    ] = None,
    ledger: Annotated[
        Path | None, typer.Option(help="Budget ledger (the observatory's, or beside --out).")
    ] = None,
    budget: Annotated[
        float | None, typer.Option(help="Epsilon of all releases of the data set together.")
    ] = None,
    exact_tables_exist: Annotated[
        bool, typer.Option("--exact-tables-exist", help="Exact tables of the same persons are out.")
    ] = False,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Write a differentially private synthetic file and its noisy tables, or say why not."""
    from aiqyn.cli.synthesise import print_synthesis, synthesise_file

    answer = synthesise_file(
        file,
        out,
        epsilon=epsilon,
        delta=delta,
        domain=domain,
        names=(dataset or file.stem, release or out.name),
        ledger=ledger,
        budget=budget,
        exact_tables=exact_tables_exist,
        today=date.today(),
        lang=lang,
    )
    print_json(answer) if as_json else print_synthesis(answer, lang)
    raise typer.Exit(0 if answer["gate"] == "released" else 4)
