"""``aiqyn estimate --by COLUMN`` and ``--years COLUMN``: groups of a table and change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn.errors import AnswerRefused, UsageRefused

if TYPE_CHECKING:
    from aiqyn.estimates.multiple_systems import Options
    from aiqyn.estimates.subgroups.answer import Subgroups
    from aiqyn.estimates.subgroups.stratified_table import StratifiedTable

YEAR = {"year", "год", "жыл"}  # names of a column that hold years without --years


def groups_of_file(path: str | Path, by: str | None, years: str | None) -> StratifiedTable | None:
    """The table with its groups; None when neither option is given.

    Raises
    ------
    UsageRefused (EST-079) for both options with different columns.
    """
    from aiqyn.estimates.subgroups.stratified_table import strata_of_file

    if by and years and by != years:
        raise UsageRefused("EST-079", by=by[:40], years=years[:40])
    column = years or by
    return strata_of_file(path, column) if column else None


def groups_answered(
    groups: StratifiedTable, asked: Options, *, years: str | None, whole: str, lang: str
) -> dict[str, Any]:
    """``by``, for years ``change`` and ``detection_probability`` too, and ``text`` for people."""
    from aiqyn.estimates.subgroups.estimation import by_stratum

    in_time = bool(years) or groups.dimension.casefold() in YEAR
    try:
        found = by_stratum(
            groups,
            whole=whole,  # type: ignore[arg-type]  # checked there
            level="own" if in_time else "pooled",
            pthresh=asked.pthresh,
            boot=asked.boot,
            seed=asked.seed,
        )
    except AnswerRefused as refusal:
        return _refused(groups.dimension, refusal, lang)
    answer: dict[str, Any] = {"by": found.to_json(lang) | {"refused": False, "why": None}}
    if in_time:
        return answer | _change(found, lang)
    return answer | {"text": found.text(lang)}


def _change(found: Subgroups, lang: str) -> dict[str, Any]:
    from aiqyn.estimates.years.change import crime_or_detection

    split = crime_or_detection(found)
    return split.to_json(lang) | {"text": f"{found.text(lang)}\n\n{split.text(lang)}"}


def _refused(dimension: str, refusal: AnswerRefused, lang: str) -> dict[str, Any]:
    text = f"{refusal.text(lang)} {refusal.mend(lang)}"
    why = {"code": refusal.code, "text": text}
    by: dict[str, Any] = {
        "dimension": dimension,
        "strata": [],
        "sum": None,
        "refused": True,
        "why": why,
    }
    return {"by": by, "text": text}
