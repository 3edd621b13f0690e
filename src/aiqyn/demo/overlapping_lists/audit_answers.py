"""The answers of a searcher who knows the truth, or errs at a known rate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.demo.draws import Rng
from aiqyn.demo.overlapping_lists.true_persons import Truth

NONE = "none"


def answer_audit(
    audit_csv: Path,
    truth: Truth,
    out: Path | None = None,
    *,
    missed: float = 0.0,
    wrong: float = 0.0,
    seed: int = 1,
) -> Path:
    """Fill the column ``answer`` of the file of `aiqyn link audit` from the truth.

    Parameters
    ----------
    audit_csv : one row per record of each sampled person: ``list, record_id, …, answer``
    out : where to write; by default over `audit_csv`. Readable by the owner only
    missed : chance that the searcher overlooks a record of the person, each by itself
    wrong : chance that the searcher adds a record of somebody else, once a row

    Returns
    -------
    The file written. An answer is every other record of the person, ``list:record_id``
    joined by ``;``, or ``none``. Sealed records are in no answer: nobody may find them.
    """
    told = pl.read_csv(audit_csv, infer_schema=False)
    rng = np.random.default_rng([seed, 40])
    answers = list(_answers(rng, told, truth, missed, wrong))
    filled = told.with_columns(pl.Series("answer", answers, dtype=pl.String))
    place = out or audit_csv
    place.touch(mode=0o600)
    place.chmod(0o600)
    filled.write_csv(place)
    return place


def _answers(
    rng: Rng, told: pl.DataFrame, truth: Truth, missed: float, wrong: float
) -> Iterator[str]:
    open_ones = truth.records.filter(~pl.col("sealed"))
    place = pl.concat_str("list", pl.lit(":"), "record_id").alias("place")
    named = open_ones.select("person", "list", "record_id", place)
    everybody = named["place"]
    asked = told.select("list", "record_id").with_row_index("row")
    whose = asked.join(named, on=["list", "record_id"], how="left", maintain_order="left")
    if whose["person"].null_count():
        raise ValueError("the audit names records that are not in the lists, or are sealed")
    of_person = named.group_by("person").agg(pl.col("place").sort().alias("all"))
    joined = whose.join(of_person, on="person", how="left", maintain_order="left")
    for own, places in joined.select("place", "all").iter_rows():
        others = [x for x in places if x != own]
        found = [x for x in others if rng.random() >= missed]
        if rng.random() < wrong:
            found += _stranger(rng, everybody, places)
        yield ";".join(found) or NONE


def _stranger(rng: Rng, everybody: pl.Series, places: list[str]) -> list[str]:
    """A record of somebody else, drawn by chance; none when it is the person's own."""
    drawn = str(everybody[int(rng.integers(len(everybody)))])
    return [] if drawn in places else [drawn]
