"""Synthetic data at epsilon 1 of 50,000 x 15 rows in CTDC's shape: how far off, and how dear.

Recorded for pac-synth 0.0.8 at the same epsilon, reporting lengths 2 and 3: two-way .232 and .110,
three-way .328 and .166 on this very file; the better one is the measure. Measured on another day.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benches.children import aiqyn, run
from benches.measures import PUBLIC_FILES, limits
from benches.rows import Row, failed, ratio, skipped

PAC_SYNTH = {"2": 0.110, "3": 0.166}


def synthetic(folder: Path) -> Iterator[Row]:
    """Total variation by number of columns, beside pac-synth's, and processor seconds."""
    what, source = "synthetic data, 50,000 × 15, epsilon 1", PUBLIC_FILES["CTDC"]
    if not source.is_file():
        yield skipped(what, f"{source.name} is not beside this checkout")
        return
    rows, out = folder / "ctdc_15.csv", folder / "synthetic.csv"
    run([sys.executable, "-m", "benches.synthetic_work", source, rows])
    spent = aiqyn("synthesise", rows, "--epsilon", "1", "--out", out, "--json")
    if spent.code:
        yield failed(what, (spent.err or spent.out)[-200:])
        return
    most, apart = limits()["synthetic"], json.loads(spent.out)["tv"]
    yield Row(f"{what}: one-way", apart["1"], "tv")
    for ways, name in (("2", "two_way"), ("3", "three_way")):
        yield Row(f"{what}: {name.replace('_', '-')}", apart[ways], "tv", most[name])
        other = f"{what}: {name.replace('_', '-')} ÷ pac-synth, {PAC_SYNTH[ways]:.3f} recorded"
        yield ratio(other, apart[ways], PAC_SYNTH[ways], most["pac_synth"])
    yield Row(f"{what}: processor", spent.cpu, "s", most["seconds"])
    yield Row(f"{what}: peak memory", spent.peak_mb, "MB")
