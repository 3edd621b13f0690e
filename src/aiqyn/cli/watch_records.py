"""``aiqyn watch --records FILE.csv``: new and rising combinations, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words
from aiqyn.cli.watch_changes import changes_for, explained

if TYPE_CHECKING:
    import polars as pl

    from aiqyn.signals.combinations.judged import Emerging, NewCombinations
    from aiqyn.signals.combinations.records_file import RecordsFile
    from aiqyn.signals.series.judged import Caution

PLACES = ("place", "region", "region_origin", "region_exploitation", "district", "route")
OF_GROUPS = 0.25  # false alarms that groups of values may add


def watch_records(
    file: Path,
    *,
    column: str,
    attributes: Sequence[str],
    as_of: date | None,
    today: date,
    detection_changes: Path | None = None,
    seed: int = 1,
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn watch --records FILE.csv --json``.

    Raises
    ------
    InputRefused, UsageRefused, AnswerRefused (SIG-077 … SIG-085); OBS-018, OBS-019 of the changes.
    """
    import numpy as np

    from aiqyn.signals import new_combinations
    from aiqyn.signals.combinations.records_file import read_records
    from aiqyn.signals.detection_changes import WHERE

    changes = changes_for(file, detection_changes)
    given = read_records(file, column, attributes, WHERE)
    latest = given.table[column].max()
    day = as_of or (min(latest, today) if isinstance(latest, date) else today)
    found = new_combinations(
        given.table,
        date=column,
        attributes=attributes,
        as_of=day,
        rng=np.random.default_rng(seed),
        of_groups=OF_GROUPS,
    )
    return {
        "as_of": found.as_of.isoformat(),
        "read": given.read,
        "accepted": found.records,
        "refused": given.read - found.records,
        "series": found.series,
        "tested": found.tested,
        "expected_false_alarms": found.expected_false_alarms,
        "signals": [
            {
                **_signal(one, found),
                "other_explanations": explained(
                    _rows(given, one), changes, one.since, found.as_of, column, lang
                ),
            }
            for one in found.signals
        ],
        "windows": list(found.windows),
        "shuffled": found.drawn,
        "seen_from": [
            {"share_before": share, "records": records, "expected": round(expected, 1)}
            for share, records, expected in found.seen_from
        ],
        "seed": seed,
        "cautions": _told((*given.cautions, *found.cautions), lang),
    }


def _rows(given: RecordsFile, one: Emerging) -> pl.DataFrame:
    """The records of a signal in its window."""
    import polars as pl

    from aiqyn.signals.combinations.known_records import ROW

    return given.table.filter(pl.col(ROW).is_in(list(one.records)))


def _signal(one: Emerging, found: NewCombinations) -> dict[str, Any]:
    what = _joined(one.what)
    return {
        "id": _id(what),
        "what": what,
        **_any_of(one.what),
        "where": {name: value for name, value in what.items() if name in PLACES},
        "since": one.since.isoformat(),
        "months": one.months,
        "observed": one.observed,
        "expected": round(one.expected, 2),
        "p": one.p,
        "q": one.q,
        "kind": one.kind,
        "cards": [_card(one, found)],
    }


def _card(one: Emerging, found: NewCombinations) -> dict[str, Any]:
    return {
        "share_before": one.share[0],
        "share_now": one.share[1],
        "per_month_before": one.per_month[0],
        "per_month_now": one.per_month[1],
        "before": one.before,
        "by_month": list(one.by_month),
        "busiest_day": one.busiest_day,
        "mostly_one_day": one.one_day,
        "beside": [_id(_joined(found.signals[i].what)) for i in one.after],
        "rows": list(one.records),
    }


def _joined(what: Mapping[str, str | tuple[str, ...]]) -> dict[str, str]:
    """Attribute -> value; values of a group with a bar between."""
    return {
        name: value if isinstance(value, str) else " | ".join(value) for name, value in what.items()
    }


def _any_of(what: Mapping[str, str | tuple[str, ...]]) -> dict[str, dict[str, list[str]]]:
    """The values of a group by attribute; nothing of a combination of single values."""
    several = {name: list(value) for name, value in what.items() if not isinstance(value, str)}
    return {"any_of": several} if several else {}


def _id(what: Mapping[str, str]) -> str:
    """The same combination has the same number in every run."""
    import json
    from hashlib import sha256

    told = json.dumps(dict(sorted(what.items())), ensure_ascii=False)
    return "C-" + sha256(told.encode()).hexdigest()[:8]


def _told(cautions: Iterable[Caution], lang: str) -> list[dict[str, Any]]:
    return [{"code": c.code, "text": words.say(c.code, lang, **c.slots)} for c in cautions]
