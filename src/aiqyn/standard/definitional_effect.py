"""What the definition does: the same records counted under each definition, and where they part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import polars as pl

from aiqyn.standard.classifier.evaluator import VERDICTS
from aiqyn.standard.classifier.situation import parts
from aiqyn.standard.reasons import reason
from aiqyn.words import number, say

Row = Mapping[str, Any]  # a row of `classify`'s table; its columns are of several types


@dataclass(frozen=True, slots=True)
class Bounds:
    """Victims under one definition.

    Attributes
    ----------
    low : int    records shown to be trafficking
    high : int   these and the records that cannot be decided: all that are possible
    """

    definition: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Records on which the definitions part in the same way.

    Attributes
    ----------
    n : int                      records
    verdicts : dict              definition -> verdict
    age, acts, means, purposes   the situation most frequent among them: age class and codes
                                 (no codes = not recorded, ``none`` = recorded as absent)
    rows : tuple of Row          a verdict row of that situation for each definition
    """

    n: int
    verdicts: Mapping[str, str]
    age: str
    acts: tuple[str, ...]
    means: tuple[str, ...]
    purposes: tuple[str, ...]
    rows: tuple[Row, ...]

    def apart(self) -> tuple[str, ...]:
        """The definitions that do not say what most of them say."""
        usual = Counter(self.verdicts.values()).most_common(1)[0][0]
        return tuple(name for name, verdict in self.verdicts.items() if verdict != usual)

    def why(self, lang: str = "en") -> str:
        """The reasons of the definitions that stand apart, one sentence each."""
        apart = self.apart()
        return " ".join(reason(row, lang) for row in self.rows if row["definition"] in apart)


@dataclass(frozen=True, slots=True, repr=False)
class DefinitionEffect:
    """One set of records under several definitions.

    Attributes
    ----------
    records : int                  records counted
    counts : pl.DataFrame          ``definition, verdict, n``, every combination
    bounds : tuple of Bounds       [shown, shown + unknown] for each definition
    patterns : tuple of Pattern    where the definitions part, the most frequent first
    pairs : pl.DataFrame           ``first, second, differ, only_first, only_second``: records with
                                   another verdict; trafficking under one of the two only
    gaps : pl.DataFrame            ``definition, missing, n``: records that cannot be decided
    """

    records: int
    counts: pl.DataFrame
    bounds: tuple[Bounds, ...]
    patterns: tuple[Pattern, ...]
    pairs: pl.DataFrame
    gaps: pl.DataFrame

    def __repr__(self) -> str:
        lines = [f"  {b.definition}: {b.low}–{b.high}" for b in self.bounds]
        return "\n".join([f"DefinitionEffect: {self.records} records", *lines])

    def table(self) -> pl.DataFrame:
        """Records by definition and verdict."""
        return self.counts

    def text(self, lang: str = "en") -> str:
        """The finding in a paragraph."""
        return _text(self, lang)

    def to_json(self) -> dict[str, Any]:  # Any: values are numbers, lists and texts
        """The same as plain values."""
        return {
            "records": self.records,
            "counts": self.counts.to_dicts(),
            "bounds": [asdict(bound) for bound in self.bounds],
            "patterns": [_pattern_json(p) for p in self.patterns],
            "pairs": self.pairs.to_dicts(),
            "gaps": self.gaps.to_dicts(),
        }


def definition_effect(verdicts: pl.DataFrame) -> DefinitionEffect:
    """How far the count of victims depends on the definition.

    Parameters
    ----------
    verdicts : the table of `classify`, with each record under each definition

    Raises
    ------
    ValueError when a record has not exactly one verdict under each definition.
    """
    names = verdicts["definition"].unique(maintain_order=True).to_list()
    alike = _alike(verdicts, names)
    return DefinitionEffect(
        records=int(alike["n"].sum()),
        counts=_counts(verdicts, names),
        bounds=tuple(_bounds(verdicts, name) for name in names),
        patterns=_patterns(alike, verdicts, names),
        pairs=_pairs(alike, names),
        gaps=_gaps(verdicts, names),
    )


def _alike(verdicts: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Records with the same situation and verdicts: ``<definition>…, situation, n``."""
    if not names:
        return pl.DataFrame(schema={"situation": pl.String, "n": pl.Int64})
    ordered = _record_by_record(verdicts, names)
    sides = {name: ordered["verdict"].gather_every(len(names), n) for n, name in enumerate(names)}
    wide = pl.DataFrame(sides | {"situation": ordered["situation"].gather_every(len(names))})
    grouped = wide.group_by(*names, "situation").agg(pl.len().cast(pl.Int64).alias("n"))
    return grouped.sort([pl.col("n").neg(), "situation", *names])


def _record_by_record(verdicts: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """The verdicts of each record together, in the order of `names`."""
    if _is_regular(verdicts, names):
        return verdicts
    order = pl.col("definition").replace_strict(names, range(len(names)))
    ordered = verdicts.sort("id", order)
    if not _is_regular(ordered, names):
        raise ValueError("each record needs one verdict under each definition")
    return ordered


def _is_regular(verdicts: pl.DataFrame, names: list[str]) -> bool:
    if verdicts.height % len(names):
        return False
    definitions, ids = verdicts["definition"], verdicts["id"]
    first = ids.gather_every(len(names))
    return all(
        bool((definitions.gather_every(len(names), n) == name).all())
        and first.equals(ids.gather_every(len(names), n))
        for n, name in enumerate(names)
    )


def _counts(verdicts: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    found = {(d, v): n for d, v, n in verdicts.group_by("definition", "verdict").len().iter_rows()}
    rows = [(name, v, found.get((name, v), 0)) for name in names for v in VERDICTS]
    schema = {"definition": pl.String, "verdict": pl.String, "n": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _bounds(verdicts: pl.DataFrame, name: str) -> Bounds:
    own = verdicts.filter(pl.col("definition") == name)["verdict"]
    shown, unknown = (own.eq(verdict).sum() for verdict in ("trafficking", "unknown"))
    return Bounds(name, int(shown), int(shown) + int(unknown))


def _patterns(alike: pl.DataFrame, verdicts: pl.DataFrame, names: list[str]) -> tuple[Pattern, ...]:
    rows = _row_of_each_situation(verdicts)
    found: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for *said, key, n in alike.select(*names, "situation", "n").iter_rows():
        if len(set(said)) > 1:
            found.setdefault(tuple(said), []).append((key, n))
    made = [_pattern(said, groups, names, rows) for said, groups in found.items()]
    return tuple(sorted(made, key=lambda p: (-p.n, tuple(p.verdicts.values()))))


def _pattern(
    said: tuple[str, ...],
    groups: list[tuple[str, int]],
    names: list[str],
    rows: Mapping[tuple[str, str], Row],
) -> Pattern:
    key = groups[0][0]  # the groups come with the most frequent situation first
    age, acts, means, purposes = parts(key)
    of_each = tuple(rows[name, key] for name in names if (name, key) in rows)
    n = sum(count for _, count in groups)
    return Pattern(n, dict(zip(names, said, strict=True)), age, acts, means, purposes, of_each)


def _row_of_each_situation(verdicts: pl.DataFrame) -> dict[tuple[str, str], Row]:
    once = verdicts.unique(["definition", "situation"], keep="first", maintain_order=True)
    rows = once.drop("id").iter_rows(named=True)
    return {(row["definition"], row["situation"]): row for row in rows}


def _pairs(alike: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    rows = [_pair(alike, first, second) for first, second in combinations(names, 2)]
    counts = dict.fromkeys(("differ", "only_first", "only_second"), pl.Int64)
    schema = {"first": pl.String, "second": pl.String, **counts}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _pair(alike: pl.DataFrame, first: str, second: str) -> tuple[str, str, int, int, int]:
    one, other = pl.col(first) == "trafficking", pl.col(second) == "trafficking"
    n = [pl.col(first) != pl.col(second), one & ~other, other & ~one]
    differ, only_first, only_second = (int(alike.filter(which)["n"].sum()) for which in n)
    return first, second, differ, only_first, only_second


def _gaps(verdicts: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    still_open = verdicts.filter(pl.col("verdict") == "unknown").select(
        "definition", pl.col("missing").list.join(";")
    )
    order = pl.col("definition").replace_strict(names, range(len(names)), default=None)
    counted = still_open.group_by("definition", "missing").agg(pl.len().cast(pl.Int64).alias("n"))
    return counted.sort([order, pl.col("n").neg(), pl.col("missing")])


def _text(effect: DefinitionEffect, lang: str) -> str:
    if not effect.records:
        return say("definition.effect.none", lang)
    low, high = _ends(b.low for b in effect.bounds)
    n = number(effect.records, lang)
    slots = {"n": n, "low": number(low, lang), "high": number(high, lang)}
    key = "same" if low == high else "spread"
    first = say(f"definition.effect.{key}", lang, **slots, gap=number(high - low, lang))
    return " ".join([first, *_open_text(effect, lang)])


def _open_text(effect: DefinitionEffect, lang: str) -> Iterable[str]:
    low, high = _ends(b.high - b.low for b in effect.bounds)
    if not high:
        return
    yield say("definition.effect.open", lang, low=number(low, lang), high=number(high, lang))
    single = effect.gaps.filter(~pl.col("missing").str.contains(";"))
    if single.height:
        by = single.group_by("missing").agg(pl.col("n").sum()).sort([pl.col("n").neg(), "missing"])
        element = say(f"definition.element.{by['missing'][0]}", lang)
        n = number(int(by["n"].sum()), lang)
        yield say("definition.effect.settle", lang, n=n, element=element)


def _ends(values: Iterable[int]) -> tuple[int, int]:
    found = sorted(values)
    return found[0], found[-1]


def _pattern_json(pattern: Pattern) -> dict[str, Any]:  # Any: values of several types
    situation = {
        "age": pattern.age,
        "acts": list(pattern.acts),
        "means": list(pattern.means),
        "purposes": list(pattern.purposes),
    }
    why = {lang: pattern.why(lang) for lang in ("kk", "ru", "en")}
    return {"n": pattern.n, "verdicts": dict(pattern.verdicts), "situation": situation, "why": why}
