"""``aiqyn estimate TABLE.csv``: the hidden number, by one method or all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiqyn.estimates.multiple_systems import HiddenNumber

EVERY_METHOD_REFUSED = 4  # exit code


def estimate_of_file(
    path: str | Path,
    *,
    methods: Sequence[str] = ("stepwise",),
    pthresh: float = 0.02,
    order: int = 2,
    boot: int = 1000,
    seed: int | None = None,
    delta: float | None = None,
    replicates: str | Path | None = None,
    models: bool = False,
    stability: bool = False,
    linkage_audit: str | Path | None = None,
    by: str | None = None,
    years: str | None = None,
    whole: str = "parts",
    lang: str = "en",
) -> dict[str, Any]:
    """The answer as the contract of ``aiqyn estimate --json`` has it, and ``"text"`` for people.

    Parameters
    ----------
    models : add ``"existence"``: the code of every model of the order
    stability : add ``"stability"``: without each list, with each two as one, each list from the
        others, under dependence that no table shows and under missed and false links; the likely
        table where cells are ranges
    linkage_audit : answered audit of the linkage in the table's folder: each result gains
        ``"corrected"``
    by, years : column of groups, or of years: add ``"by"``, for years ``"change"`` too
    whole : "parts" or "table", what the groups add up to

    Raises
    ------
    InputRefused (EST-001 … EST-015) for the table or the replicates, (LINK-007, LINK-011 …
    LINK-014, LINK-034) for the audit, UsageRefused (EST-031, EST-032) for the options.
    """
    from aiqyn.cli.estimate_by import groups_answered, groups_of_file
    from aiqyn.estimates.intervals.resampling import SEED
    from aiqyn.estimates.linkage_error.audited_persons import audit_of
    from aiqyn.estimates.linkage_error.by_hand import audited_in
    from aiqyn.estimates.linkage_error.correcting_all import with_corrections
    from aiqyn.estimates.log_linear.every_model import existence_json
    from aiqyn.estimates.multiple_systems import Options, full_table, hidden_number
    from aiqyn.estimates.stability.of_table import stability_of
    from aiqyn.estimates.tables.table_files import read_counts, read_replicates
    from aiqyn.linkage.audit.measuring import audited_linkage, by_hand

    groups = groups_of_file(path, by, years)
    table = groups.whole if groups else read_counts(path)
    tables = None if replicates is None else read_replicates(replicates, table)
    options = Options(pthresh, order, boot, SEED if seed is None else seed, tables, delta)
    linked = linkage_audit and audited_linkage(Path(path).parent, linkage_audit)
    found = hidden_number(table, methods, options)
    if linked:
        hand = audited_in(full_table(table), by_hand(Path(path).parent, linked.drawn))
        found = with_corrections(found, table, audit_of(linked.drawn), options, hand)
        found = _with_doubts(found, linked.cautions)
    answer = found.to_json(lang)
    if models:
        answer["existence"] = existence_json(table, order)
    text = found.text(lang)
    if stability:
        firm = stability_of(full_table(table), pthresh=pthresh, seed=options.seed)
        answer["stability"], text = firm.to_json(lang), f"{text}\n\n{firm.text(lang)}"
    if groups:
        parts = groups_answered(groups, options, years=years, whole=whole, lang=lang)
        text = f"{text}\n\n{parts.pop('text')}"
        answer |= parts
    return answer | {"text": text}


def _with_doubts(
    found: HiddenNumber, doubts: Iterable[tuple[str, Mapping[str, object]]]
) -> HiddenNumber:
    """The same answers, each with what must be said of the audit."""
    from aiqyn.estimates.results import Caution

    told = [Caution(*doubt) for doubt in doubts]
    results = (replace(r, cautions=(*r.cautions, *told)) for r in found.results)
    return replace(found, results=tuple(results))


def exit_code(answer: Mapping[str, Any]) -> int:
    """4 when every method or the groups asked for refused, else 0: a caution is no failure."""
    no_groups = answer.get("by", {}).get("refused", False)
    no_answer = no_groups or all(r["refused"] for r in answer["results"])
    return EVERY_METHOD_REFUSED if no_answer else 0


def print_estimate(answer: Mapping[str, Any]) -> None:
    """Print the paragraphs: a method each, then what the report may print."""
    from rich.console import Console

    Console().print(answer["text"], highlight=False, markup=False)
