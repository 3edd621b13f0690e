"""``aiqyn where DIR``: areas by the expected number of people harmed, and a page for each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiqyn.words import number, say


def where_of_folder(
    folder: str | Path,
    *,
    sheets: str | Path | None = None,
    seed: int | None = None,
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn where --json``.

    Returns
    -------
    ``{"period", "detection", "areas": [{"area", "label", "expected", "lo95", "hi95", "rank_low",
    "rank_high", "tier", "groups", …}], "not_ranked", "openings", "sheets", "seed"}``; areas stand
    by tier, and within a tier by code.

    Raises
    ------
    InputRefused (PREV-059) without counts, AnswerRefused (PREV-053) with too few printed ones.
    """
    from aiqyn.observatory.where_to_act.answer import where_to_act
    from aiqyn.prevention.where_to_act.ranking import SEED
    from aiqyn.report.community_sheet import write_sheets

    found = where_to_act(Path(folder), seed=SEED if seed is None else seed)
    written = [] if sheets is None else write_sheets(found, Path(sheets))
    ranking = found.ranking.value
    return {
        "period": ranking.period,
        "detection": "known" if ranking.share_known else "unknown",
        "areas": [a.to_json(lang) | {"label": found.name(a.code, lang)} for a in ranking.areas],
        "not_ranked": [
            {"area": a, "label": found.name(a, lang), "reason": say(why, lang)}
            for a, why in ranking.not_ranked.items()
        ],
        "openings": found.openings,
        "sheets": written,
        "folder": None if sheets is None else str(sheets),
        "seed": ranking.seed,
    }


def print_where(answer: Mapping[str, Any], lang: str) -> None:
    """Print the areas by group, those without a place, and where the pages are."""
    from rich.console import Console

    show = Console(highlight=False, markup=False, soft_wrap=True).print
    key = "where.expected" if answer["detection"] == "known" else "where.expected_found"
    show(say(key, lang, year=answer["period"]))
    for area in answer["areas"]:
        told = {k: number(area[v], lang) for k, v in _NUMBERS.items()}
        show("  " + say("where.line", lang, area=area["label"], **told))
    for area in answer["not_ranked"]:
        show("  " + say("where.out", lang, area=area["label"], reason=area["reason"]))
    caution = "where.not.share" if answer["detection"] == "known" else "where.not.share_unknown"
    for line in (caution, "where.not.league", "where.not.persons"):
        show(say(line, lang))
    if answer["sheets"]:
        n = number(len(answer["sheets"]), lang)
        show(say("where.written", lang, n=n, folder=answer["folder"]))


_NUMBERS = {
    "tier": "tier",
    "value": "expected",
    "low": "lo95",
    "high": "hi95",
    "first": "rank_low",
    "last": "rank_high",
}
