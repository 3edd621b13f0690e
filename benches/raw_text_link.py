"""A linkage that knows nothing of names: small letters and no more, to hold the real one against.

The model is Splink's plain one, with blocking and comparisons that a first try would have.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl
    from splink import SettingsCreator

NAMES = ("given", "surname", "patronymic")
SURE = 0.9
MOST_PAIRS = 1_000_000  # drawn at random for the u probabilities
RULES = (
    ("national_id",),
    ("dob",),
    ("given", "surname"),
    ("surname", "year"),
    ("given", "year", "region"),
)
TRAINED_ON = (("dob",), ("given", "surname"))


def link(files: Sequence[Path], *, sure: float = SURE) -> pl.DataFrame:
    """``list, record_id, person_id`` of the lists, names in small letters only."""
    import polars as pl

    small = pl.col(*NAMES).str.to_lowercase()
    read = {file.stem: pl.read_csv(file, infer_schema=False) for file in sorted(files)}
    return link_records({name: table.with_columns(small) for name, table in read.items()}, sure)


def link_records(lists: dict[str, pl.DataFrame], sure: float = SURE) -> pl.DataFrame:
    """The same with names as they stand in the columns of `NAMES`."""
    import duckdb
    import polars as pl
    from splink import DuckDBAPI, Linker, block_on

    api = DuckDBAPI(duckdb.connect())
    tables = [
        api.register(_prepared(table).to_arrow(), dataset_display_name=name)
        for name, table in lists.items()
    ]
    linker = Linker(tables, _settings(), log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("dob", "sex")], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=1)
    for rule in TRAINED_ON:
        training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, sure)
    table = pl.DataFrame(clusters.as_pyarrow_table())
    return table.select(
        pl.col("source_dataset").alias("list"),
        pl.col("unique_id").alias("record_id"),
        pl.col("cluster_id").alias("person_id"),
    )


def _prepared(records: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    year = pl.col("dob").str.slice(0, 4).alias("year")
    return records.select(
        pl.col("record_id").alias("unique_id"),
        *NAMES,
        "dob",
        year,
        "sex",
        "citizenship",
        "region",
        "national_id",
    )


def _settings() -> SettingsCreator:
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    names = [cl.JaroWinklerAtThresholds(name, [0.92, 0.8]) for name in NAMES]
    others = [cl.ExactMatch(name) for name in ("sex", "citizenship", "region", "national_id")]
    return SettingsCreator(
        link_type="link_and_dedupe",
        comparisons=[*names, cl.LevenshteinAtThresholds("dob", [1, 2]), *others],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
    )
