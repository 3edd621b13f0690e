"""Splink alone, on features that are ready: what `aiqyn link` adds to it is held against this.

The plan, the numbers and the settings are those of `aiqyn link`; nothing is read but the features,
nothing is written, and the persons are Splink's own clusters.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

SEED = 20261


def raw_splink(out: str, model: str = "") -> Mapping[str, Any]:
    """Processor seconds of each stage on the features in the linkage folder `out`.

    Parameters
    ----------
    model : file of numbers learnt before; without one they are learnt
    """
    import polars as pl

    from aiqyn.linkage.model import duckdb_engine as engine
    from aiqyn.linkage.model.own_prior import LEAST_ROOM
    from aiqyn.linkage.model.parameters import read_parameters
    from aiqyn.linkage.model.plan import shipped_plan

    features = pl.read_parquet(Path(out) / "private" / "features.parquet")
    plan = shipped_plan()
    logging.getLogger("splink").setLevel(logging.ERROR)
    _imported()
    marks = [time.process_time()]
    numbers = read_parameters(model) if model else engine.learn(features, plan, SEED)
    marks.append(time.process_time())
    with engine._linker(features, plan, numbers) as linker:
        marks.append(time.process_time())
        pairs = linker.inference.predict(
            threshold_match_probability=plan.kept * LEAST_ROOM, warning_mode="never"
        )
        marks.append(time.process_time())
        linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, plan.counting)
        marks.append(time.process_time())
    spent = [after - before for before, after in pairwise(marks)]
    return {
        **dict(zip(("train", "register", "predict", "cluster"), spent, strict=True)),
        "stages": sum(spent),
    }


def _imported() -> None:
    """Splink and DuckDB before the clock of the stages starts; the process pays for them."""
    import duckdb  # noqa: F401  # for what its loading costs
    import splink  # noqa: F401  # the same
