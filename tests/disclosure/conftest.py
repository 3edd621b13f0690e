"""Small publications to attack and protect."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import pytest

from aiqyn.disclosure import (
    CountTable,
    PublishedTable,
    Release,
    Rules,
    count_table,
    load_rules,
)
from aiqyn.disclosure.sums import known_sums


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules()


@pytest.fixture(scope="session")
def count() -> Callable[..., CountTable]:
    """Counts persons given as rows of codes: ``count("t", "sex age", ["f child", "m adult"])``."""

    def build(name: str, dims: str, persons: Sequence[str], **options: object) -> CountTable:
        names = dims.split()
        rows = [dict(zip(names, p.split(), strict=True)) for p in persons]
        return count_table(name, pl.DataFrame(rows), names, **options)

    return build


@pytest.fixture(scope="session")
def only_primary() -> Callable[..., Release]:
    """What a careless office does: small cells replaced, nothing else."""

    def build(tables: Sequence[CountTable], rules: Rules) -> Release:
        sums, printed = known_sums(tables), []
        for table in tables:
            small = pl.col("n").is_between(rules.smallest, rules.largest)
            status = pl.when(small).then(pl.lit("small")).otherwise(pl.lit("shown"))
            cells = table.counts.with_columns(
                status.alias("status"), pl.when(~small).then(pl.col("n")).alias("n")
            )
            printed.append(PublishedTable(table.name, table.axes, cells, sums[table.name]))
        return Release(tuple(printed))

    return build
