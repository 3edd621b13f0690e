"""All files of the open-data folder, from cleared values alone."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence

import polars as pl

from aiqyn.disclosure import Cleared, Release
from aiqyn.report.open_data.about import About
from aiqyn.report.open_data.codebook import codebook, codebook_page
from aiqyn.report.open_data.ctdc_counts import ctdc_counts
from aiqyn.report.open_data.descriptor import descriptor
from aiqyn.report.open_data.open_tables import OpenTable, open_tables
from aiqyn.report.open_data.readme import readme
from aiqyn.report.open_data.sdmx import observations, sdmx_csv, sdmx_json

CTDC, SDMX = "data/ctdc_counts.csv", "sdmx/sdg_16_2_2"
ESTIMATES = "data/estimates_16_2_2.csv"
CODEBOOK = "codebook.csv"
SUMS = "SHA256SUMS"


def open_data(
    release: Cleared[Release], about: About, estimates: Cleared[pl.DataFrame] | None = None
) -> dict[str, bytes]:
    """Path in the folder -> content; the same publication gives the same bytes.

    Parameters
    ----------
    release : the tables; only `aiqyn.disclosure.clear` makes such a value
    estimates : SDG 16.2.2 with the estimate of those not detected, as far as the gate lets it
        through; None where it lets nothing through or there is none
    """
    tables = open_tables(release)
    book = codebook(tables, about)
    found = observations(release, about)
    files = {
        **_data(tables, about),
        CTDC: _csv(_printed(ctdc_counts(release, about.country), about)),
        CODEBOOK: _csv(book),
        f"{SDMX}.csv": sdmx_csv(found),
        f"{SDMX}.json": sdmx_json(found, about),
    }
    if estimates is not None:
        files[ESTIMATES] = _csv(estimates.value)
    # SDMX-JSON says itself what it is; a data package would read it as a descriptor.
    described = {path: content for path, content in files.items() if path != f"{SDMX}.json"}
    files["datapackage.json"] = descriptor(tables, described, about, exact_tables=True)
    pages = [f"codebook.{lang}.md" for lang in about.languages]
    others = [name for name in (CTDC, ESTIMATES, f"{SDMX}.csv", CODEBOOK) if name in files]
    for lang, page in zip(about.languages, pages, strict=True):
        files[page] = codebook_page(tables, book, about, lang).encode()
        files[f"README.{lang}.md"] = readme(tables, others, about, lang).encode()
    files[SUMS] = _sums(files)
    return files


def _data(tables: Sequence[OpenTable], about: About) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for table in tables:
        made[f"data/{table.name}.csv"] = _csv(table.printed(about.threshold))
        stream = io.BytesIO()
        table.frame.write_parquet(stream, compression="zstd", statistics=False)
        made[f"data/{table.name}.parquet"] = stream.getvalue()
    return made


def _printed(counts: pl.DataFrame, about: About) -> pl.DataFrame:
    """Numbers and marks, as text."""
    mark = pl.when(pl.col("status") == "small").then(pl.lit(f"<{about.threshold}"))
    return counts.with_columns(
        pl.coalesce(pl.col("persons").cast(pl.String), mark.otherwise(pl.lit("x"))).alias("persons")
    )


def _csv(frame: pl.DataFrame) -> bytes:
    return frame.write_csv(line_terminator="\n").encode()


def _sums(files: Mapping[str, bytes]) -> bytes:
    """As ``sha256sum --check`` reads it."""
    lines = (
        f"{hashlib.sha256(content).hexdigest()}  {path}" for path, content in sorted(files.items())
    )
    return ("\n".join(lines) + "\n").encode()
