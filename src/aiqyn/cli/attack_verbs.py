"""``aiqyn attack`` and ``aiqyn protect``: what a reader can work out, and what prevents it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json

Threshold = Annotated[int, typer.Option(help="Counts below this are small.")]
Dims = Annotated[
    str | None,
    typer.Option(help="Columns that are dimensions, joined by commas; found if left out."),
]
Value = Annotated[str | None, typer.Option(help="Column of counts; found if left out.")]


def register(app: typer.Typer) -> None:
    """Put both verbs on the command line."""
    app.command(short_help="which hidden cells of published tables can be worked out")(attack)
    app.command(short_help="hide what must be hidden in a table of counts")(protect)


def attack(
    files: Annotated[list[Path], typer.Argument(help="Published tables, CSV; attacked jointly.")],
    threshold: Threshold = 5,
    dims: Dims = None,
    value: Value = None,
    zeros_shown: Annotated[
        bool, typer.Option("--zeros-shown", help="The tables print zeros as 0: <5 is 1 to 4.")
    ] = False,
    absent_zero: Annotated[
        bool, typer.Option("--absent-zero", help="A row that is not in the file is a 0.")
    ] = False,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Find every hidden cell that the tables give away, and the equation that opens it."""
    from aiqyn.cli.attack import attack_files, print_attack

    found = attack_files(
        files,
        threshold=threshold,
        dims=_names(dims),
        value=value,
        zeros_shown=zeros_shown,
        absent_zero=absent_zero,
    )
    print_json(found.to_json(lang)) if as_json else print_attack(found, lang)
    raise typer.Exit(4 if found.recoverable else 0)


def protect(
    table: Annotated[
        Path, typer.Argument(help="CSV: true counts with totals, or payments, or records.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="File to write; nothing is written without.")
    ] = None,
    threshold: Threshold = 5,
    dims: Dims = None,
    value: Value = None,
    method: Annotated[
        str,
        typer.Option(
            help="Of a table of counts: suppress, rounding (to --base) or cell-key (noise by "
            "--key-file). Of a file of payments: money. Of a file of records: records."
        ),
    ] = "suppress",
    base: Annotated[int, typer.Option(min=2, help="Base of rounding, persons.")] = 5,
    key_file: Annotated[
        Path | None, typer.Option(help="File of at least 16 secret bytes for cell-key.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Of suppress: aiqyn, or argus (tau-ARGUS proposes, aiqyn checks).")
    ] = "aiqyn",
    holder: Annotated[
        str | None, typer.Option(help="Column that says whose a payment is; else each row is one.")
    ] = None,
    rule: Annotated[str, typer.Option(help="Of money: p-percent or dominance.")] = "p-percent",
    p: Annotated[
        float, typer.Option(min=0, help="Nobody may come within so many % of the largest payment.")
    ] = 10.0,
    n: Annotated[int, typer.Option(min=1, help="Of dominance: so many contributors …")] = 1,
    k: Annotated[
        float, typer.Option(min=1, max=99, help="… may not make up more than so many %.")
    ] = 75.0,
    agree: Annotated[
        int, typer.Option(min=1, help="Of records: rows that must agree on the columns of --dims.")
    ] = 5,
    ways: Annotated[
        int | None, typer.Option(min=1, help="Columns somebody may know together; all if left out.")
    ] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Hide small counts, and as few others as it takes that none can be worked out."""
    from aiqyn.cli.protect import Asked, print_protected, protect_file

    asked = Asked(threshold, method, base, key_file, engine, holder, rule, p, n, k, agree, ways)
    done = protect_file(table, asked, out=out, dims=_names(dims), value=value)
    print_json(done.to_json()) if as_json else print_protected(done, out, lang)


def _names(joined: str | None) -> list[str] | None:
    return [name.strip() for name in joined.split(",")] if joined else None
