"""A linkage of the year before: its persons stand, only records that are new to it are linked."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

WHO = ("list", "record_id")


@dataclass(frozen=True, slots=True)
class Known:
    """Persons as an earlier linkage left them: `list`, `record_id`, `key`."""

    counting: pl.DataFrame
    casework: pl.DataFrame


def with_known(records: pl.DataFrame, pairs: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The pairs that may decide: those with a new record, and the known persons held together.

    Parameters
    ----------
    records : `record` (number), `list`, `record_id`
    pairs : `left`, `right`, `probability`
    known : `list`, `record_id`, `key`
    """
    old = records.select("record", *WHO).join(known, on=WHO).sort("key", "record")
    seen = old["record"].implode()
    new = pairs.filter(~(pl.col("left").is_in(seen) & pl.col("right").is_in(seen)))
    pair = old.join(old, on="key", suffix="_2").filter(pl.col("record") < pl.col("record_2"))
    held = pair.select(
        pl.col("record").cast(pl.Int64).alias("left"),
        pl.col("record_2").cast(pl.Int64).alias("right"),
        pl.lit(1.0).alias("probability"),
    )
    return pl.concat([new, held])


def with_decisions(
    records: pl.DataFrame, pairs: pl.DataFrame, decided: pl.DataFrame
) -> pl.DataFrame:
    """The pairs with what readers decided in the place of what the model held.

    Parameters
    ----------
    decided : `list_1`, `record_id_1`, `list_2`, `record_id_2`, `decision` (same, different)
    """
    number = records.select(pl.col("record").cast(pl.Int64), *WHO)
    ends = decided
    for side in (1, 2):
        on = {f"list_{side}": "list", f"record_id_{side}": "record_id"}
        ends = ends.join(
            number.rename({"record": f"end_{side}"}), left_on=list(on), right_on=list(on.values())
        )
    told = ends.select(
        pl.min_horizontal("end_1", "end_2").alias("left"),
        pl.max_horizontal("end_1", "end_2").alias("right"),
        (pl.col("decision") == "same").cast(pl.Float64).alias("probability"),
    )
    return pl.concat([pairs.join(told, on=["left", "right"], how="anti"), told])
