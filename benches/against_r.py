"""The estimates of the hidden number beside R: processor seconds here ÷ those that R took.

R's seconds are recorded, not measured here: another machine, one thread, R 4.2.2. SparseMSE's
thousand replicates are ten times its recorded hundred. So the ratios tell orders of magnitude.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benches.children import ROOT, work
from benches.measures import _last_line, limits
from benches.rows import Row, failed, ratio, skipped

SHARED = ROOT.parent / "shared"
REPLICATES = 1000


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work that R's record tells the seconds of.

    Attributes
    ----------
    kind : what `benches.work` calls it, and its heading in limits.toml
    what : words of the row
    method, settings : of R's record: its method, and words that stand in its settings
    package : whose it is; empty where R has no record and our seconds have their own limit
    table : the published table it is done on
    """

    kind: str
    what: str
    method: str = ""
    settings: str = ""
    package: str = ""
    table: str = "UKdat_5"


_BOOTSTRAP = ("stepwise", "1,000 replicates", "sparsemse_stepwise_bca", "pthresh=0.02", "SparseMSE")
TASKS = (
    *(Task(*_BOOTSTRAP, table) for table in ("Korea", "NewOrl_5", "Western", "UKdat_5")),
    Task("stepwise", "1,000 replicates", "mse12_stepwise_bca", "pthresh=0.02", "MSE12"),
    Task("search", "best of 1,024 models", "mse12_bic_all_models", "maxorder=2", "MSE12"),
    Task("every-order", "best of 6,893 models", "mse12_bic_all_models", "maxorder=4", "MSE12"),
    Task("existence", "1,024 models", "sparsemse_checkident_all", "two-list", "SparseMSE"),
    Task("bic-bootstrap", "1,000 searches of 1,024 models"),
    Task("eight-lists", "stepwise, 1,000 replicates", table="NewOrl"),
)


def against_r(shared: Path = SHARED) -> Iterator[Row]:
    """Stepwise replicates, searches over models and existence checks, on published tables."""
    recorded = shared / "golden" / "mse" / "expected.json"
    if not recorded.is_file():
        yield skipped("estimates beside R", f"{recorded.name}: not beside this checkout")
        return
    records = json.loads(recorded.read_text(encoding="utf-8"))["records"]
    ours: dict[tuple[str, str], float] = {}
    for task in TASKS:
        what = f"estimates, {task.table}: {task.kind}, {task.what}"
        place = task.kind, task.table
        if place not in ours:
            spent = work("estimate", task.kind, shared / "data" / "mse" / f"{task.table}.csv")
            if spent.code:
                yield failed(what, _last_line(spent))
                continue
            ours[place] = float(json.loads(spent.out)["cpu"])
            own = None if task.package else limits()["estimates"][task.kind]
            yield Row(f"{what}: processor", ours[place], "s", own)
        if task.package:
            yield _ratio(task, what, ours[place], records)


def _ratio(task: Task, what: str, ours: float, records: Sequence[dict[str, Any]]) -> Row:
    seconds = seconds_of_r(task, records)
    if seconds is None:
        return skipped(f"{what}: ÷ {task.package}", f"no record of {task.method}")
    what = f"{what}: ÷ {task.package}, {seconds:.3g} s of R"
    return ratio(what, ours, seconds, limits()["estimates"][task.kind])


def seconds_of_r(task: Task, records: Sequence[dict[str, Any]]) -> float | None:
    """R's processor seconds; a run of fewer replicates is scaled to 1,000."""
    for record in records:
        same = (record["dataset"], record["method"]) == (task.table, task.method)
        if same and task.settings in record["settings"] and record["cpu_seconds"]:
            run = re.search(r"nboot=(\d+)", record["settings"])
            return float(record["cpu_seconds"]) * (REPLICATES / int(run[1]) if run else 1)
    return None
