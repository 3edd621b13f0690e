"""The Monday digest in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from aiqyn import words
from aiqyn.observatory.reference_files import silent_regions
from aiqyn.observatory.signals.cluster_map import region_tiles
from aiqyn.observatory.signals.desk import (
    Desk,
    card_file,
    digest_file,
    frame,
    languages,
    rate,
    reasons_briefly,
)
from aiqyn.observatory.signals.naming import share_of_false
from aiqyn.observatory.signals.seen_words import seen_table
from aiqyn.observatory.signals.states import precision_sentence
from aiqyn.observatory.signals.told import Told
from aiqyn.report.early_signals import DigestPage, Row, small_tiles, sparkline

HEADS = ("what", "bars", "observed", "expected", "q", "state", "other")
LATEST, A_YEAR = 5, 365


def digest_page(desk: Desk) -> DigestPage:
    """The Monday digest."""
    watch, lang = desk.run.watch, desk.names.lang
    new = sum(one.standing.state == "new" for one in desk.told)
    slots = {
        "n": desk.number(len(desk.told)),
        "new": desk.number(new),
        "tested": desk.number(watch.tested),
        "clusters": desk.number(watch.clusters),
        "expected": desk.number(watch.expected_false_alarms, 2),
    }
    return DigestPage(
        frame=frame(desk, {code: digest_file(code) for code in languages(desk)}),
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
        seen_title=desk.say("seen.title"),
        seen=tuple(seen_table(desk)),
        seen_note=desk.say("seen.note"),
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


def _row(one: Told, desk: Desk) -> Row:
    signal, lang = one.signal, desk.names.lang
    since, place = words.long_date(signal.since, lang), desk.names.where(signal.cell)
    if signal.kind == "cluster":
        place = desk.say("neighbours", places=place)
    return Row(
        id=one.id,
        card=card_file(one.id, lang),
        what=desk.names.what(signal.cell),
        where=desk.say("since", place=place, day=since),
        bars=sparkline(signal.bars),
        tiles=small_tiles(region_tiles(signal, desk)),
        observed=desk.number(signal.observed),
        expected=_expected(one, desk),
        q=share_of_false(signal.q, desk.names.lang),
        state=one.standing.state,
        state_label=desk.say(f"state.{one.standing.state}"),
        other=reasons_briefly(one, desk) or (desk.say("explain.none"),),
    )


def _expected(one: Told, desk: Desk) -> str:
    signal = one.signal
    between = words.interval(desk.number(signal.low), desk.number(signal.high))
    return f"{rate(signal.expected, desk)} ({between})"


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
