"""What is measured, and how; each function gives its rows of the table."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from benches.children import ROOT, Spent, aiqyn, run, work
from benches.rows import Row, failed, ratio, skipped

SHARED = ROOT.parent / "shared" / "data"
PUBLIC_FILES = {
    "GLOTIP": SHARED / "glotip" / "data_glotip_2023-05-30.csv.gz",
    "CTDC": SHARED / "ctdc" / "ctdc_global_synthetic_2002_2021.csv.gz",
}
YEAR = "2025"
REPEATS = 5  # cold starts; the best of them is the program's, the others' excess the machine's


@cache
def limits() -> dict[str, dict[str, float]]:
    """``limits.toml``."""
    return tomllib.loads((ROOT / "benches" / "limits.toml").read_text(encoding="utf-8"))


def builds(folder: Path, sizes: Sequence[int]) -> Iterator[Row]:
    """`aiqyn build` of the invented country at each size, and how the time grows with the data."""
    built: dict[int, tuple[Spent, dict[str, Any]]] = {}
    for size in sizes:
        country = folder / f"demo-{size}"
        work("write", country, str(size))
        spent = aiqyn("build", country, "--json")
        what = f"build, {size:,} persons"
        if spent.code:
            yield failed(what, _last_line(spent))
            continue
        built[size] = spent, json.loads(spent.out)["stages"]
        yield from _one_build(what, *built[size])
    for small, large in pairwise(sorted(built)):
        yield from _growth(small, large, built[small], built[large])


def _one_build(what: str, spent: Spent, stages: dict[str, Any]) -> Iterator[Row]:
    yield Row(f"{what}: wall", spent.wall, "s")
    yield Row(f"{what}: processor", spent.cpu, "s")
    yield Row(f"{what}: peak memory", spent.peak_mb, "MB", limits()["build"]["peak_mb"])
    yield Row(f"{what}: rows read", stages["intake"]["notes"]["rows"], "rows")
    for name, stage in stages.items():
        yield Row(f"{what}: {name}", stage["cpu_seconds"], "s")


def _growth(
    small: int,
    large: int,
    before: tuple[Spent, dict[str, Any]],
    after: tuple[Spent, dict[str, Any]],
) -> Iterator[Row]:
    what, grown = f"{large:,} ÷ {small:,} persons", large / small
    yield ratio(f"{what}: wall", after[0].wall, before[0].wall, None)
    most = grown * limits()["build"]["growth"]
    yield ratio(f"{what}: processor", after[0].cpu, before[0].cpu, most)
    most = grown * limits()["stage"]["growth"]
    for name, stage in after[1].items():
        spent = (stage["cpu_seconds"], before[1][name]["cpu_seconds"])
        yield ratio(f"{what}: {name}", *spent, most)


def checks() -> Iterator[Row]:
    """`aiqyn check` of the two large public files."""
    for name, file in PUBLIC_FILES.items():
        if not file.is_file():
            yield skipped(f"check, {name}", f"{file.name} is not beside this checkout")
            continue
        spent = aiqyn("check", file, "--json")
        told = json.loads(spent.out)["files"][0] if spent.out else {"rows": 0}
        if not told["rows"]:
            yield failed(f"check, {name}", "the file was not read")
            continue
        what = f"check, {name}, {told['rows']:,} rows"
        yield Row(f"{what}: wall", spent.wall, "s")
        yield Row(f"{what}: processor", spent.cpu, "s", limits()["check"]["seconds"])
        yield Row(f"{what}: speed", told["rows"] / spent.cpu, "rows/s")
        yield Row(f"{what}: peak memory", spent.peak_mb, "MB")


def classifying(folder: Path, size: int, records: int) -> Iterator[Row]:
    """Records under the four definitions: as they come, and at worst, when no two are alike."""
    kinds: dict[str, str | Path] = {
        "as they come": folder / f"demo-{size}",
        "hardly two alike": "random",
    }
    for kind, source in kinds.items():
        what = f"classify, {records:,} records {kind}"
        spent = work("classify", source, str(records))
        if spent.code:
            yield failed(what, _last_line(spent))
            continue
        told = json.loads(spent.out)
        yield Row(f"{what}: situations", told["situations"], "")
        yield Row(f"{what}: processor", told["cpu"], "s")
        yield Row(f"{what}: speed", records / told["cpu"], "records/s")
        yield Row(f"{what}: peak memory", spent.peak_mb, "MB")


def clearing(folder: Path, sizes: Sequence[int]) -> Iterator[Row]:
    """The attack and the defence over the demo's tables; it grows with cells, not with persons."""
    for size in sizes:
        what = f"disclosure, {size:,} persons"
        spent = work("clear", folder / f"demo-{size}")
        if spent.code:
            yield failed(what, _last_line(spent))
            continue
        told = json.loads(spent.out)
        yield Row(f"{what}: cells", told["cells"], "cells")
        yield Row(f"{what}: hidden", told["hidden"], "cells")
        yield Row(f"{what}: processor", told["cpu"], "s")


def rendering(folder: Path, size: int, languages: Sequence[str]) -> Iterator[Row]:
    """Each language of the report by itself."""
    for lang in languages:
        spent = work("render", folder / f"demo-{size}", lang, YEAR)
        if spent.code:
            yield failed(f"report, {lang}", _last_line(spent))
            continue
        told = json.loads(spent.out)
        yield Row(f"report, {lang}: charts, page, PDF: processor", told["cpu"], "s")
        yield Row(f"report, {lang}: charts, page, PDF: wall", told["wall"], "s")
        for kind in ("html", "pdf"):
            yield Row(f"report, {lang}: {kind}", told["bytes"][kind] / 1024, "KB")


def cold_start() -> Iterator[Row]:
    """`aiqyn --help` from nothing."""
    runs = [aiqyn("--help") for _ in range(REPEATS)]
    yield Row("aiqyn --help: wall, best of five", min(r.wall for r in runs), "s")
    most = limits()["help"]["seconds"]
    yield Row("aiqyn --help: processor", min(r.cpu for r in runs), "s", most)


def first_report(folder: Path) -> Iterator[Row]:
    """From a clean clone to the first report: one command; the package cache is warm."""
    what = "clean clone to first report"
    if not (ROOT / ".git").exists() or not shutil.which("git") or not shutil.which("make"):
        yield skipped(what, "needs git, make and a checkout with its history")
        return
    clone = folder / "clone"
    run(["git", "clone", "--quiet", "--no-local", ROOT, clone])
    spent = run(["make", "--silent", "report"], cwd=clone, environment=_of_a_fresh_shell())
    made = sorted(clone.glob(f"*/published/{YEAR}/report.*"))
    if spent.code or not made:
        yield failed(what, _last_line(spent))
        return
    yield Row(f"{what}: wall", spent.wall, "s", limits()["clone"]["seconds"])
    yield Row(f"{what}: processor", spent.cpu, "s")
    yield Row(f"{what}: files", len(made), "files")


def _of_a_fresh_shell() -> dict[str, str]:
    """The environment without what an outer make or an open .venv puts there."""
    ours = ("MAKE", "MFLAGS", "VIRTUAL_ENV", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _last_line(spent: Spent) -> str:
    return (spent.err.strip().splitlines() or ["no message"])[-1]


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for the countries and the clone; gone at the end."""
    return tempfile.TemporaryDirectory(prefix="aiqyn-bench-")
