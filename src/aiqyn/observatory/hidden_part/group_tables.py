"""The tables of victims by group and lists, as disclosure takes them, beside all other tables.

Persons whose sex or age is not recorded are left out of the tables by sex and by age, as they are
out of the profile's table of both (docs/decisions/0009-not-recorded.md): so a group's total is the
cell that the profile prints, and the attack is told that none of the parts is more than its whole.

Two or more lists that few persons share would have small numbers in every group, and the total of
each would have to be hidden with them. So these stand together in the tables of groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from aiqyn.disclosure import ALL, CountTable, publication_table
from aiqyn.disclosure.publication import UNKNOWN
from aiqyn.observatory.hidden_part.group_histories import (
    COARSE,
    DIMENSIONS,
    SEX_AGE,
    SEXES,
    Dimension,
)
from aiqyn.observatory.hidden_part.histories import BESIDE, JOIN
from aiqyn.observatory.hidden_part.passing_on import LISTED

PREFIX = "victims_lists_"
RECORDED_TIE, RARE_TIE = "victims_known_lists", "victims_rare_lists"
TIES = (RECORDED_TIE, RARE_TIE)  # tell the attack how tables hang together; never printed
RARE = "rare"  # two or more lists together that few persons share
FEW = 2  # thresholds; a history of fewer persons is rare


@dataclass(frozen=True, slots=True)
class Around:
    """What the tables of groups have in common.

    Attributes
    ----------
    year : of the report
    given : conditions that all victims of the profile meet
    recorded : dimension that tells persons apart of whom everything is recorded
    threshold : persons; smaller numbers are hidden
    told : histories of which an earlier edition printed groups of the year; None where none did
    """

    year: int
    given: Mapping[str, str]
    recorded: str
    threshold: int
    told: frozenset[str] | None = None


def group_tables(counted: pl.DataFrame, around: Around) -> dict[str, tuple[CountTable, ...]]:
    """Dimension -> its table of `year`, `history` and group, and what ties it to the others.

    Parameters
    ----------
    counted : as `group_histories` gives them
    """
    rare = _rare(counted, FEW * around.threshold, around.told)
    named = pl.when(pl.col("history").is_in(rare)).then(pl.lit(RARE)).otherwise("history")
    coarse = counted.with_columns(named.alias("history")).group_by(
        "dimension", "code", "history"
    ).agg(pl.col("n").sum())  # fmt: skip
    found: dict[str, tuple[CountTable, ...]] = {}
    for dimension in DIMENSIONS:
        own = coarse.filter(dimension=dimension.name)
        if own["code"].n_unique() > 2:  # the total and two groups at least
            ties = [_tie_of_recorded(coarse, around)] if dimension.recorded else []
            ties += [_tie_of_rare(counted, rare, around)] if rare else []
            found[dimension.name] = (_table(own, dimension, around), *ties)
    return found


def _rare(counted: pl.DataFrame, limit: int, told: frozenset[str] | None) -> list[str]:
    """Histories of two lists or more and of fewer persons than the limit; none if only one.

    What an edition told apart is told apart again, and nothing else: where one late record brings a
    history over the limit, its row would be all its persons.
    """
    whole = counted.filter(pl.col("code") == ALL, dimension="region")
    if told is not None:
        return sorted(h for h in whole["history"] if JOIN in h and h not in told)
    found = sorted(h for h in whole.filter(pl.col("n") < limit)["history"] if JOIN in h)
    return found if len(found) > 1 else []


def _table(own: pl.DataFrame, dimension: Dimension, around: Around) -> CountTable:
    known = {around.recorded: dimension.recorded} if dimension.recorded else {}
    counts = _with_margins(own.select("history", "code", "n"), around.year)
    table = publication_table(
        f"{PREFIX}{dimension.name}",
        counts.rename({"code": dimension.name}),
        given={**around.given, **known},
    )
    return _nested(table, own["history"])


def _tie_of_recorded(coarse: pl.DataFrame, around: Around) -> CountTable:
    """Histories of those whose sex and age are recorded, beside those of all victims."""
    known, whole = _whole(coarse, "sex"), _whole(coarse, "region")
    parts = [known.with_columns(code=pl.lit(SEX_AGE)), whole.with_columns(code=pl.lit(ALL))]
    counts = _with_margins(pl.concat(parts).select("history", "code", "n"), around.year)
    counts = counts.rename({"code": around.recorded})
    return _nested(publication_table(RECORDED_TIE, counts, given=around.given), whole["history"])


def _tie_of_rare(counted: pl.DataFrame, rare: Sequence[str], around: Around) -> CountTable:
    """Every history once more, and the sum of the rare ones."""
    whole = _whole(counted, "region")
    counts = _with_margins(whole.select("history", "code", "n"), around.year).drop("code")
    together = int(whole.filter(pl.col("history").is_in(rare))["n"].sum())
    row = {"year": [str(around.year)], "history": [RARE], "n": [together]}
    table = publication_table(RARE_TIE, pl.concat([counts, pl.DataFrame(row)]), given=around.given)
    return _nested(table, pl.Series([*whole["history"], RARE]), rare)


def _whole(counted: pl.DataFrame, dimension: str) -> pl.DataFrame:
    return counted.filter(dimension=dimension, code=ALL)


def _with_margins(rows: pl.DataFrame, year: int) -> pl.DataFrame:
    """The rows with their sums over those on a list, and over all."""
    on_list = rows.filter(pl.col("history") != BESIDE)
    sums = [
        part.group_by("code").agg(pl.col("n").sum()).select(pl.lit(name).alias("history"),
                                                            "code", "n")
        for part, name in ((rows, ALL), (on_list, LISTED))
    ]  # fmt: skip
    told = pl.concat([*sums, rows.select("history", "code", "n")])
    ordered = told.select(pl.lit(str(year)).alias("year"), "history", "code", "n")
    return ordered.sort("history", "code")


def _nested(table: CountTable, histories: pl.Series, rare: Sequence[str] = ()) -> CountTable:
    """The table in which every history is part of those on a list, the rare ones through RARE."""
    kept = sorted(set(histories) - {BESIDE})
    parents = {history: RARE if history in rare else LISTED for history in kept}
    return replace(table, hierarchy={**table.hierarchy, "history": parents})


def wanted_groups(shown: Mapping[str, pl.DataFrame], year: int) -> dict[str, tuple[str, ...]]:
    """Dimension -> the groups with somebody in them, as the printed profile has them."""
    found = {"sex": SEXES, "age_group": tuple(dict.fromkeys(COARSE.values()))}
    for name in ("form_group", "region"):
        own = shown[f"victims_{name}"].filter(pl.col("year") == str(year))
        somebody = own.filter((pl.col("n") > 0) | pl.col("n").is_null())
        codes = somebody[name].unique(maintain_order=True)
        found[name] = tuple(code for code in codes if code not in (ALL, UNKNOWN))
    return found
