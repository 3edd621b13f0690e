"""Victims by sex, age, form, region, citizenship and year (R3): the tables of the profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from aiqyn.profiles.margins import count_cube
from aiqyn.standard import age_group_of, age_groups, classify, coarse_age_group, code_list

UNKNOWN = "unknown"
COARSE_AGES: Mapping[str, str] = {age: coarse_age_group(age) for age in age_groups()}


@dataclass(frozen=True, slots=True)
class ProfileTable:
    """A table of the profile.

    Attributes
    ----------
    dims : what persons are counted by, within a year.
    many : the dimension in which a person may stand under several codes.
    within : dimension -> {code: the coarser code it is part of}; the coarse rows are counted too.
    known_only : only persons are counted for whom every dimension has a code of its domain; how
        many are left out is said beside the table. Rows of a few persons "not known" would cost
        the totals of everybody else when small numbers are hidden.
    """

    name: str
    dims: tuple[str, ...]
    many: str | None = None
    within: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    known_only: bool = False


TABLES: tuple[ProfileTable, ...] = (
    ProfileTable(
        "sex_age", ("sex", "age_group"), within={"age_group": COARSE_AGES}, known_only=True
    ),
    ProfileTable("form_group", ("form_group",), many="form_group"),
    ProfileTable("form", ("form",), many="form"),
    ProfileTable("region", ("region",)),
    ProfileTable("citizenship", ("citizenship",)),
)


def assess(persons: pl.DataFrame, definitions: Sequence[str]) -> pl.DataFrame:
    """Each person under each definition: `person_id`, `year`, `definition`, `verdict`, `missing`.

    Parameters
    ----------
    persons : output of `linkage.persons`.
    definitions : names of legal definitions (``palermo``, ``kz``, ``eu``, ``us``).
    """
    facts = persons.select(
        pl.col("person_id").alias("id"),
        "age",
        "acts",
        "means",
        _as_codes("forms", _purposes()).alias("purposes"),
    )
    verdicts = classify(facts, definitions)
    years = persons.select(pl.col("person_id").alias("id"), "year")
    return verdicts.join(years, on="id", how="left").rename({"id": "person_id"})


def victims(persons: pl.DataFrame, verdicts: pl.DataFrame, definition: str) -> pl.DataFrame:
    """The persons who are victims under `definition`, with the columns that profiles count by."""
    counted = verdicts.filter(
        (pl.col("definition") == definition) & (pl.col("verdict") == "trafficking")
    ).select("person_id")
    groups = _lookup("form", "form_group")
    return persons.join(counted, on="person_id", how="semi").with_columns(
        pl.col("sex").fill_null(UNKNOWN),
        pl.col("region").fill_null(UNKNOWN),
        pl.col("citizenship").fill_null(UNKNOWN),
        _age_group().alias("age_group"),
        _known_codes("forms").alias("form"),
        _as_codes("forms", groups).fill_null([UNKNOWN]).alias("form_group"),
    )


def domains(
    victims: pl.DataFrame, regions: Sequence[str], country: str, threshold: int
) -> dict[str, tuple[str, ...]]:
    """The codes of each dimension, in the order of the code lists, ``unknown`` last.

    Parameters
    ----------
    threshold : persons of one year from which a citizenship other than the country's is named
    """
    used = set(victims.get_column("form").explode().drop_nulls())
    forms = tuple(code for code in code_list("form").codes() if code in used)
    return {
        "sex": ("female", "male"),
        "age_group": age_groups(),
        "form_group": _with_unknown(code_list("form_group").codes()),
        "form": _with_unknown(forms),
        "region": _with_unknown(regions),
        "citizenship": (*_named_citizenships(victims, country, threshold), "other", UNKNOWN),
    }


def victim_tables(
    victims: pl.DataFrame, domains: Mapping[str, Sequence[str]]
) -> dict[str, pl.DataFrame]:
    """The tables of the profile with all margins: name -> `year`, dimensions, `n` (persons)."""
    named = pl.col("citizenship").is_in(list(domains["citizenship"]))
    grouped = victims.with_columns(
        pl.when(named).then(pl.col("citizenship")).otherwise(pl.lit("other")).alias("citizenship")
    )
    return {table.name: _count(grouped, table, domains) for table in TABLES}


def _count(
    victims: pl.DataFrame, table: ProfileTable, domains: Mapping[str, Sequence[str]]
) -> pl.DataFrame:
    """The table's cube, with the rows of its coarser codes."""
    counted = _known(victims, table, domains) if table.known_only else victims
    cubes = [count_cube(counted, table.dims, domains, many=table.many)]
    for dim, coarser in table.within.items():
        coarse = counted.with_columns(pl.col(dim).replace(dict(coarser)))
        codes = tuple(dict.fromkeys(coarser.values()))
        cube = count_cube(coarse, table.dims, {**domains, dim: codes})
        cubes.append(cube.filter(pl.col(dim).is_in(list(codes))))
    return pl.concat(cubes).sort("year", *table.dims)


def _known(
    victims: pl.DataFrame, table: ProfileTable, domains: Mapping[str, Sequence[str]]
) -> pl.DataFrame:
    return victims.filter(pl.col(dim).is_in(list(domains[dim])) for dim in table.dims)


def differences(persons: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
    """The persons on whom the definitions part, for the analyst: never published.

    Returns
    -------
    Table of `person_id`, `year`, `source_ids` (the rows of the files), a column a definition with
    its verdict, and `missing` (the elements that any of them lacks).
    """
    names = verdicts.get_column("definition").unique(maintain_order=True).to_list()
    wide = verdicts.pivot("definition", index="person_id", values="verdict")
    lacking = verdicts.group_by("person_id").agg(
        pl.col("missing").explode().drop_nulls().unique().sort()
    )
    parted = wide.filter(pl.concat_list(names).list.n_unique() > 1)
    known = persons.select("person_id", "year", "source_ids")
    return (
        parted.join(lacking, on="person_id")
        .join(known, on="person_id")
        .sort("person_id")
        .select("person_id", "year", "source_ids", *names, "missing")
    )


def sources(victims: pl.DataFrame) -> pl.DataFrame:
    """The files that a year's victims were counted from: `year`, `agency`, `file`."""
    parts = pl.col("source_ids").str.split(":")
    return (
        victims.select("year", "source_ids")
        .explode("source_ids")
        .select("year", parts.list.get(0).alias("agency"), parts.list.get(1).alias("file"))
        .unique()
        .sort("year", "agency", "file")
    )


def verdict_table(verdicts: pl.DataFrame, definitions: Sequence[str]) -> pl.DataFrame:
    """Persons by year, definition and verdict, zeros written out: `n`."""
    domain = {"definition": list(definitions), "verdict": list(code_list("verdict").codes())}
    cube = count_cube(verdicts, ("definition", "verdict"), domain)
    return cube.filter(pl.col("definition") != "_all")


def _named_citizenships(victims: pl.DataFrame, country: str, threshold: int) -> tuple[str, ...]:
    """The country, and by their codes those with so many persons in a year that it may be printed.

    A place among the most numerous would tell of numbers that are hidden, and change with a new
    year; a number that is not small is told by its being printed, or guessed behind its ``x``.
    """
    counted = (
        victims.filter(~pl.col("citizenship").is_in([UNKNOWN, country]))
        .group_by("citizenship", "year")
        .len()
        .filter(pl.col("len") >= threshold)
    )
    return (country, *counted.get_column("citizenship").unique().sort().to_list())


def _age_group() -> pl.Expr:
    """The group of the age; where only a group was recorded, that one."""
    known = pl.col("age").is_not_null()
    return (
        pl.when(known)
        .then(age_group_of(pl.col("age")))
        .otherwise(pl.coalesce("age_group", pl.lit(UNKNOWN)))
    )


def _purposes() -> dict[str, str]:
    return {**_lookup("form", "purpose"), "none": "none"}


def _lookup(list_name: str, column: str) -> dict[str, str]:
    frame = code_list(list_name).frame.select("code", column).drop_nulls()
    return {code: value for code, value in frame.iter_rows() if value}


def _as_codes(column: str, lookup: Mapping[str, str]) -> pl.Expr:
    """A list column with each code replaced, repeated codes once; null where nothing is left."""
    replaced = (
        pl.col(column)
        .list.eval(pl.element().replace_strict(dict(lookup), default=None))
        .list.drop_nulls()
        .list.unique()
        .list.sort()
    )
    return pl.when(replaced.list.len() > 0).then(replaced).otherwise(None)


def _known_codes(column: str) -> pl.Expr:
    kept = pl.col(column).list.set_difference(["none"]).list.sort()
    return pl.when(kept.list.len() > 0).then(kept).otherwise(pl.lit([UNKNOWN]))


def _with_unknown(codes: Sequence[str]) -> tuple[str, ...]:
    return (*(code for code in codes if code != UNKNOWN), UNKNOWN)
