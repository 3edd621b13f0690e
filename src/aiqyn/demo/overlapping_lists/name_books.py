"""The books of invented names: every family name and given name, its feminine, its short form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import polars as pl

from aiqyn.demo.draws import Floats, Ints, Rng
from aiqyn.demo.overlapping_lists.settings import origins, real_names, toml
from aiqyn.demo.tables import rows

KINDS = ("family", "female", "male")
_VOWELS = "аәеёиоөуұүўыіэюяй"
_ORDER = 20_240_705  # the order of a book, the same for every seed: who is common stays common


@cache
def book(kind: str) -> pl.DataFrame:
    """Every name of a kind, the most common of each origin first.

    Returns
    -------
    ``origin``; a family name as ``man`` and ``woman``; a given name as ``name``, its ``short_0`` …
    and, for men, as the patronymics ``father_0_man``, ``father_0_woman``, ``father_1_man`` …
    """
    make = _family if kind == "family" else _given
    frames: list[pl.DataFrame] = []
    for number, origin in enumerate(origins()):
        told = pl.DataFrame([name for name in make(origin, kind) if not _is_real(name)])
        names = told.unique(told.columns[1], maintain_order=True)
        order = np.random.default_rng([_ORDER, number]).permutation(names.height)
        frames.append(names[order.tolist()])
    return pl.concat(frames, how="diagonal")


def _is_real(name: dict[str, str]) -> bool:
    return any(text.casefold() in real_names() for text in name.values())


@cache
def spans(kind: str) -> tuple[tuple[int, int], ...]:
    """Where each origin's names stand in the book: first place and number."""
    counted = dict(book(kind)["origin"].value_counts().iter_rows())
    sizes = [counted[origin] for origin in origins()]
    return tuple(zip(np.cumsum([0, *sizes[:-1]]).tolist(), sizes, strict=True))


def draw(rng: Rng, kind: str, origin: Ints) -> Ints:
    """A place in the book for each person of an origin (index), common names more often."""
    place = np.empty(len(origin), dtype=np.int64)
    for number, (start, size) in enumerate(spans(kind)):
        of = np.flatnonzero(origin == number)
        place[of] = start + np.searchsorted(_cumulative(kind, size), rng.random(len(of)))
    return place


@cache
def _cumulative(kind: str, size: int) -> Floats:
    told = toml("population")["frequency"]["family" if kind == "family" else "given"]
    rank = np.arange(1, size + 1) + float(told["offset"])
    weight = np.asarray(rank ** -float(told["exponent"]), dtype=np.float64)
    return np.asarray(np.cumsum(weight)[:-1] / weight.sum())


def _halves(origin: str, kind: str) -> tuple[list[str], list[str]]:
    """First and second halves of stems: those of Samal's names, and this generator's own."""
    own = toml("name_parts")[origin][kind]
    both = []
    for half in ("first", "second"):
        wanted = {"origin": origin, "kind": kind, "half": half}
        shared = [r["text"] for r in rows("names_halves") if wanted.items() <= r.items()]
        both.append(shared + own[half].split())
    return both[0], both[1]


def _family(origin: str, kind: str) -> Iterator[dict[str, str]]:
    first, second = _halves(origin, kind)
    for stem in (a + b for a in first for b in second):
        for ending in toml("name_parts")[origin]["endings"]:
            man = _ended(stem, ending)
            russian = origin == "russian" or ending in ("ов", "ев")
            yield {"origin": origin, "man": man, "woman": feminine(man) if russian else man}


def _ended(stem: str, ending: str) -> str:
    """The stem with its ending; -ов and -ев as the last sound asks."""
    if ending not in ("ов", "ев"):
        return stem + ending
    return stem.removesuffix("й") + ("ев" if stem[-1] in _VOWELS else ending)


def feminine(family: str) -> str:
    """A woman's form of a family name of the Russian kind."""
    if family.endswith(("ский", "цкий")):
        return family[:-2] + "ая"
    return family + "а" if family.endswith(("ов", "ев", "ёв", "ин", "ын")) else family


def _given(origin: str, kind: str) -> Iterator[dict[str, str]]:
    told = toml("population")["origins"][origin]
    first, second = _halves(origin, kind)
    if origin == "vietnamese":
        syllables = [a + b for a in first for b in second]
        first, second = [f"{x} " for x in syllables], syllables
    for a, b in ((a, b) for a in first for b in second):
        names = {"origin": origin, "name": a + b}
        short = [(a if end else b) + end for end in told["short"]]
        names |= {f"short_{k}": short[k % len(short)] for k in range(3)}
        yield names | (_fathers(a + b, told["fathers"]) if kind == "male" else {})


def _fathers(name: str, ways: list[str]) -> dict[str, str]:
    """The patronymics of a father's name, by way and by the child's sex; empty for none."""
    forms = {}
    for k in range(2):
        pair = ways[k % len(ways)].split("|") if ways else ["", ""]
        for sex, ending in zip(("man", "woman"), pair, strict=True):
            forms[f"father_{k}_{sex}"] = _patronymic(name, ending) if ending else ""
    return forms


def _patronymic(name: str, ending: str) -> str:
    if not ending.startswith("ов"):
        return name + ending
    soft = name[-1] in "йиьі" or name.endswith("ия")
    return name.rstrip(_VOWELS + "ь") + (ending.replace("ов", "ев", 1) if soft else ending)
