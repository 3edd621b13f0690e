"""The truth, beside the observatory and never read by its build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from aiqyn.demo.tables import folder, lists


def with_lists(people: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """The persons with ``on_<list>`` and ``first_detected`` from the records that were sent."""
    sent = records.filter("sent")
    listed = sent.group_by("person").agg(
        *(pl.col("list").eq(name).any().alias(f"on_{name}") for name in lists()),
        pl.col("date_detected").min().alias("first_detected"),
    )
    joined = people.join(listed, on="person", how="left", maintain_order="left")
    return joined.with_columns(pl.col("^on_.*$").fill_null(False))


def write_truth(
    place: Path,
    *,
    tables: Mapping[str, pl.DataFrame],
    faults: pl.DataFrame,
    seed: int,
    persons: int,
    years: tuple[int, int],
) -> None:
    """Write ``truth/``."""
    place.mkdir()
    for name, table in tables.items():
        table.write_parquet(place / f"{name}.parquet", compression="zstd", statistics=False)
    faults.write_csv(place / "faults.csv")
    told = {"persons": persons, "seed": seed, "first": years[0], "last": years[1]}
    readme = folder("demo", "truth_readme.md").read_text(encoding="utf-8").format(**told)
    (place / "README.md").write_text(readme, encoding="utf-8")
    for name in ("lists", "referrals", "detection_changes", "region_truth", "forms"):
        text = folder("demo", f"{name}.csv").read_text(encoding="utf-8")
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    text = folder("demo", "truth.toml").read_text(encoding="utf-8")
    (place / "truth.toml").write_text(text, encoding="utf-8")
    (place / "programmes.toml").write_text(_tables_of(text, "programme"), encoding="utf-8")
    (place / "patterns.toml").write_text(_tables_of(text, "pattern"), encoding="utf-8")


def _tables_of(text: str, name: str) -> str:
    """The ``[[name]]`` tables of a TOML text, as they stand."""
    _, *rest = text.split("\n[[")
    kept = [part.rstrip() for part in rest if part.startswith(f"{name}]]")]
    plain = ["\n".join(li for li in part.splitlines() if not li.startswith("#")) for part in kept]
    return "\n\n".join("[[" + part.rstrip() for part in plain) + "\n"
