"""Measured trafficking: victims recorded by area and period, residents, the share detected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake.open_file import open_file
from aiqyn.prevention.factors.reading import PERIOD, Row, heads_and_rows

MEASURED = {
    "area": pl.String,
    "period": pl.String,
    "persons": pl.Float64,
    "population": pl.Float64,
    "detection": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}
SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "area": ("area", "region", "country", "Аймақ", "Регион"),
    "period": ("period", "year", "Кезең", "Период"),
    "persons": ("persons", "n", "victims", "detected", "Адам саны", "Выявлено"),
    "population": ("population", "residents", "Халық саны", "Население"),
    "detection": ("detection", "share_detected", "Анықталу үлесі", "Доля выявленных"),
    "low": ("detection_low", "low", "lo95"),
    "high": ("detection_high", "high", "hi95"),
}
NAMES = ("measured", "detection")
KEYS = ("area", "period")
Take = Callable[[str], float]


def read_measured(path: Path) -> pl.DataFrame:
    """The counts; columns of `MEASURED`, what the file does not tell is null.

    Raises
    ------
    InputRefused PREV-047 for a missing column; PREV-048, -055, -056, -057 for a row.
    """
    rows = _read(path, ("area", "period", "persons"), KEYS)
    return pl.DataFrame(rows, schema=MEASURED, orient="row").sort("area", "period")


def read_detection(path: Path) -> pl.DataFrame:
    """The share detected; an empty area or period means all of them."""
    rows = _read(path, ("detection", "low", "high"), ())
    schema = {
        name: kind for name, kind in MEASURED.items() if name not in ("persons", "population")
    }
    return pl.DataFrame(rows, schema=MEASURED, orient="row").select(list(schema))


def with_detection(measured: pl.DataFrame, detection: pl.DataFrame) -> pl.DataFrame:
    """The counts with the share detected: of the area and period, else of the area, else of all."""
    found = measured
    for keys in (list(KEYS), ["area"], ["period"], []):
        others = [k for k in KEYS if k not in keys]
        part = detection.filter(
            *(pl.col(k).is_not_null() for k in keys), *(pl.col(k).is_null() for k in others)
        ).drop(others)
        if not part.height:
            continue
        joined = (
            found.join(part, on=keys, how="left", suffix="_of")
            if keys
            else found.join(part, how="cross", suffix="_of")
        )
        found = joined.select(
            *("area", "period", "persons", "population"),
            *(pl.coalesce(c, f"{c}_of").alias(c) for c in ("detection", "low", "high")),
        )
    return found


def _read(
    path: Path, wanted: tuple[str, ...], keys: tuple[str, ...]
) -> list[tuple[str | float | None, ...]]:
    there, rows = heads_and_rows(open_file(path)[0])
    heads = {name: _heading(name, there) for name in MEASURED}
    for name in wanted:
        if heads[name] is None:
            raise InputRefused("PREV-047", file=path.name, column=name, known=", ".join(there))
    seen: dict[tuple[str, str], int] = {}
    return [_row(path.name, number, row, heads, keys, seen) for number, row in rows.items()]


def _row(
    file: str,
    number: int,
    row: Row,
    heads: Mapping[str, str | None],
    keys: tuple[str, ...],
    seen: dict[tuple[str, str], int],
) -> tuple[str | float | None, ...]:
    area, period = (row[heads[k] or ""] if heads[k] else "" for k in KEYS)
    period = period.removesuffix(".0")
    if ("area" in keys and not area) or ((period or "period" in keys) and not PERIOD.match(period)):
        raise InputRefused("PREV-056", file=file, row=number, column=heads["period"] or "–")
    if (area, period) in seen:
        raise InputRefused("PREV-057", file=file, row=number, other=seen[area, period])
    seen[area, period] = number
    told = [_number(file, number, row, heads[name]) for name in list(MEASURED)[2:]]
    _possible(file, number, told)
    return (area or None, period or None, *told)


def _heading(name: str, there: tuple[str, ...]) -> str | None:
    known = {text.strip().casefold(): text for text in there}
    return next((known[s.casefold()] for s in SPELLINGS[name] if s.casefold() in known), None)


def _number(file: str, number: int, row: Row, heading: str | None) -> float | None:
    text = row[heading] if heading else ""
    if text in ("", "NA", "–", "…"):
        return None
    try:
        value = float(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise InputRefused("PREV-055", file=file, row=number, column=heading)
    return value


def _possible(file: str, number: int, told: list[float | None]) -> None:
    """Refuse (PREV-048) a share detected that is none, or limits out of order."""
    _, _, share, low, high = told
    if share is None:
        return
    low, high = share if low is None else low, share if high is None else high
    if not 0 < low <= share <= high <= 1:
        raise InputRefused("PREV-048", file=file, row=number)
