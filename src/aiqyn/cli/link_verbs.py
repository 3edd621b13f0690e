"""``aiqyn link``: files to persons; its audit, its review, and why two records are one person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.first_argument import FilesOrVerb
from aiqyn.cli.options import Json, Lang, Language, print_json

link_app = typer.Typer(
    cls=FilesOrVerb,
    help="Link lists to persons: link FILE… --out DIR. Or: link audit, review, explain.",
    no_args_is_help=True,
)

LinkageDir = Annotated[Path, typer.Argument(help="Folder that link wrote.", metavar="DIR")]
Seed = Annotated[int | None, typer.Option(help="Seed; recorded in the answer.")]


@link_app.command("files", hidden=True)
def link_files(
    files: Annotated[
        list[Path], typer.Argument(help="One file a list: CSV, Excel, Parquet; or a folder a list.")
    ],
    out: Annotated[Path, typer.Option(help="Folder to write.")],
    mapping: Annotated[
        list[str] | None,
        typer.Option(help="Mapping that reads the lists: NAME or FILE; LIST=NAME for one list."),
    ] = None,
    model: Annotated[
        Path | None, typer.Option(help="model.json of an earlier linkage: nothing is learnt.")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(help="TOML: blocking, comparisons, thresholds of your own.")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(help="Earlier linkage: its persons stand, new records join.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(help="decisions.csv of a review: its pairs are settled.")
    ] = None,
    engine: Annotated[str, typer.Option(help="duckdb, or spark for what one machine cannot.")] = (
        "duckdb"
    ),
    seed: Seed = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Link lists: which records are one person, for estimates and, more strictly, for a case."""
    from aiqyn.cli.link import link_lists, print_link

    answer = link_lists(
        files,
        out=out,
        mappings=mapping or (),
        model=model,
        plan=plan,
        previous=previous,
        decisions=decisions,
        engine=engine,
        seed=seed,
        lang=lang,
        progress=not as_json,
    )
    print_json(answer) if as_json else print_link(answer, lang)
    raise typer.Exit(3 if answer["refused"] else 0)


@link_app.command("audit", short_help="draw persons to search by hand; read the answers back")
def link_audit(
    folder: LinkageDir,
    sample: Annotated[int | None, typer.Option(help="Persons to draw.")] = None,
    answers: Annotated[Path | None, typer.Option(help="The file, filled by hand.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write the file (DIR/audit.csv).")
    ] = None,
    seed: Seed = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Draw persons to be searched by hand (--sample), or read what was found (--answers)."""
    from aiqyn.cli.link_audit import audit_answers, draw_audit_file

    if (sample is None) == (answers is None):
        raise typer.BadParameter("--sample N / --answers FILE")
    if answers is not None:
        told = audit_answers(folder, answers, lang=lang)
    else:
        told = draw_audit_file(folder, sample or 0, seed=seed, out=out, lang=lang)
    print_json(told) if as_json else typer.echo(told["text"])


@link_app.command("review", short_help="pairs in doubt for two readers; their decisions back")
def link_review(
    folder: LinkageDir,
    pairs: Annotated[int | None, typer.Option(help="Pairs to draw.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the readers' files (DIR)")] = None,
    read: Annotated[
        list[Path] | None,
        typer.Option(help="A reader's filled file; given twice, and a third time for the third."),
    ] = None,
    seed: Seed = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Write the queue of pairs in doubt (--pairs), or read what the readers decided (--read)."""
    from aiqyn.cli.link_review import read_reviews, write_queue

    if (pairs is None) == (not read) or (read and len(read) not in (2, 3)):
        raise typer.BadParameter("--pairs N / --read FILE --read FILE")
    if read:
        told = read_reviews(folder, read, out=out, lang=lang)
    else:
        told = write_queue(folder, pairs or 0, out=out, seed=seed, lang=lang)
    print_json(told) if as_json else typer.echo(told["text"])


@link_app.command("explain", short_help="why two records are one person, or are not")
def link_explain(
    folder: LinkageDir,
    one: Annotated[str, typer.Argument(help="list:record_id")],
    other: Annotated[str, typer.Argument(help="list:record_id")],
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Say which comparisons speak for one person, and which against; levels, never values."""
    from aiqyn.cli.link import explain_pair

    told = explain_pair(folder, one, other, lang=lang)
    print_json(told) if as_json else typer.echo(told["text"])


@link_app.command("hand-over", short_help="what an observatory may have of a linkage: numbers")
def link_hand_over(
    folder: LinkageDir,
    to: Annotated[Path, typer.Option(help="Folder of the observatory, such as samal/linkage.")],
    answers: Annotated[
        Path | None, typer.Option(help="Answered file of the audit: its counts go along.")
    ] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Write who is who by number, and what the audit found in counts; no name is in either."""
    from aiqyn.cli.link_hand_over import handed_over

    told = handed_over(folder, to, answers, lang=lang)
    print_json(told) if as_json else typer.echo(told["text"])
