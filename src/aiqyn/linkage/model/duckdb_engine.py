"""The model on DuckDB: learn its numbers, then score every pair that the blocking rules name."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from aiqyn.linkage.model.dialects import in_dialect
from aiqyn.linkage.model.learning_rounds import learn_round
from aiqyn.linkage.model.own_prior import LEAST_ROOM, own_prior
from aiqyn.linkage.model.parameters import Parameters
from aiqyn.linkage.model.plan import Plan
from aiqyn.linkage.model.splink_settings import RECORD, learnt, settings

if TYPE_CHECKING:
    from splink import Linker
    from splink.internals.blocking_rule_creator import BlockingRuleCreator

DUCKDB = "duckdb"
TABLE = "records"
MOST_SURE = 1 - 1e-9  # 1 is for what a person decided
AT_ONCE = 250_000  # records whose pairs are looked for at once: more of them fill the memory
Advance = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Scored:
    """What the model says of the pairs it looked at.

    Attributes
    ----------
    pairs : `left` < `right` (numbers of records) and `probability` that they are one person, at
        least the plan's `kept`, in order
    parameters : the numbers it was said with
    seconds : CPU seconds by stage: train, predict
    """

    pairs: pl.DataFrame
    parameters: Parameters
    seconds: dict[str, float] = field(default_factory=dict)


def score(
    features: pl.DataFrame,
    plan: Plan,
    numbers: Parameters | None,
    seed: int,
    advance: Advance = lambda done, what: None,
) -> Scored:
    """The pairs of one person, with numbers learnt from these records or given.

    Parameters
    ----------
    features : one row a record in a fixed order: `record` (0, 1, …) and what the plan compares
    numbers : learnt before; None to learn them here
    """
    if features.height < plan.training.learn_from:
        plan = plan.without_frequencies()
    seconds = {"train": 0.0}
    if numbers is None:
        began = time.process_time()
        numbers = learn(features, plan, seed, advance)
        seconds["train"] = time.process_time() - began
    began = time.process_time()
    advance(0.7, "predict")
    with _linker(features, plan, numbers) as linker:
        found = linker.inference.predict(
            threshold_match_probability=plan.kept * LEAST_ROOM,
            num_chunks_left=max(1, math.ceil(features.height / AT_ONCE)),
            warning_mode="never",
        )
        table = found.as_pyarrow_table()  # type: ignore[no-untyped-call]  # Splink's, untyped
        raw = pl.from_arrow(table)
    assert isinstance(raw, pl.DataFrame)
    scored = with_own_prior(raw, plan, numbers, features.height)
    seconds["predict"] = time.process_time() - began
    return replace(scored, seconds=seconds)


def learn(
    features: pl.DataFrame,
    plan: Plan,
    seed: int,
    advance: Advance = lambda done, what: None,
) -> Parameters:
    """The numbers of the model from the records themselves; what they cannot teach stays given."""
    with _linker(features, plan, None) as linker:
        if features.height < plan.training.learn_from:
            return learnt(linker, plan, rounds=0)
        prior = _prior(linker, plan, features.height)
        advance(0.1, "train")
        linker.training.estimate_u_using_random_sampling(max_pairs=plan.training.pairs, seed=seed)
        rounds = [r for r in plan.training.rounds if _names_pairs(linker, r)]
        taught = 0
        for place, rule in enumerate(rounds, 1):
            taught += learn_round(linker, in_dialect(rule, DUCKDB), plan.training.pairs)
            advance(0.1 + 0.5 * place / len(rounds), "train")
        return replace(learnt(linker, plan, taught), prior=prior)


def _names_pairs(linker: Linker, rule: str) -> bool:
    """Whether a rule names any pair: a round without one would leave the linker broken."""
    question = (
        f"SELECT 1 FROM {TABLE} l, {TABLE} r WHERE l.{RECORD} < r.{RECORD} AND {rule} LIMIT 1"
    )
    return bool(linker._db_api.duckdb_con.execute(in_dialect(question, DUCKDB)).fetchall())


def usual_prior(records: int) -> float:
    """The share of pairs that are one person where nothing tells it: a pair for each record."""
    return 1 / max(records, 10)


def _prior(linker: Linker, plan: Plan, records: int) -> float:
    """The share of pairs that are one person, from the pairs that nearly surely are."""
    rules: list[str | BlockingRuleCreator] = [in_dialect(r, DUCKDB) for r in plan.training.sure]
    try:
        linker.training.estimate_probability_two_random_records_match(
            rules, recall=plan.training.sure_recall
        )
    except ValueError:
        # few records, nearly all of them one person: more pairs than the recall lets
        return usual_prior(records)
    found = linker.misc.save_model_to_json()["probability_two_random_records_match"]
    return float(found) if 0 < found < 1 else usual_prior(records)


def with_own_prior(raw: pl.DataFrame, plan: Plan, numbers: Parameters, records: int) -> Scored:
    """Splink's pairs with the prior that they tell themselves; those worth keeping, in order."""
    pairs = in_order(raw)
    odds, prior = own_prior(pairs["probability"].to_numpy(), numbers.prior, records)
    told = pairs.with_columns(pl.Series("probability", odds).clip(0, MOST_SURE))
    kept = told.filter(pl.col("probability") >= plan.kept)
    return Scored(kept, replace(numbers, prior=prior))


def in_order(raw: pl.DataFrame) -> pl.DataFrame:
    """Splink's pairs with the smaller record left, each once, sorted."""
    ends = pl.col(f"{RECORD}_l"), pl.col(f"{RECORD}_r")
    return raw.select(
        pl.min_horizontal(ends).cast(pl.Int64).alias("left"),
        pl.max_horizontal(ends).cast(pl.Int64).alias("right"),
        pl.col("match_probability").cast(pl.Float64).alias("probability"),
    ).sort("left", "right")


@contextmanager
def _linker(features: pl.DataFrame, plan: Plan, numbers: Parameters | None) -> Iterator[Linker]:
    import duckdb
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(":memory:")
    connection.execute("SET threads = 2").fetchall()
    try:
        api = DuckDBAPI(connection)
        table = api.register(features.to_arrow(), dataset_display_name=TABLE)
        prior = numbers.prior if numbers else usual_prior(features.height)
        yield Linker(table, settings(plan, DUCKDB, prior, numbers), log_level=None)
    finally:
        connection.close()
