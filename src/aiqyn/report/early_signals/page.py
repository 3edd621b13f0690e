"""What the two pages say, in the words of one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page.

    Attributes
    ----------
    languages : code, name and file of the page in each language
    invented : words for an invented country; empty for a real one
    """

    lang: str
    house: str
    invented: str
    inside: str
    languages: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A signal in the digest.

    Attributes
    ----------
    card : file of its card
    tiles : picture of the regions of a cluster; empty for another signal
    other : what else could explain it, a few words each
    """

    id: str
    card: str
    what: str
    where: str
    bars: str
    tiles: str
    observed: str
    expected: str
    q: str
    state: str
    state_label: str
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DigestPage:
    """The digest of a week.

    Attributes
    ----------
    seen : what can be seen at all: a row a quantity, its name first
    """

    frame: Frame
    eyebrow: str
    title: str
    message: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str
    seen_title: str
    seen: tuple[tuple[str, ...], ...]
    seen_note: str
    ended_title: str
    ended: tuple[tuple[str, str], ...]
    precision: str
    arrival_title: str
    arrival: tuple[tuple[str, str], ...]
    cautions: tuple[str, ...]
    about_title: str
    about: str


@dataclass(frozen=True, slots=True)
class CardPage:
    """The card of a signal.

    Attributes
    ----------
    states : label, and whether it is behind, here or ahead
    figures : value and what it is
    legend : picture and words
    tiles, regions : of a cluster: its map, and a row a region
    """

    frame: Frame
    eyebrow: str
    states: tuple[tuple[str, str], ...]
    title: str
    where: str
    lead: str
    figures: tuple[tuple[str, str], ...]
    chart_title: str
    legend: tuple[tuple[str, str], ...]
    chart: str
    table_title: str
    table_heads: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    regions_title: str
    tiles: str
    regions_heads: tuple[str, ...]
    regions: tuple[tuple[str, ...], ...]
    other_title: str
    other: tuple[str, ...]
    within_title: str
    within: tuple[str, ...]
    next_title: str
    next: tuple[str, ...]
    note: str
    about_title: str
    about: str
    back: tuple[str, str]
