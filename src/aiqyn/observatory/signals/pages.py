"""The digest of a run and the card of each signal, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

import polars as pl

from aiqyn import words
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.reference_files import silent_regions
from aiqyn.observatory.signals.folder_watch import FolderWatch
from aiqyn.observatory.signals.naming import Names, share_of_false
from aiqyn.observatory.signals.states import STATES, Precision, Standing, precision_sentence
from aiqyn.observatory.signals.told import Told, sentence
from aiqyn.report.early_signals import CardPage, DigestPage, Frame, Row, alarm_chart, sparkline
from aiqyn.report.early_signals.bar_chart import legend_marks
from aiqyn.signals.watching_country.bars import Bar

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
HEADS = ("what", "bars", "observed", "expected", "q", "state", "other")
LEGEND = ("found", "over", "coming", "nowcast", "expected")
SUMMED_UP = 1  # explanations in a row of the digest; the card has all
MOST_MARKED, LATEST, A_YEAR = 4, 5, 365


@dataclass(frozen=True, slots=True)
class Desk:
    """What both pages draw on.

    Attributes
    ----------
    changed : code -> row of detection_changes.csv
    closed : signals that were closed and how, the latest first
    notes : signal -> the latest note, for those inside
    """

    observatory: Observatory
    run: FolderWatch
    told: tuple[Told, ...]
    names: Names
    changed: Mapping[str, Mapping[str, str]]
    closed: tuple[tuple[str, Standing], ...]
    precision: Precision
    notes: Mapping[str, str]

    def say(self, key: str, **slots: object) -> str:
        """A sentence of this room."""
        return words.say(f"signals.{key}", self.names.lang, **slots)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as the language writes it."""
        return words.number(value, self.names.lang, decimals=decimals)


def digest_file(lang: str, suffix: str = "html") -> str:
    """The digest's name in the folder of signals."""
    return f"digest.{lang}.{suffix}"


def card_file(id_: str, lang: str) -> str:
    """A card's name in the folder of signals."""
    return f"cards/{id_}.{lang}.html"


def digest_page(desk: Desk) -> DigestPage:
    """The Monday digest."""
    watch, lang = desk.run.watch, desk.names.lang
    new = sum(one.standing.state == "new" for one in desk.told)
    slots = {
        "n": desk.number(len(desk.told)),
        "new": desk.number(new),
        "tested": desk.number(watch.tested),
        "expected": desk.number(watch.expected_false_alarms, 2),
    }
    return DigestPage(
        frame=_frame(desk, {code: digest_file(code) for code in _languages(desk)}),
        eyebrow=desk.say(
            "digest.eyebrow",
            day=words.long_date(watch.as_of, lang),
            week=watch.until.isocalendar().week,
        ),
        title=desk.say("digest.title"),
        message=desk.say("digest.message" if desk.told else "digest.none", **slots),
        heads=tuple(desk.say(f"col.{head}") for head in HEADS),
        rows=tuple(_row(one, desk) for one in desk.told),
        note=desk.say("digest.note"),
        ended_title=desk.say("ended.title"),
        ended=tuple(_ended(desk)),
        precision=precision_sentence(desk.precision, desk.names.lang),
        arrival_title=desk.say("arrival.title"),
        arrival=tuple(_arrival(desk)),
        cautions=tuple(
            words.say(c.code, lang, **_named(c.slots, desk))
            for c in desk.run.cautions
            if c.code != "SIG-190"
        ),
        about_title=desk.say("about.title"),
        about=desk.say("about.text"),
    )


def card_page(one: Told, desk: Desk) -> CardPage:
    """The card of a signal."""
    signal, lang = one.signal, desk.names.lang
    what, where = desk.names.what(signal.cell), desk.names.where(signal.cell)
    labels = [f"{bar.first.day:02d}.{bar.first.month:02d}" for bar in signal.bars]
    last = signal.bars[-1]
    slots = {
        "title": f"{what}, {where}",
        "found": last.found,
        "least": last.least,
        "most": last.most,
    }
    alt = desk.say("chart.alt", expected=_rate(last.expected, desk), **slots)
    return CardPage(
        frame=_frame(desk, {code: f"{one.id}.{code}.html" for code in _languages(desk)}),
        eyebrow=desk.say("card.eyebrow", id=one.id),
        states=tuple(_steps(one, desk)),
        title=what,
        where=where,
        lead=desk.say("card.lead", day=words.long_date(signal.since, lang)),
        figures=_figures(one, desk),
        chart_title=desk.say("chart.title"),
        legend=tuple(zip(legend_marks(), (desk.say(f"chart.{k}") for k in LEGEND), strict=True)),
        chart=alarm_chart(signal.bars, labels, desk.say("chart.axis"), alt),
        table_title=desk.say("card.table"),
        table_heads=tuple(
            desk.say(k) for k in ("table.weeks", "chart.found", "chart.expected", "table.nowcast")
        ),
        table=tuple(_bar_row(bar, desk) for bar in signal.bars),
        other_title=desk.say("card.else"),
        other=_other(one, desk) or (desk.say("explain.none") + ".",),
        within_title=desk.say("card.within"),
        within=tuple(_within(one, desk)),
        next_title=desk.say("card.next"),
        next=tuple(desk.say(f"card.next.{step}") for step in ("read", "warn", "close")),
        note=desk.notes.get(one.id, ""),
        about_title=desk.say("about.title"),
        about=desk.say("about.text") + " " + precision_sentence(desk.precision, desk.names.lang),
        back=(f"../{digest_file(lang)}", desk.say("card.back")),
    )


def _languages(desk: Desk) -> tuple[str, ...]:
    return desk.observatory.settings.languages


def _frame(desk: Desk, pages: Mapping[str, str]) -> Frame:
    settings, lang = desk.observatory.settings, desk.names.lang
    return Frame(
        lang=lang,
        house=desk.say("house", country=settings.names[lang]),
        invented=words.say("page.invented", lang) if settings.invented else "",
        inside=desk.say("inside"),
        languages=tuple((code, LANGUAGE_NAMES[code], file) for code, file in pages.items()),
    )


def _row(one: Told, desk: Desk) -> Row:
    signal, lang = one.signal, desk.names.lang
    since = words.long_date(signal.since, lang)
    return Row(
        id=one.id,
        card=card_file(one.id, lang),
        what=desk.names.what(signal.cell),
        where=desk.say("since", place=desk.names.where(signal.cell), day=since),
        bars=sparkline(signal.bars),
        observed=desk.number(signal.observed),
        expected=_expected(one, desk),
        q=share_of_false(signal.q, desk.names.lang),
        state=one.standing.state,
        state_label=desk.say(f"state.{one.standing.state}"),
        other=" ".join(_other(one, desk)[:SUMMED_UP]) or desk.say("explain.none"),
    )


def _expected(one: Told, desk: Desk) -> str:
    signal = one.signal
    between = words.interval(desk.number(signal.low), desk.number(signal.high))
    return f"{_rate(signal.expected, desk)} ({between})"


def _rate(expected: float, desk: Desk) -> str:
    """Under one person two decimals: 0.0 would say that nobody was expected."""
    return desk.number(expected, 1 if expected >= 1 else 2)


def _other(one: Told, desk: Desk) -> tuple[str, ...]:
    return tuple(sentence(reason, desk.names, desk.changed) for reason in one.other)


def _figures(one: Told, desk: Desk) -> tuple[tuple[str, str], ...]:
    signal = one.signal
    ends = {"low": desk.number(signal.low), "high": desk.number(signal.high)}
    return (
        (desk.number(signal.observed), desk.say("card.observed", weeks=signal.weeks)),
        (_rate(signal.expected, desk), desk.say("card.expected", **ends)),
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
    return day, desk.number(bar.found), f"{_rate(bar.expected, desk)} ({band})", told


def _within(one: Told, desk: Desk) -> Iterator[str]:
    """Parts of the signal that rose with it, the most marked first.

    Where several values of the same dimensions rose, none of them tells anything.
    """
    whole = dict(one.signal.cell)
    parts = [_rest(cell, whole) for cell in one.signal.within if cell.items() > whole.items()]
    distinct = {tuple(part.items()): part for part in parts}
    kinds = Counter(tuple(part) for part in distinct.values())
    telling = (part for part in distinct.values() if kinds[tuple(part)] == 1)
    yield from (desk.names.what(part) for part in islice(telling, MOST_MARKED))


def _rest(cell: Mapping[str, str], whole: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in cell.items() if name not in whole}


def _ended(desk: Desk) -> Iterator[tuple[str, str]]:
    for id_, standing in desk.closed[:LATEST]:
        note = desk.notes.get(id_, "")
        outcome = desk.say(f"outcome.{standing.outcome}")
        yield id_, f"{outcome}: {note}" if note else outcome


def _arrival(desk: Desk) -> Iterator[tuple[str, str]]:
    """Each agency's last report and usual delay, then the places from which nobody reported."""
    as_of = desk.run.watch.as_of
    delay = (pl.col("date_reported") - pl.col("date_detected")).dt.total_days()
    recent = desk.run.known.records.filter(
        (pl.lit(as_of) - pl.col("date_detected")).dt.total_days() < A_YEAR
    )
    told = recent.group_by("agency").agg(last=pl.col("date_reported").max(), days=delay.median())
    for agency, last, days in told.sort("agency").iter_rows():
        day = words.long_date(last, desk.names.lang)
        yield (
            desk.names.agency(agency),
            words.say_n("signals.arrival.line", round(days), desk.names.lang, day=day),
        )
    for place in sorted(silent_regions(desk.observatory, as_of.year)):
        yield desk.names.place(place), desk.say("arrival.silent")


def _named(slots: Mapping[str, object], desk: Desk) -> dict[str, object]:
    """Slots of a caution with places and days in words."""
    told = dict(slots)
    if isinstance(place := told.get("place"), str):
        told["place"] = desk.names.place(place)
    for name in ("since", "day", "last"):
        if isinstance(day := told.get(name), str):
            told[name] = words.long_date(date.fromisoformat(day), desk.names.lang)
    return told
