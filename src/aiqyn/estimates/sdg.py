"""SDG indicator 16.2.2: victims per 100,000 population by sex, age and form of exploitation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aiqyn.errors import InputRefused
from aiqyn.estimates.subgroups.agreement import rounded_to_sum
from aiqyn.estimates.subgroups.answer import Part, Subgroups, limits

if TYPE_CHECKING:
    import polars as pl

ALL, UNKNOWN = "_all", "unknown"
SEXES = ("female", "male", UNKNOWN)
AGES = ("0-17", "18+", UNKNOWN)  # the metadata's children and adults
PER = 100_000  # population
STEP = 10  # persons; estimates are printed to tens
TOLERANCE = 1e-6  # relative; estimates of one table may differ by rounding noise alone
LIMITS = ("value", "low", "high")
COLUMNS = (
    *("series", "sex", "age", "form", "unit", "value", "low", "high"),
    *("per_100k", "per_100k_low", "per_100k_high", "state"),
)

Row = dict[str, Any]  # Any: codes, numbers and null


def sdg_16_2_2(
    detected: pl.DataFrame,
    population: pl.DataFrame,
    estimates: Mapping[str, Subgroups] | None = None,
) -> pl.DataFrame:
    """The table of the indicator: detected victims, and the estimate of those not detected.

    Parameters
    ----------
    detected : persons of one year, columns ``sex``, ``age`` (0-17, 18+), ``form`` (codes of the
        code list's column ``sdg``), ``n``; "unknown" in any of them; each person in one row only
    population : residents of that year, columns ``sex`` (female, male), ``age`` (0-17, 18+),
        ``population``
    estimates : by "sex", "age" or "form" the answer of `by_stratum` for the same persons; several
        of them must add up to one whole, so ask for ``whole="table"``

    Returns
    -------
    One row a series and group, columns `COLUMNS`. Unit: persons, and persons per 100,000 residents.
    ``state``: "counted", "estimated", "lower_bound" (no upper limit), "refused" (asked and not
    answered), "not_estimated" (not asked). The rate is null where no population is known, as for
    "unknown". Estimates are rounded to tens so that groups add up to the whole; rates are of the
    rounded numbers, to two decimals.

    Raises
    ------
    InputRefused (EST-076) for a table without its columns, (EST-077) for codes of another list,
    (EST-078) when the estimates have different wholes.

    References
    ----------
    UN metadata of indicator 16.2.2 (UNODC, 31 March 2023), sections 2.a, 4.c.
    """
    import polars as pl

    _check(detected, "detected", ("sex", "age", "form", "n"))
    _check(population, "population", ("sex", "age", "population"))
    asked = dict(estimates or {})
    _check_estimates(asked)
    rows = [*_detected_rows(detected), *_undetected_rows(asked)]
    rated = [row | _rates(row, _residents(population, row)) for row in rows]
    numbers = [*LIMITS, *(f"per_100k{end}" for end in ("", "_low", "_high"))]
    types = {c: pl.Float64 if c in numbers else pl.String for c in COLUMNS}
    return pl.DataFrame(rated, schema=types)


def _detected_rows(detected: pl.DataFrame) -> Iterator[Row]:
    """All forms and each form, by sex, by age and by both."""
    import polars as pl

    for form, series in _series().items():
        of_form = detected if form == ALL else detected.filter(pl.col("form") == form)
        for sex in (ALL, *SEXES):
            of_sex = of_form if sex == ALL else of_form.filter(pl.col("sex") == sex)
            for age in (ALL, *AGES):
                held = of_sex if age == ALL else of_sex.filter(pl.col("age") == age)
                row = _row(series["detected"], sex=sex, age=age, form=form)
                yield row | {"value": int(held["n"].sum()), "state": "counted"}


def _undetected_rows(estimates: Mapping[str, Subgroups]) -> Iterator[Row]:
    """The whole, then each group that was asked for; the others as not estimated."""
    series = _series()
    yield _row(series[ALL]["undetected"]) | _whole(estimates)
    for dimension, codes in _codes().items():
        found = estimates.get(dimension)
        hidden = _hidden(found) if found else {}
        for code in codes:
            form = code if dimension == "form" else ALL
            row = _row(series[form]["undetected"], **{dimension: code})
            if found is None:
                yield row | {"state": "not_estimated"}
            elif code in hidden:
                yield row | hidden[code]


def _whole(estimates: Mapping[str, Subgroups]) -> Row:
    for found in estimates.values():
        value = rounded_to_sum([found.total - found.observed], STEP)[0]
        return _limited(value, found.observed, limits(found.intervals))
    return {"state": "not_estimated"}


def _hidden(found: Subgroups) -> dict[str, Row]:
    """Persons on no list by code, rounded so that they add up to the rounded whole."""
    given = [p for p in found.parts if p.estimate is not None]
    rounded = rounded_to_sum([_dark(p) for p in given], STEP)
    rows = {p.code: {"state": "refused"} for p in found.parts}
    for part, value in zip(given, rounded, strict=True):
        rows[part.code] = _limited(value, part.observed, limits(part.intervals))
    return rows


def _dark(part: Part) -> float:
    return (part.estimate or 0.0) - part.observed


def _limited(value: int, observed: int, ends: Mapping[str, float | None]) -> Row:
    low, high = (_tens(ends[end], observed) for end in ("lo95", "hi95"))
    state = "lower_bound" if low is not None and high is None else "estimated"
    return {"value": value, "low": low, "high": high, "state": state}


def _tens(limit: float | None, observed: int) -> int | None:
    return None if limit is None else rounded_to_sum([max(limit - observed, 0.0)], STEP)[0]


def _row(series: str, sex: str = ALL, age: str = ALL, form: str = ALL) -> Row:
    empty = dict.fromkeys(LIMITS)
    return {"series": series, "sex": sex, "age": age, "form": form, "unit": "persons", **empty}


def _residents(population: pl.DataFrame, row: Row) -> float | None:
    """Residents of the row's sex and age; None where nobody counts them."""
    import polars as pl

    held = population
    for column in ("sex", "age"):
        if row[column] != ALL:
            held = held.filter(pl.col(column) == row[column])
    residents = float(held["population"].sum()) if UNKNOWN not in (row["sex"], row["age"]) else 0.0
    return residents or None


def _rates(row: Row, residents: float | None) -> Row:
    def rate(value: float | None) -> float | None:
        return None if value is None or residents is None else round(PER * value / residents, 2)

    return {
        "per_100k": rate(row["value"]),
        "per_100k_low": rate(row["low"]),
        "per_100k_high": rate(row["high"]),
    }


def _check(table: pl.DataFrame, name: str, columns: tuple[str, ...]) -> None:
    """Columns are there, codes are of the list, numbers are not negative."""
    refusal = InputRefused("EST-076", table=name, columns=", ".join(columns))
    if not set(columns) <= set(table.columns):
        raise refusal
    number = table[columns[-1]]
    if number.null_count() or (len(number) and float(number.min()) < 0):  # type: ignore[arg-type]  # a number by the test before
        raise refusal
    for column in columns[:-1]:
        _check_codes(f"{name}.{column}", table[column].unique().to_list(), column)


def _check_estimates(estimates: Mapping[str, Subgroups]) -> None:
    for dimension, found in estimates.items():
        if dimension not in _codes():
            raise InputRefused("EST-077", dimension=dimension[:40], allowed=", ".join(_codes()))
        _check_codes(dimension, [p.code for p in found.parts], dimension)
    totals = [found.total for found in estimates.values()]
    if totals and max(totals) - min(totals) > TOLERANCE * max(totals):
        raise InputRefused("EST-078")


def _check_codes(name: str, given: list[str], dimension: str) -> None:
    if not set(given) <= set(allowed := _codes()[dimension]):
        raise InputRefused("EST-077", dimension=name, allowed=", ".join(allowed))


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    return {"sex": SEXES, "age": AGES, "form": tuple(f for f in _series() if f != ALL)}


@cache
def _series() -> dict[str, dict[str, str]]:
    """Series codes by form, of ``data/estimates/sdg/series.csv``."""
    import csv

    file = files("aiqyn").joinpath("data", "estimates", "sdg", "series.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["form"]: row for row in rows}
