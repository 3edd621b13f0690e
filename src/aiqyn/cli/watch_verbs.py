"""``aiqyn watch``: what is over its threshold, in a file of series or over a country."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command(short_help="what is over its threshold, period by period")(watch)


def watch(
    source: Annotated[
        Path | None,
        typer.Argument(
            help="CSV of series: t,year,period[,date], and a column a unit. Or an observatory."
        ),
    ] = None,
    method: Annotated[
        str,
        typer.Option(help="farrington, ears-c1, ears-c2, ears-c3, glr-pois, glr-nb or cusum."),
    ] = "farrington",
    config: Annotated[
        Path | None, typer.Option(help="JSON of settings, with the names that R surveillance has.")
    ] = None,
    b: Annotated[int | None, typer.Option("--b", help="Years back (farrington).")] = None,
    alpha: Annotated[
        float | None, typer.Option(help="Level of the threshold; before `alpha` of --config.")
    ] = None,
    periods: Annotated[
        str | None, typer.Option("--range", help="Periods to judge, A:B, from 1, both included.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day whose knowledge is taken (DIR, --records)."),
    ] = None,
    records: Annotated[
        Path | None, typer.Option(help="CSV of records: which combinations are new or rising.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Column of dates (--records).")] = None,
    attributes: Annotated[
        str | None, typer.Option(help="Columns to combine, with commas between (--records).")
    ] = None,
    detection_changes: Annotated[
        Path | None,
        typer.Option(
            help="CSV: new lists, campaigns, inspections that a rise follows (--records)."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed; recorded (--records).")] = 1,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Judge each period of each unit against its past: threshold and alarm."""
    if source is None or records is not None:
        combine(
            source,
            records,
            date,
            attributes,
            as_of,
            detection_changes,
            seed,
            lang,
            as_json=as_json,
        )
        return
    if source.is_dir():
        from aiqyn.cli.watch_country import print_country, watch_observatory

        seen = watch_observatory(source, as_of=as_of.date() if as_of else None, lang=lang)
        print_json(seen) if as_json else print_country(seen, lang)
        return
    from aiqyn.cli.watch import print_watch, watch_file

    answer = watch_file(
        source, method=method, config=config, b=b, alpha=alpha, periods=periods, lang=lang
    )
    print_json(answer) if as_json else print_watch(answer, lang)


def combine(
    source: Path | None,
    records: Path | None,
    column: str | None,
    attributes: str | None,
    as_of: datetime | None,
    detection_changes: Path | None,
    seed: int,
    lang: str,
    *,
    as_json: bool,
) -> None:
    """``aiqyn watch --records``: which combinations of attributes are new or rising."""
    from aiqyn.cli.watch_records import watch_records
    from aiqyn.cli.watch_records_view import print_records
    from aiqyn.errors import UsageRefused

    if records is None or source is not None or not column or not attributes:
        raise UsageRefused("SIG-081")
    answer = watch_records(
        records,
        column=column,
        attributes=[name.strip() for name in attributes.split(",") if name.strip()],
        as_of=as_of.date() if as_of else None,
        today=datetime.now().astimezone().date(),
        detection_changes=detection_changes,
        seed=seed,
        lang=lang,
    )
    print_json(answer) if as_json else print_records(answer, lang)
