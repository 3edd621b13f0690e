"""The answer of ``aiqyn watch --records`` as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from rich.table import Table

WIDE = 100  # columns of a terminal; on a narrower one a year is drawn
WIDEST = {"since": 10, "q": 5, "months": 12}
BARS = " ▁▂▃▄▅▆▇█"


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
    for i, one in enumerate(answer["signals"], 1):
        for other in one["other_explanations"]:
            console.print(f"! {i}: {other['text']}", markup=False)
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
        false=words.number(answer["expected_false_alarms"], lang, decimals=2),
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
