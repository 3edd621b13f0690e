"""Linkage on lists of invented persons whose truth is known: errors, and what they cost.

Shares that must not fall are told as what is missing from one, for a row has a most, not a least.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benches.children import Spent, aiqyn, work
from benches.measures import _last_line, limits
from benches.rows import Row, failed, ratio

SCHEMES = ("first", "second")
SEED = "20261"  # drawn for no other purpose: nothing was tuned on it
REPEATS = 3  # of two seconds: the least is the program's, the others' excess the machine's
LARGE = 200_000  # persons; what more of them cost is shown and not judged


def linking(folder: Path, sizes: Sequence[int], schemes: Sequence[str] = SCHEMES) -> Iterator[Row]:
    """`aiqyn link` of both ways of writing at each size, beside a linkage of raw text."""
    for scheme in schemes:
        linked: dict[int, Spent] = {}
        for size in sizes:
            lists, out = folder / f"lists-{scheme}-{size}", folder / f"linked-{scheme}-{size}"
            what = f"link, {scheme} scheme, {size:,} persons"
            told = json.loads(work("lists", lists, str(size), scheme, SEED).out)
            spent = aiqyn("link", *told["files"], "--out", out, "--seed", SEED, "--json")
            if spent.code:
                yield failed(what, _last_line(spent))
                continue
            linked[size] = spent
            yield from _costs(what, size, spent)
            yield from against_splink(what, spent, told["files"], out)
            yield from _errors(what, size, lists, out)
        for small, large in pairwise(sorted(linked)):
            yield _growth(scheme, small, large, linked)


def _costs(what: str, size: int, spent: Spent) -> Iterator[Row]:
    yield Row(f"{what}: processor", spent.cpu, "s")
    most = limits()["link"]["peak_mb"] if size <= LARGE else None
    yield Row(f"{what}: peak memory", spent.peak_mb, "MB", most)
    for stage, seconds in json.loads(spent.out)["seconds"].items():
        yield Row(f"{what}: {stage}", seconds, "s")


def against_splink(what: str, spent: Spent, files: Sequence[str], out: Path) -> Iterator[Row]:
    """The whole command beside Splink alone, learning its numbers and with numbers learnt before.

    Both are processes of their own, so that both pay for starting Python and importing Splink; the
    rows without a limit hold the command against the seconds of the stages only.
    """
    model = out / "model.json"
    stored = ("link", *files, "--out", f"{out}-again", "--model", model, "--json")
    runs = [(aiqyn(*stored), work("raw_splink", out, model)) for _ in range(REPEATS)]
    again, alone = (min(each, key=_seconds) for each in zip(*runs, strict=True))
    for how, ours, raw in (
        ("learning", spent, work("raw_splink", out)),
        ("stored model", again, alone),
    ):
        name = f"{what}, {how}: processor ÷ Splink alone"
        if ours.code or raw.code:
            yield failed(name, _last_line(ours if ours.code else raw))
            continue
        most = limits()["link"]["splink_stored" if how == "stored model" else "splink"]
        yield ratio(name, ours.cpu, raw.cpu, most)
        yield ratio(f"{name}, its stages only", ours.cpu, json.loads(raw.out)["stages"], None)


def _seconds(spent: Spent) -> float:
    """Processor time; a run that failed counts as none, so that it is the one that is told."""
    return 0.0 if spent.code else spent.cpu


def _errors(what: str, size: int, lists: Path, out: Path) -> Iterator[Row]:
    scored = work("score_persons", lists, out)
    if scored.code:
        yield failed(f"{what}: scores", _last_line(scored))
        return
    raw = work("score_raw_text", lists)
    plain = json.loads(raw.out) if not raw.code else None
    yield from error_rows(what, size, json.loads(scored.out), plain)


def error_rows(
    what: str, size: int, scores: dict[str, Any], raw: dict[str, Any] | None
) -> Iterator[Row]:
    """Rows of the scores of persons for estimation, persons for casework, and of raw text."""
    ours, sure = scores["counting"], scores["casework"]
    limit = limits()["link"]["missing_f1_large" if size > 20_000 else "missing_f1"]
    most = limit if size <= LARGE else None
    yield Row(f"{what}: 1 − F1", 1 - ours["f1"], "", most)
    yield Row(f"{what}: 1 − precision", 1 - ours["precision"], "")
    yield Row(f"{what}: 1 − recall", 1 - ours["recall"], "")
    yield Row(f"{what}: 1 − exact persons", 1 - ours["exact"], "")
    yield Row(f"{what}: persons too many", ours["observed_difference"], "")
    yield Row(f"{what}: casework, 1 − precision", 1 - sure["precision"], "")
    yield Row(f"{what}: casework, 1 − recall", 1 - sure["recall"], "")
    if raw is None:
        yield failed(f"{what}: raw text", "the linkage of raw text failed")
        return
    gain = raw["f1"] - ours["f1"]
    yield Row(f"{what}: F1 of raw text − F1", gain, "", limits()["link"]["raw_text"])


def _growth(scheme: str, small: int, large: int, linked: dict[int, Spent]) -> Row:
    most = large / small * limits()["link"]["growth"]
    what = f"link, {scheme} scheme, {large:,} ÷ {small:,} persons: processor"
    return ratio(what, linked[large].cpu, linked[small].cpu, most)
