"""Pieces of the package, measured from inside a process of their own: one JSON line on stdout.

``python -m benches.work classify random 1000000``, ``… clear DIR``, ``… render DIR kk 2025``,
``… estimate stepwise TABLE.csv``.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benches.linkage_work import LINKAGE_WORK

if TYPE_CHECKING:
    import polars as pl


@contextmanager
def _timed() -> Iterator[dict[str, float]]:
    """Seconds of wall and processor inside the block, its child processes included."""
    told: dict[str, float] = {}
    wall, cpu = time.perf_counter(), _cpu()
    yield told
    told |= {"wall": time.perf_counter() - wall, "cpu": _cpu() - cpu}


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def write(folder: str, persons: str) -> Mapping[str, Any]:
    """The invented country, written before the clock starts."""
    from aiqyn.demo import write_country

    made = write_country(Path(folder), persons=int(persons))
    return {"records": made.records}


def classify(source: str, records: str) -> Mapping[str, Any]:
    """Records under all four definitions: those of the demo over and over, or `source` random."""
    import polars as pl

    from aiqyn.standard import classify

    n = int(records)
    table = _random(n) if source == "random" else _of_the_demo(Path(source), n)
    facts = [pl.col(name).list.join(";") for name in ("acts", "means", "forms")]
    situations = table.select(pl.struct(facts).n_unique()).item()
    with _timed() as told:
        verdicts = classify(table)
    return {**told, "situations": situations, "verdicts": verdicts.height}


def _of_the_demo(folder: Path, n: int) -> pl.DataFrame:
    """Everybody exploited in the demo, as often as `n` needs."""
    import polars as pl

    facts = ("age", "acts", "means", "forms")
    persons = pl.read_parquet(folder / "truth" / "persons.parquet", columns=list(facts))
    often = pl.concat([persons] * (n // persons.height + 1)).head(n)
    return often.select(pl.int_range(n).cast(pl.String).alias("id"), *facts)


def _random(n: int) -> pl.DataFrame:
    """Every mixture of ages, acts, means and forms, one in ten of each not recorded."""
    import numpy as np
    import polars as pl

    from aiqyn.standard import code_list

    rng = np.random.default_rng(1)
    columns = {"id": pl.Series(np.arange(n)).cast(pl.String)}
    columns["age"] = pl.Series(rng.integers(4, 70, n))
    for element, name in {"acts": "act", "means": "means", "forms": "form"}.items():
        codes = pl.Series(code_list(name).codes())
        one, two = (codes.gather(rng.integers(0, len(codes), n)) for _ in range(2))
        columns[element] = _listed(one, two, pl.Series(rng.random(n)))
    return pl.DataFrame(columns)


def _listed(one: pl.Series, two: pl.Series, fate: pl.Series) -> pl.Series:
    """A list of one code or of two different ones; null where nothing was recorded."""
    import polars as pl

    both = pl.DataFrame({"one": one, "two": two, "fate": fate})
    alone = (pl.col("fate") < 0.7) | (pl.col("one") == pl.col("two"))
    codes = pl.when(alone).then(pl.concat_list("one")).otherwise(pl.concat_list("one", "two"))
    return both.select(pl.when(pl.col("fate") > 0.1).then(codes)).to_series()


def clear(folder: str) -> Mapping[str, Any]:
    """The stage that protects and attacks the tables of the demo, as the build runs it."""
    from aiqyn.observatory import STAGES, Observatory, table

    observatory = Observatory.open(Path(folder))
    stage = next(stage for stage in STAGES if stage.name == "disclosure")
    with _timed() as told:
        made = stage.run(
            observatory, lambda before, name: table(observatory, before, name), lambda *_: None
        )
    return {**told, **made.notes}


def render(folder: str, lang: str, year: str) -> Mapping[str, Any]:
    """One language of the report: charts, web page and PDF, from a model that is ready."""
    from aiqyn.observatory import STAGES, Observatory, build
    from aiqyn.observatory.publication import gather
    from aiqyn.report import compose
    from aiqyn.report import render as draw

    observatory = Observatory.open(Path(folder))
    manifests = build(observatory, STAGES)
    with _timed() as composing:
        model = compose(gather(observatory, manifests, int(year)))
    with _timed() as told:
        files = draw(model, (lang,))
    sizes = {name.rpartition(".")[2]: len(content) for name, content in files.items()}
    return {**told, "compose_cpu": composing["cpu"], "bytes": sizes}


def estimate(kind: str, file: str) -> Mapping[str, Any]:
    """A piece of the hidden number, on a table that is read.

    It runs once before the clock starts, so that libraries are loaded; then with nothing kept.
    """
    from aiqyn.estimates import best_model, existence_of_models, read_table, stepwise
    from aiqyn.estimates.intervals.resampling import SEED, draw
    from aiqyn.estimates.log_linear.hierarchical_models import model_terms

    table = read_table(file)
    pieces: dict[str, Callable[[], object]] = {
        # Given and not drawn by the method, which would raise them where a limit is at their edge.
        "stepwise": lambda: stepwise(table, tables=draw(table, 1000, SEED)),
        "eight-lists": lambda: stepwise(table, tables=draw(table, 1000, SEED)),
        "search": lambda: best_model(table, order=2, boot=0),
        "every-order": lambda: best_model(table, order=len(table.lists) - 1, boot=0),
        "bic-bootstrap": lambda: best_model(table, order=2, tables=draw(table, 1000, SEED)),
        "existence": lambda: existence_of_models(table),
    }
    pieces[kind]()
    model_terms.cache_clear()
    with _timed() as told:
        pieces[kind]()
    return told


WORK: dict[str, Callable[..., Mapping[str, Any]]] = {
    "write": write,
    "classify": classify,
    "clear": clear,
    "render": render,
    "estimate": estimate,
    **LINKAGE_WORK,
}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](*sys.argv[2:])))
