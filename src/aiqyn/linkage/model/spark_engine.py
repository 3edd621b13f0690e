"""The same model on Spark, for lists that one machine's memory does not hold.

The numbers are learnt on DuckDB, from a sample where there are many records: the share of pairs
that are one person is the same in a sample of records as in all of them. Spark scores the pairs.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from aiqyn.errors import UsageRefused
from aiqyn.linkage.model.duckdb_engine import Advance, Scored, learn, with_own_prior
from aiqyn.linkage.model.own_prior import LEAST_ROOM
from aiqyn.linkage.model.parameters import Parameters
from aiqyn.linkage.model.plan import Plan
from aiqyn.linkage.model.splink_settings import settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SPARK = "spark"
TO_LEARN_FROM = 200_000  # records; more teach the model nothing new
MEMORY = "6g"  # of the driver


def score_on_spark(
    features: pl.DataFrame,
    plan: Plan,
    numbers: Parameters | None,
    seed: int,
    advance: Advance = lambda done, what: None,
) -> Scored:
    """The pairs of one person, as `duckdb_engine.score` finds them.

    Raises
    ------
    UsageRefused (LINK-021) when Spark is not installed.
    """
    began = time.process_time()
    if numbers is None:
        sample = features.sample(min(TO_LEARN_FROM, features.height), seed=seed)
        numbers = learn(sample.sort("record"), plan, seed, advance)
    trained = time.process_time()
    advance(0.7, "predict")
    with tempfile.TemporaryDirectory() as folder, _session(Path(folder)) as session:
        raw = _predicted(session, features, plan, numbers, Path(folder))
    seconds = {"train": trained - began, "predict": time.process_time() - trained}
    scored = with_own_prior(raw, plan, numbers, features.height)
    return replace(scored, seconds=seconds)


def _predicted(
    session: SparkSession, features: pl.DataFrame, plan: Plan, numbers: Parameters, folder: Path
) -> pl.DataFrame:
    """The scored pairs; records go over as a file that the temporary folder's owner alone reads."""
    from splink import Linker, SparkAPI

    given, found = folder / "features.parquet", folder / "pairs"
    features.with_columns(pl.col("record").cast(pl.Int64)).write_parquet(given)
    api = SparkAPI(  # type: ignore[no-untyped-call]  # Splink's, untyped
        spark_session=session, break_lineage_method="parquet"
    )
    table = api.register(session.read.parquet(str(given)), dataset_display_name="records")
    linker = Linker(table, settings(plan, SPARK, numbers.prior, numbers), log_level=None)
    scored = linker.inference.predict(
        threshold_match_probability=plan.kept * LEAST_ROOM, warning_mode="never"
    )
    scored.as_spark_dataframe().write.parquet(str(found))
    return pl.read_parquet(found / "*.parquet")


@contextmanager
def _session(folder: Path) -> Iterator[SparkSession]:
    try:
        from pyspark.sql import SparkSession
        from splink.backends.spark import similarity_jar_location
    except ImportError:
        raise UsageRefused("LINK-021") from None
    session = (
        SparkSession.builder.master("local[2]")
        .appName("aiqyn link")
        .config("spark.driver.memory", MEMORY)
        .config("spark.jars", similarity_jar_location())
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.ui.enabled", "false")
        .config("spark.local.dir", str(folder / "spark"))
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .getOrCreate()
    )
    session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
