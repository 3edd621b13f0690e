"""Samal's risk factors, a survey of what share is detected, and what reaching people costs.

One factor follows the harm, one follows how well a region notices, others nothing: an association
that is found again must be the first, and a model without the share detected would find the second.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.demo.draws import Floats, Rng
from aiqyn.demo.tables import folder, regions, rows

SURVEY_ERROR = 0.15  # standard error of the surveyed share, log-odds
REACH = 1.959963984540054 * SURVEY_ERROR  # half a 95 % interval


def write_factors(rng: Rng, root: Path, people: pl.DataFrame, residents: pl.DataFrame) -> None:
    """Write ``reference/factors/``, ``detection.csv``, ``reach.csv``; what is true into ``truth/``.

    Parameters
    ----------
    people : persons in truth with `on_<list>` columns
    residents : population by region, year and whatever else
    """
    true = _true_cells(people, residents)
    table = _factors(rng, true)
    place = root / "reference"
    (place / "factors").mkdir()
    office = table.with_columns(pl.lit("Samal, Office of Statistics (invented)").alias("source"))
    office.write_csv(place / "factors" / "office_of_statistics.csv")
    _survey(rng, true).write_csv(place / "detection.csv")
    text = folder("demo", "reach.csv").read_text(encoding="utf-8")
    (place / "reach.csv").write_text(text, encoding="utf-8")
    true.write_csv(root / "truth" / "harm_and_detection.csv", float_precision=6)
    told = folder("demo", "factors.csv").read_text(encoding="utf-8")
    (root / "truth" / "factors.csv").write_text(told, encoding="utf-8")


def _true_cells(people: pl.DataFrame, residents: pl.DataFrame) -> pl.DataFrame:
    """Persons harmed, those on any list, and residents, by region and year in which it exists."""
    noticed = pl.any_horizontal(pl.col("^on_.*$"))
    counted = (
        people.filter("victim")
        .group_by("region", "year")
        .agg(pl.len().alias("harmed"), noticed.sum().alias("detected"))
    )
    lives = residents.group_by("region", "year").agg(pl.col("population").sum())
    return (
        counted.with_columns(pl.col("year").cast(pl.Int64))
        .join(lives, on=("region", "year"))
        .sort("region", "year")
    )


def _factors(rng: Rng, true: pl.DataFrame) -> pl.DataFrame:
    """Value of each factor by region and year: what it follows, its own part, a little wander."""
    cells = true.select("region", "year").rows()
    harm, noticing = _harm(true), _noticing(true)
    follows = {"harm": harm, "noticing": _rest(noticing, harm), "nothing": np.zeros_like(harm)}
    told = []
    for row in rows("factors"):
        weight, wander = float(row["weight"]), float(row["wander"])
        own = rng.normal(size=len(harm))
        lasting = weight * follows[row["follows"]] + np.sqrt(1 - weight**2) * own
        for region, year in cells:
            at = lasting[regions().index(region)] + wander * rng.normal()
            value = round(float(row["base"]) + float(row["spread"]) * float(at), 3)
            told.append((region, year, row["factor"], value))
    return pl.DataFrame(told, schema=["area", "period", "factor", "value"], orient="row")


def _harm(true: pl.DataFrame) -> Floats:
    """Log of persons harmed per resident and year by region, standardised."""
    by = _by_region(true)
    return _standardised(np.log((by["harmed"] + 0.5) / by["population"]))


def _noticing(true: pl.DataFrame) -> Floats:
    by = _by_region(true)
    return _standardised(np.log((by["detected"] + 0.5) / (by["harmed"] - by["detected"] + 0.5)))


def _by_region(true: pl.DataFrame) -> dict[str, Floats]:
    summed = true.group_by("region").agg(pl.col("harmed", "detected", "population").sum())
    every = pl.DataFrame({"region": regions()}).join(summed, on="region", how="left").fill_null(1)
    columns = ("harmed", "detected", "population")
    return {name: every[name].cast(pl.Float64).to_numpy() for name in columns}


def _rest(noticing: Floats, harm: Floats) -> Floats:
    """What is left of noticing when its common part with harm is taken out."""
    return _standardised(noticing - harm * float(noticing @ harm) / float(harm @ harm))


def _standardised(values: Floats) -> Floats:
    return np.asarray((values - values.mean()) / values.std())


def _survey(rng: Rng, true: pl.DataFrame) -> pl.DataFrame:
    """Share detected by region as a survey would give it, with its interval."""
    by = _by_region(true)
    odds = np.log((by["detected"] + 0.5) / (by["harmed"] - by["detected"] + 0.5))
    seen = odds + SURVEY_ERROR * rng.normal(size=len(odds))
    ends = {"detection": 0.0, "detection_low": -REACH, "detection_high": REACH}
    shares = {name: np.round(1 / (1 + np.exp(-(seen + by_))), 5) for name, by_ in ends.items()}
    return pl.DataFrame({"area": regions(), "period": [""] * len(odds), **shares})
