"""What a page for an area may hold: a cleared ranking, and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiqyn.disclosure import Cleared
from aiqyn.prevention.where_to_act import Area, Span, WhereToAct

ROUND_TO = 10  # expected persons are printed to 10 (LOOK §5: estimates to 10)


@dataclass(frozen=True, slots=True)
class Where:
    """A ranking that may leave the house.

    Attributes
    ----------
    ranking : cleared: every count beneath it is printed
    names : area -> language -> words; an area without words stands as its code
    country : language -> words; empty for a folder that is no observatory
    openings : cells that an attack on the printed counts opens; 0, or nothing would be here
    threshold : persons; smaller counts are not printed and not used
    """

    ranking: Cleared[WhereToAct]
    names: Mapping[str, Mapping[str, str]]
    country: Mapping[str, str]
    invented: bool
    openings: int
    threshold: int

    def __post_init__(self) -> None:
        if not isinstance(self.ranking, Cleared):
            raise TypeError("only a cleared ranking can be printed")

    def name(self, area: str, lang: str) -> str:
        """The area in words."""
        return self.names.get(area, {}).get(lang) or area

    @property
    def areas(self) -> tuple[Area, ...]:
        """Areas in the order of their codes: a chart is no league table."""
        return tuple(sorted(self.ranking.value.areas, key=lambda a: a.code))


def printed(span: Span) -> Span:
    """The number as it stands on the page: to 10, the interval outwards; small ones to 1."""
    return span.rounded(ROUND_TO if span.value >= ROUND_TO else 1)
