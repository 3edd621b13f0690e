"""The figures of the article, recomputed from a table of published counts.

`figures` says of each whether the data agree with it, differ from it, or cannot tell, and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.profiles.figures.figure import Figure

if TYPE_CHECKING:
    import polars as pl

    from aiqyn.profiles.figures.answers import Answer
    from aiqyn.profiles.figures.statements import Statement, Statements

__all__ = ["Figure", "figures"]


def figures(counts: pl.DataFrame, country: str | None = None) -> tuple[Figure, ...]:
    """Every figure of the article beside what the counts give.

    Parameters
    ----------
    counts : published counts, one row per printed cell (see `answers.answer`)
    country : ISO 3166 alpha-3, to ask the same of one country's rows; None for all countries

    Raises
    ------
    InputRefused (FIGURES-002) when the table has no row of the country.
    """
    from aiqyn.profiles.figures.answers import prepared
    from aiqyn.profiles.figures.statements import article

    table = prepared(counts if country is None else _of_country(counts, country))
    stated = article()
    return tuple(_figure(table, statement, stated, country) for statement in stated.figures)


def _of_country(counts: pl.DataFrame, country: str) -> pl.DataFrame:
    from aiqyn.errors import InputRefused

    rows = counts.filter(country=country)
    if rows.is_empty():
        raise InputRefused("FIGURES-002", country=country)
    return rows


def _figure(
    table: pl.DataFrame, statement: Statement, stated: Statements, country: str | None
) -> Figure:
    from aiqyn.profiles.figures.answers import answer
    from aiqyn.profiles.figures.verdicts import verdict

    found = answer(table, statement.rule)
    too_few = country is not None and statement.reach == "many"
    number = None if found.number is None or too_few else found.number.times(_scale(statement))
    judged = verdict(statement, number, stated)
    return Figure(
        id=statement.id,
        unit=statement.unit,
        stated=statement.stated,
        computed=number.value if number else None,
        low=number.low if number else None,
        high=number.high if number else None,
        basis=found.basis,
        counted="victims" if statement.rule.indicator == "detected_victims" else "persons",
        verdict=judged,
        reasons=_reasons(statement, found, judged, country),
        also=tuple(_also(table, statement)),
        country=country,
    )


def _scale(statement: Statement) -> float:
    return 10.0 if statement.unit == "per_ten" else 1.0


def _also(table: pl.DataFrame, statement: Statement) -> list[tuple[str, float | None]]:
    from aiqyn.profiles.figures.answers import answer

    found = [(name, answer(table, rule).number) for name, rule in statement.also.items()]
    scale = _scale(statement)
    return [(name, number.value * scale if number else None) for name, number in found]


def _reasons(
    statement: Statement, found: Answer, judged: str, country: str | None
) -> tuple[str, ...]:
    """Keys of the sentences: for the world what is known of the figure; for a country the cause."""
    if country is not None and statement.reach == "many":
        return ("figure.of_many_countries",)
    if found.number is None and statement.rule.kind != "absent":
        return ("figure.lacking" if country is None else "figure.lacking_country",)
    said = () if statement.rule.kind == "absent" else (_numbers(statement, found, judged),)
    if country is not None:
        return (*said, "figure.of_one_country") if said else (f"figure.{statement.id}.why",)
    shared = ("figure.shared_cells",) if found.basis.largest_row_only is not None else ()
    return (*said, *shared, f"figure.{statement.id}.why")


def _numbers(statement: Statement, found: Answer, judged: str) -> str:
    if statement.rule.kind == "countries":
        return "figure.counted"
    if not found.basis.small_cells:
        return "figure.exact"
    return "figure.too_wide" if judged == "cannot_be_computed" else "figure.computed"
