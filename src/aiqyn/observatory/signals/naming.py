"""What a signal is called: labels beside one another, never glued into a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aiqyn import words
from aiqyn.observatory.evidence_labels import Labels, labels
from aiqyn.observatory.folder import Observatory
from aiqyn.signals.watching_country.dimensions import BETWEEN, TOGETHER
from aiqyn.standard import code_list

PLACES = ("place", "route")
LISTS = {"sex": "sex", "age": "age_group", "sector": "sector", "recruitment": "recruitment"}
LEAST_SHARE = 0.001
GROUP = "*"  # before the code of a group of forms


@dataclass(frozen=True, slots=True)
class Names:
    """Names of codes in one observatory and language."""

    own: Labels
    country: str
    lang: str

    def what(self, cell: Mapping[str, str]) -> str:
        """Everything but the place: ``forced labour · construction``."""
        told = [self._value(name, code) for name, code in cell.items() if name not in PLACES]
        return _first_upper(" · ".join(told) or words.say("signals.everybody", self.lang))

    def where(self, cell: Mapping[str, str]) -> str:
        """The place, the route, or the country."""
        told = [self._value(name, code) for name, code in cell.items() if name in PLACES]
        return " · ".join(told) or self.place(self.country)

    def together(self, codes: Iterable[str]) -> str:
        """The regions of a cluster."""
        return ", ".join(self.place_briefly(code) for code in codes)

    def part(self, cell: Mapping[str, str]) -> str:
        """A part of a signal, its place among the rest."""
        return _first_upper(" · ".join(self._value(name, code) for name, code in cell.items()))

    def place(self, code: str) -> str:
        """A region or a country."""
        for kind in ("region", "country"):
            if code in self.own[kind]:
                return self.own[kind][code][self.lang]
        return code_list("country").label(code, self.lang)

    def place_briefly(self, code: str) -> str:
        """A region as a tile has room for it."""
        label = self.own["region"][code]
        return label.get(f"{self.lang}_short", label[self.lang])

    def agency(self, code: str) -> str:
        """An agency."""
        return self.own["agency"].get(code, {}).get(self.lang, code)

    def _value(self, name: str, code: str) -> str:
        if name == "place":
            return self.together(code.split(TOGETHER)) if TOGETHER in code else self.place(code)
        if name == "route":
            start, end = code.split(BETWEEN)
            return f"{self.place(start)} → {self.place(end)}"
        if name == "citizenship":
            return words.say("signals.citizenship", self.lang, country=self.place(code))
        if name == "form" and code.startswith(GROUP):
            return code_list("form_group").label(code[1:], self.lang)
        return code_list(LISTS.get(name, name)).label(code, self.lang)


def names(observatory: Observatory, lang: str) -> Names:
    """The names that an observatory and the shipped lists know."""
    return Names(labels(observatory, ()), observatory.settings.country, lang)


def share_of_false(q: float, lang: str) -> str:
    """The share q in per cent, 0.1 at least: no signal is certain."""
    if q < LEAST_SHARE:
        return "< " + words.percent(LEAST_SHARE, lang, decimals=1)
    return words.percent(q, lang, decimals=1)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
