"""What a watch can see and what it cannot, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from aiqyn.observatory.signals.desk import Desk

PAIRS = 2  # dimensions: a form in a place
TOLD = (1.0, 2.0, 5.0, 10.0, 20.0)  # usual numbers of a series


def seen_table(desk: Desk) -> Iterator[tuple[str, ...]]:
    """Rows, a name first: what is usual, from how many on there is a signal, what rise is found."""
    pairs = {one.usual: one for one in desk.run.watch.seen_from if one.dimensions == PAIRS}
    told = [pairs[usual] for usual in TOLD if usual in pairs]
    if not told:
        return
    yield (
        desk.say("seen.usual", weeks=told[0].weeks),
        *(desk.number(one.usual) for one in told),
    )
    yield desk.say("seen.persons"), *(desk.number(one.persons) for one in told)
    rises = ("—" if one.times is None else f"× {desk.number(one.times, 1)}" for one in told)
    yield desk.say("seen.times"), *rises
