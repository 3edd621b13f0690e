"""``aiqyn watch SERIES.csv``: thresholds and alarms of a file of series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.signals.series.judged import Floats


def watch_file(
    file: Path,
    *,
    method: str,
    config: Path | None = None,
    b: int | None = None,
    alpha: float | None = None,
    periods: str | None = None,
    today: date | None = None,
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn watch SERIES.csv --json``.

    Raises
    ------
    InputRefused, UsageRefused, AnswerRefused (SIG-001 … SIG-018).
    """
    from aiqyn.signals.series.series_file import read_series
    from aiqyn.signals.series.settings import read_config
    from aiqyn.signals.series.watching import watch_series

    given = {"b": b if method == "farrington" else None, "alpha": alpha}
    settings = read_config(config) | {k: v for k, v in given.items() if v is not None}
    table = read_series(file, settings.get("freq"), today or date.today())
    judged = watch_series(table, method, settings, periods)
    return {
        "units": list(table.units),
        "method": method,
        "periods": (judged.rows + 1).tolist(),
        "upperbound": _with_null(judged.upperbound),
        "alarm": [[None if x is None else int(x) for x in row] for row in _with_null(judged.alarm)],
        "cautions": [
            {"code": c.code, "text": words.say(c.code, lang, **c.slots)} for c in judged.cautions
        ],
    }


def print_watch(answer: Mapping[str, Any], lang: str = "en") -> None:
    """The alarms, the latest last, and the cautions."""
    from rich.console import Console

    shown = [
        words.say(
            "watch.alarm",
            lang,
            unit=unit,
            period=period,
            threshold="—" if top is None else words.number(top, lang, decimals=1),
        )
        for period, tops, alarms in zip(
            answer["periods"], answer["upperbound"], answer["alarm"], strict=True
        )
        for unit, top, alarm in zip(answer["units"], tops, alarms, strict=True)
        if alarm
    ]
    judged = sum(alarm is not None for row in answer["alarm"] for alarm in row)
    total = words.say(
        "watch.total",
        lang,
        alarms=words.number(len(shown), lang),
        judged=words.number(judged, lang),
    )
    lines = [*shown, total, *(f"! {c['text']} ({c['code']})" for c in answer["cautions"])]
    Console(highlight=False, soft_wrap=True).print("\n".join(lines), markup=False)


def _with_null(table: Floats) -> list[list[float | None]]:
    """Rows of a table; what is not finite is null."""
    from math import isfinite

    return [[x if isfinite(x) else None for x in row] for row in table.tolist()]
