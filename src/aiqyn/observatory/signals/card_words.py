"""The card of a signal in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from aiqyn import words
from aiqyn.observatory.signals.cluster_map import region_rows, region_tiles
from aiqyn.observatory.signals.desk import Desk, digest_file, frame, languages, other_reasons, rate
from aiqyn.observatory.signals.naming import share_of_false
from aiqyn.observatory.signals.states import STATES, precision_sentence
from aiqyn.observatory.signals.told import Told
from aiqyn.report.early_signals import CardPage, alarm_chart, named_tiles
from aiqyn.report.early_signals.bar_chart import legend_marks
from aiqyn.signals.watching_country.bars import Bar
from aiqyn.signals.watching_country.signal import Signal

LEGEND = ("found", "over", "coming", "nowcast", "expected")
MOST_MARKED = 4


def card_page(one: Told, desk: Desk) -> CardPage:
    """The card of a signal."""
    signal = one.signal
    what, where = desk.names.what(signal.cell), desk.names.where(signal.cell)
    labels = [f"{bar.first.day:02d}.{bar.first.month:02d}" for bar in signal.bars]
    last = signal.bars[-1]
    slots = {
        "title": f"{what}, {where}",
        "found": last.found,
        "least": last.least,
        "most": last.most,
    }
    alt = desk.say("chart.alt", expected=rate(last.expected, desk), **slots)
    return CardPage(
        frame=frame(desk, {code: f"{one.id}.{code}.html" for code in languages(desk)}),
        eyebrow=desk.say("card.eyebrow", id=one.id),
        states=tuple(_steps(one, desk)),
        title=what,
        where=where,
        lead=_lead(signal, desk),
        figures=_figures(one, desk),
        chart_title=desk.say("chart.title"),
        legend=tuple(zip(legend_marks(), (desk.say(f"chart.{k}") for k in LEGEND), strict=True)),
        chart=alarm_chart(signal.bars, labels, desk.say("chart.axis"), alt),
        table_title=desk.say("card.table"),
        table_heads=tuple(
            desk.say(k) for k in ("table.weeks", "chart.found", "chart.expected", "table.nowcast")
        ),
        table=tuple(_bar_row(bar, desk) for bar in signal.bars),
        regions_title=desk.say("card.regions"),
        tiles=named_tiles(region_tiles(signal, desk), desk.say("card.tiles", place=where)),
        regions_heads=tuple(desk.say(k) for k in ("table.region", "col.observed", "table.usual")),
        regions=tuple(region_rows(signal, desk)),
        other_title=desk.say("card.else"),
        other=other_reasons(one, desk) or (desk.say("explain.none") + ".",),
        within_title=desk.say("card.within"),
        within=tuple(_within(one, desk)),
        next_title=desk.say("card.next"),
        next=tuple(desk.say(f"card.next.{step}") for step in ("read", "warn", "close")),
        note=desk.notes.get(one.id, ""),
        about_title=desk.say("about.title"),
        about=desk.say("about.text") + " " + precision_sentence(desk.precision, desk.names.lang),
        back=(f"../{digest_file(desk.names.lang)}", desk.say("card.back")),
    )


def _lead(signal: Signal, desk: Desk) -> str:
    lead = desk.say("card.lead", day=words.long_date(signal.since, desk.names.lang))
    return f"{lead} {desk.say('card.together')}" if signal.kind == "cluster" else lead


def _figures(one: Told, desk: Desk) -> tuple[tuple[str, str], ...]:
    signal = one.signal
    ends = {"low": desk.number(signal.low), "high": desk.number(signal.high)}
    counted = "card.reported" if signal.kind == "combination" else "card.observed"
    return (
        (desk.number(signal.observed), desk.say(counted, weeks=signal.weeks)),
        (rate(signal.expected, desk), desk.say("card.expected", **ends)),
        (share_of_false(signal.q, desk.names.lang), desk.say("card.q")),
        (desk.number(one.records), desk.say("card.records", file=f"records/{one.id}.csv")),
    )


def _steps(one: Told, desk: Desk) -> Iterator[tuple[str, str]]:
    """Each state, and whether it is behind, here or ahead."""
    here = STATES.index(one.standing.state)
    for place, state in enumerate(STATES):
        label = desk.say(f"state.{state}")
        if state == "closed" and one.standing.outcome:
            label = f"{label}: {desk.say(f'outcome.{one.standing.outcome}')}"
        yield label, "behind" if place < here else "here" if place == here else "ahead"


def _bar_row(bar: Bar, desk: Desk) -> tuple[str, ...]:
    band = words.interval(desk.number(bar.low), desk.number(bar.high))
    ends = words.interval(desk.number(bar.least), desk.number(bar.most))
    told = "" if bar.whole else f"{desk.number(bar.middle)} ({ends})"
    day = words.long_date(bar.first, desk.names.lang)
    return day, desk.number(bar.found), f"{rate(bar.expected, desk)} ({band})", told


def _within(one: Told, desk: Desk) -> Iterator[str]:
    """Parts of the signal that rose with it, the most marked first.

    Where several values of the same dimensions rose, none of them tells anything.
    """
    whole = dict(one.signal.cell)
    parts = [_rest(cell, whole) for cell in one.signal.within if cell.items() > whole.items()]
    distinct = {tuple(part.items()): part for part in parts}
    kinds = Counter(tuple(part) for part in distinct.values())
    telling = (part for part in distinct.values() if kinds[tuple(part)] == 1)
    yield from (desk.names.part(part) for part in islice(telling, MOST_MARKED))


def _rest(cell: Mapping[str, str], whole: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in cell.items() if name not in whole}
