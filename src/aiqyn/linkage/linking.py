"""Lists to persons: read, put in normal form, scored, held together, given lasting keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.linkage.clusters import Labels, clusters
from aiqyn.linkage.features import features
from aiqyn.linkage.known_persons import WHO, Known, with_decisions, with_known
from aiqyn.linkage.list_sources import ListSource
from aiqyn.linkage.lists import Lists, read_lists
from aiqyn.linkage.model.duckdb_engine import Scored, score
from aiqyn.linkage.model.parameters import Parameters
from aiqyn.linkage.model.plan import Plan, shipped_plan
from aiqyn.linkage.person_keys import key_changes, person_keys
from aiqyn.linkage.stored_plan import refuse_other_numbers

SEED = 20260101
Advance = Callable[[float, str], None]
Caution = tuple[str, Mapping[str, object]]
Engine = Callable[[pl.DataFrame, Plan, Parameters | None, int, Advance], Scored]


@dataclass(frozen=True, slots=True)
class Linkage:
    """Which records are one person.

    Attributes
    ----------
    records : every record: `record` (its number), `list`, `record_id`, `person_id` (counting),
        `case_person_id` (strict), `sealed`, and the columns as they were sent
    features : normal forms, as the model compared them
    scored : the pairs and the numbers they were scored with
    plan : blocking, comparisons, thresholds
    changes : keys of an earlier linkage that were merged or split
    seconds : CPU seconds: normalise, train, predict, cluster
    """

    records: pl.DataFrame
    features: pl.DataFrame
    scored: Scored
    plan: Plan
    changes: pl.DataFrame
    seconds: Mapping[str, float]
    cautions: tuple[Caution, ...] = ()
    refused: Mapping[str, InputRefused] = field(default_factory=dict)

    @property
    def persons(self) -> pl.DataFrame:
        """`list`, `record_id`, `person_id`, `case_person_id`: nothing else of anybody."""
        return self.records.select(*WHO, "person_id", "case_person_id")


def link(
    lists: Sequence[str | Path | ListSource],
    *,
    plan: Plan | None = None,
    numbers: Parameters | None = None,
    seed: int = SEED,
    known: Known | None = None,
    decided: pl.DataFrame | None = None,
    engine: str = "duckdb",
    advance: Advance = lambda done, what: None,
) -> Linkage:
    """The persons of the lists.

    Parameters
    ----------
    lists : files, each one list called by its stem; or lists of several files, and with mappings
    numbers : learnt by an earlier linkage; None to learn them from these records
    known : persons of an earlier linkage, which keep their keys; only new records are linked
    decided : pairs that readers decided (`review.decisions`)
    engine : "duckdb"; "spark" scores the pairs on Spark, with numbers learnt on DuckDB

    Raises
    ------
    InputRefused (LINK-001, LINK-005 …) when no list can be taken, (LINK-031) for numbers of another
    plan.
    """
    plan = plan or shipped_plan()
    if numbers is not None:
        refuse_other_numbers(plan, numbers)
    began = time.process_time()
    read = read_lists(lists)
    records = read.records.with_row_index("record")
    normal = features(records)
    normalised = time.process_time()
    advance(0.1, "normalise")
    scored = _engine(engine)(normal, plan, numbers, seed, advance)
    clustering = time.process_time()
    held, changes = _persons(records, scored.pairs, plan, known, decided)
    done = time.process_time()
    seconds = {"normalise": normalised - began, **scored.seconds, "cluster": done - clustering}
    cautions = (*read.cautions, *_doubts(held, read, scored))
    return Linkage(held, normal, scored, plan, changes, seconds, cautions, read.refused)


def histories(persons: pl.DataFrame, lists: Sequence[str]) -> pl.DataFrame:
    """Persons by capture history: a column of 0 and 1 for each list, and `count`."""
    on = persons.select("person_id", "list").unique().with_columns(pl.lit(1).alias("on"))
    wide = on.pivot("list", index="person_id", values="on").fill_null(0)
    absent = [pl.lit(0).alias(name) for name in lists if name not in wide.columns]
    counted = wide.with_columns(absent).group_by(*lists).len("count")
    return counted.sort(*lists, descending=True)


def _engine(name: str) -> Engine:
    if name == "spark":
        from aiqyn.linkage.model.spark_engine import score_on_spark

        return score_on_spark
    return score


def _persons(
    records: pl.DataFrame,
    pairs: pl.DataFrame,
    plan: Plan,
    known: Known | None,
    decided: pl.DataFrame | None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records with both keys, and what became of keys given before."""
    if decided is not None:
        pairs = with_decisions(records, pairs, decided)
    held, changes = records, []
    for column, prefix, threshold, before in (
        ("person_id", "P", plan.counting, known.counting if known else None),
        ("case_person_id", "C", plan.casework, known.casework if known else None),
    ):
        able = pairs if before is None else with_known(records, pairs, before)
        labels = clusters(records.height, able, threshold, plan.unseen)
        persons = records.select(*WHO).with_columns(pl.Series("person", labels))
        keys = person_keys(persons, before, prefix)
        held = held.with_columns(keys["key"].alias(column))
        pairs = _within(pairs, labels)
        if before is not None:
            changes.append(key_changes(before, keys))
    none = key_changes(*(_no_keys(),) * 2)
    return held, pl.concat([none, *changes])


def _within(pairs: pl.DataFrame, labels: Labels) -> pl.DataFrame:
    """The pairs inside a counting person: a person for casework is never spread over two."""
    inside = labels[pairs["left"].to_numpy()] == labels[pairs["right"].to_numpy()]
    return pairs.filter(pl.Series(inside))


def _no_keys() -> pl.DataFrame:
    return pl.DataFrame(schema={"list": pl.String, "record_id": pl.String, "key": pl.String})


def _doubts(held: pl.DataFrame, lists: Lists, scored: Scored) -> list[Caution]:
    found: list[Caution] = [("LINK-107", {"file": name}) for name in lists.refused]
    if len(lists.names) < 2:
        found.append(("LINK-106", {}))
    else:
        found.extend(("LINK-104", {"list": name}) for name in _alone(held))
    if scored.parameters.untrained:
        found.append(("LINK-105", {"n": len(scored.parameters.untrained)}))
    return [*found, ("LINK-108", {})]


def _alone(held: pl.DataFrame) -> list[str]:
    """Lists none of whose persons is on another list."""
    spread = held.with_columns(pl.col("list").n_unique().over("person_id").alias("lists"))
    shared = spread.group_by("list").agg(pl.col("lists").max())
    return shared.filter(pl.col("lists") < 2)["list"].sort().to_list()
