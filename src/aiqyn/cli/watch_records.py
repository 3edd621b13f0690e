"""``aiqyn watch --records FILE.csv``: new and rising combinations, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from rich.table import Table

    from aiqyn.signals.combinations.judged import Emerging, NewCombinations
    from aiqyn.signals.series.judged import Caution

PLACES = ("place", "region", "region_origin", "region_exploitation", "district", "route")
OF_GROUPS = 0.25  # false alarms that groups of values may add
WIDE = 100  # columns of a terminal; on a narrower one a year is drawn
WIDEST = {"since": 10, "q": 5, "months": 12}
BARS = " ▁▂▃▄▅▆▇█"


def watch_records(
    file: Path,
    *,
    column: str,
    attributes: Sequence[str],
    as_of: date | None,
    today: date,
    seed: int = 1,
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn watch --records FILE.csv --json``.

    Raises
    ------
    InputRefused, UsageRefused, AnswerRefused (SIG-077 … SIG-085).
    """
    import numpy as np

    from aiqyn.signals import new_combinations
    from aiqyn.signals.combinations.records_file import read_records

    given = read_records(file, column, attributes)
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
        "signals": [_signal(one, found) for one in found.signals],
        "windows": list(found.windows),
        "shuffled": found.drawn,
        "seen_from": [
            {"share_before": share, "records": records, "expected": round(expected, 1)}
            for share, records, expected in found.seen_from
        ],
        "seed": seed,
        "cautions": _told((*given.cautions, *found.cautions), lang),
    }


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


def print_records(answer: Mapping[str, Any], lang: str = "en") -> None:
    """What was watched, a row a signal, what each rests on, and the cautions."""
    from rich.console import Console

    console = Console(highlight=False)
    console.print(_sentence("watch.records.head", lang, answer), markup=False)
    if answer["signals"]:
        console.print(_table(answer["signals"], lang, 24 if console.width >= WIDE else 12))
    else:
        console.print(words.say("watch.records.none", lang), markup=False)
    for one in answer["seen_from"][:1] + answer["seen_from"][2:3]:
        console.print(_seen(one, answer, lang), markup=False)
    days = [str(i) for i, s in enumerate(answer["signals"], 1) if s["cards"][0]["mostly_one_day"]]
    if days:
        told = words.say("watch.records.one_day", lang, numbers=", ".join(days))
        console.print(f"! {told}", markup=False)
    console.print(words.say("watch.records.meaning", lang), markup=False)
    for caution in answer["cautions"]:
        console.print(f"! {caution['text']} ({caution['code']})", markup=False)


def _sentence(key: str, lang: str, answer: Mapping[str, Any]) -> str:
    return words.say(
        key,
        lang,
        records=words.number(answer["accepted"], lang),
        day=words.long_date(date.fromisoformat(answer["as_of"]), lang),
        series=words.number(answer["series"], lang),
        false=words.number(answer["expected_false_alarms"], lang, decimals=1),
    )


def _seen(one: Mapping[str, Any], answer: Mapping[str, Any], lang: str) -> str:
    return words.say(
        "watch.records.seen_from",
        lang,
        share=words.percent(one["share_before"], lang),
        months=answer["windows"][-1],
        records=words.number(one["records"], lang),
        expected=words.number(one["expected"], lang, decimals=1),
    )


def _table(signals: Sequence[Mapping[str, Any]], lang: str, months: int) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("number", "what", "since", "records", "share", "months", "q"):
        table.add_column(
            words.say(f"watch.records.heading.{name}", lang),
            justify="left" if name in ("what", "since", "months") else "right",
            overflow="fold",
            min_width=WIDEST.get(name),
        )
    for place, one in enumerate(signals, 1):
        table.add_row(*_row(place, one, lang, months))
    return table


def _row(place: int, one: Mapping[str, Any], lang: str, months: int) -> tuple[str, ...]:
    card = one["cards"][0]
    observed = words.number(one["observed"], lang)
    usual = words.number(one["expected"], lang, decimals=1)
    shares = (words.percent(card[f"share_{when}"], lang, decimals=1) for when in ("before", "now"))
    return (
        str(place),
        "\n".join(_valued(name, one, lang) for name in one["what"]),
        "\n".join((one["since"], words.say(f"watch.records.kind.{one['kind']}", lang))),
        f"{observed} / {usual}".replace(" ", words.NO_BREAK),
        "\n→ ".join(shares),
        _bars(card["by_month"][-months:]),
        words.number(one["q"], lang, decimals=3),
    )


def _valued(name: str, one: Mapping[str, Any], lang: str) -> str:
    """An attribute with its value, or with the values of which a record has one."""
    if name not in one.get("any_of", {}):
        return f"{name}: {one['what'][name]}"
    values = ", ".join(one["any_of"][name])
    return words.say("watch.records.one_of", lang, name=name, values=values)


def _bars(counts: Sequence[int]) -> str:
    """A bar a month, the latest last; the tallest is the month with most."""
    most = max(*counts, 1)
    return "".join(BARS[-(-count * (len(BARS) - 1) // most)] for count in counts)
