"""The verbs, in the order of the data's journey. No arithmetic here; heavy imports inside a verb.

Data on stdout, progress on stderr. Exit codes: 0 done, 1 our fault, 2 usage, 3 input refused,
4 answer refused, 5 not permitted.
"""

from __future__ import annotations

import errno
import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from aiqyn import __version__, words
from aiqyn.cli import (
    attack_verbs,
    evaluate_verbs,
    factors_verbs,
    nowcast_verbs,
    open_data_verbs,
    scan_verbs,
    screen_verbs,
    synthesise_verbs,
    watch_verbs,
)
from aiqyn.cli.link_verbs import link_app
from aiqyn.cli.options import Folder, Json, Lang, Language, print_json
from aiqyn.cli.programme_verbs import programme_app
from aiqyn.errors import AiqynError, UsageRefused

CANNOT_WRITE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)

app = typer.Typer(
    name="aiqyn",
    help="An open national observatory on trafficking in persons.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: no boxes, and half the time to start
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; a refusal ends with its message, how to mend it, and its exit code."""
    try:
        app(prog_name="aiqyn")
    except AiqynError as refusal:
        _tell_refusal(refusal)
        sys.exit(refusal.exit_code)
    except OSError as why:
        if why.errno not in CANNOT_WRITE:
            raise
        closed = UsageRefused("OBS-021", folder=Path(why.filename or ".").parent.name)
        _tell_refusal(closed)
        sys.exit(closed.exit_code)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"aiqyn {__version__}")
        raise typer.Exit


@app.callback()
def first(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Say the version and end."
        ),
    ] = False,
) -> None:
    """An open national observatory on trafficking in persons."""


@app.command(short_help="make an observatory, or the invented country")
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


@app.command(short_help="check files: accepted, refused, how to mend")
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


@app.command(short_help="run the stages that are stale")
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


@app.command(short_help="trafficking or not under each definition, and why")
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


@app.command(short_help="the victims' profile as it may be published")
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


@app.command(short_help="recompute the article's figures")
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


app.add_typer(link_app, name="link", short_help="which records of several lists are one person")


@app.command(short_help="the hidden number, from overlapping lists")
def estimate(
    table: Annotated[Path, typer.Argument(help="CSV: a column a list (0 or 1), and count.")],
    method: Annotated[
        str,
        typer.Option(
            help="stepwise, bic, bic-average, bayes-threshold, decomposable, latent-class, chao, "
            "independence or all; several are joined by commas."
        ),
    ] = "stepwise",
    pthresh: Annotated[float, typer.Option(help="Threshold of the stepwise choice.")] = 0.02,
    order: Annotated[int, typer.Option(help="Highest order of interaction.")] = 2,
    boot: Annotated[int, typer.Option(help="Bootstrap replicates; 0 gives the point.")] = 1000,
    seed: Annotated[int | None, typer.Option(help="Seed; recorded in the answer.")] = None,
    delta: Annotated[float | None, typer.Option(help="Prior of the decomposable graphs.")] = None,
    replicates: Annotated[
        Path | None, typer.Option(help="CSV of replicates to use instead of drawing them.")
    ] = None,
    models: Annotated[
        bool, typer.Option("--models", help="Add whether each model has a maximum.")
    ] = False,
    stability: Annotated[
        bool, typer.Option("--stability", help="Add what it owes to each list and hidden ties.")
    ] = False,
    linkage_audit: Annotated[
        Path | None, typer.Option(help="Answered audit of the linkage: add corrected totals.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Column of groups: estimate each, and their sum.")
    ] = None,
    years: Annotated[
        str | None, typer.Option(help="Column of years: as --by, and crime or detection.")
    ] = None,
    whole: Annotated[
        str, typer.Option(help="What groups add up to: parts (their sum) or table (its estimate).")
    ] = "parts",
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Estimate how many there are in all, with intervals, cautions and the right to refuse."""
    from aiqyn.cli.estimate import estimate_of_file, exit_code, print_estimate

    answer = estimate_of_file(
        table,
        methods=method.split(","),
        pthresh=pthresh,
        order=order,
        boot=boot,
        seed=seed,
        delta=delta,
        replicates=replicates,
        models=models,
        stability=stability,
        linkage_audit=linkage_audit,
        by=by,
        years=years,
        whole=whole,
        lang=lang,
    )
    print_json(answer) if as_json else print_estimate(answer)
    raise typer.Exit(exit_code(answer))


@app.command("simulate-mse", short_help="does the estimate hold where the truth is known")
def simulate(
    source: Annotated[
        str, typer.Argument(help="CSV table, scenario TOML, or a shipped scenario's name.")
    ],
    method: Annotated[str, typer.Option(help="Methods, joined by commas.")] = "stepwise",
    model: Annotated[
        str, typer.Option(help="Truth fitted to a CSV: stepwise, bic or independence.")
    ] = "stepwise",
    tables: Annotated[int, typer.Option(help="Tables to draw.")] = 200,
    boot: Annotated[int, typer.Option(help="Bootstrap replicates for each table.")] = 200,
    pthresh: Annotated[float, typer.Option(help="Threshold of the stepwise choice.")] = 0.02,
    order: Annotated[int, typer.Option(help="Highest order of interaction.")] = 2,
    seed: Annotated[int | None, typer.Option(help="Seed; recorded in the answer.")] = None,
    delta: Annotated[float | None, typer.Option(help="Prior of the decomposable graphs.")] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Draw tables from a population whose size is known: coverage and bias of each method."""
    from aiqyn.cli.simulate_mse import print_simulation, simulate_mse

    answer = simulate_mse(
        source,
        methods=method.split(","),
        model=model,
        tables=tables,
        boot=boot,
        pthresh=pthresh,
        order=order,
        seed=seed,
        delta=delta,
        lang=lang,
        progress=not as_json,
    )
    print_json(answer) if as_json else print_simulation(answer, lang)


watch_verbs.register(app)
scan_verbs.register(app)
nowcast_verbs.register(app)
screen_verbs.register(app)
evaluate_verbs.register(app)
factors_verbs.register(app)
app.add_typer(programme_app, name="programme", short_help="the register of programmes")


attack_verbs.register(app)
synthesise_verbs.register(app)
open_data_verbs.register(app)


@app.command(short_help="write the year's report: web page and PDF")
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


audit_app = typer.Typer(
    help="Say whether the chain of what was done is whole.", no_args_is_help=True
)
app.add_typer(audit_app, name="audit")


@audit_app.command("verify")
def audit_verify(folder: Folder = Path(), lang: Language = Lang.en, as_json: Json = False) -> None:
    """Say whether the audit chain is whole, or where it was altered."""
    from aiqyn import audit
    from aiqyn.observatory import Observatory

    verdict = audit.verify(Observatory.open(folder).chain)
    if as_json:
        print_json(
            {"entries": verdict.entries, "holds": verdict.holds, "broken_at": verdict.broken_at}
        )
    else:
        key = "cli.audit.holds" if verdict.holds else "cli.audit.broken"
        typer.echo(words.say(key, lang, n=(verdict.broken_at or verdict.entries)))
    raise typer.Exit(0 if verdict.holds else 5)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD") from None


def _tell_refusal(refusal: AiqynError) -> None:
    lang = _asked_language()
    if "--json" in sys.argv:
        problem = {"code": refusal.code, "message": refusal.text(lang), "mend": refusal.mend(lang)}
        typer.echo(json.dumps({"error": problem}, ensure_ascii=False, indent=2))
    typer.secho(f"✕ {refusal.code}  {refusal.text(lang)}", fg="red", bold=True, err=True)
    typer.echo(f"    {refusal.mend(lang)}", err=True)


def _asked_language() -> str:
    """The language of a refusal that ends the command: --lang, AIQYN_LANG, else English."""
    from os import environ

    asked = environ.get("AIQYN_LANG", "en")
    for word, after in zip(sys.argv, [*sys.argv[1:], ""], strict=True):
        asked = after if word == "--lang" else asked
        asked = word.removeprefix("--lang=") if word.startswith("--lang=") else asked
    first = asked.split(",")[0]
    return first if first in words.LANGUAGES else "en"
