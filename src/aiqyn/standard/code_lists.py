"""The code lists: forms, acts, sectors, regions, countries … with labels in three languages.

Each list is a CSV under ``data/codes`` with the columns ``code, valid_from, valid_to, parent,
label_kk, label_ru, label_en, aliases`` and whatever else the list needs (crosswalks, order, tile).
Both dates belong to the period; an empty one is open. ``aliases`` are joined by ``|``.
A parent is a code of the same list; a region's parent is its country.

Every list also answers for the codes of ``every_list.csv`` (``unknown``, ``none``, ``_all``): they
have labels and ``unknown`` is found by its words, but they are not offered by `CodeList.codes`.
Invented entries (column ``demo``) are found and labelled, and not offered either.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from aiqyn.standard.code_files import (
    EVERY_LIST,
    LABELS,
    PLAIN,
    Code,
    code_folder,
    common_codes,
    demo_regions,
    read_codes,
)
from aiqyn.standard.spelling import spelling_index, spelling_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

UNKNOWN = "unknown"
ABSENT = "none"
TOTAL = "_all"

_NUMBERS = frozenset({"order", "low", "high", "tile_row", "tile_col"})


@dataclass(frozen=True, slots=True, repr=False)
class CodeList:
    """One classification: its codes, their words and the way back from words to codes.

    Attributes
    ----------
    name : str                      the list's name, as its file is called
    entries : dict of str to Code   in the order of the file
    ambiguous : dict                spellings that several codes share; `find` refuses them
    """

    name: str
    entries: Mapping[str, Code]
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _by_spelling: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"CodeList({self.name}: {len(self.codes())} codes)"

    def __contains__(self, code: object) -> bool:
        return code in self.entries

    def codes(
        self, on: date | None = None, *, unknown: bool = False, demo: bool = False
    ) -> tuple[str, ...]:
        """The codes offered on a day, in the list's order; without a day those with no end."""
        own = tuple(
            code
            for code, entry in self.entries.items()
            if entry.in_force(on) and not entry.of_every_list and (demo or not entry.invented)
        )
        return (*own, UNKNOWN) if unknown and UNKNOWN not in own else own

    def top(self, on: date | None = None) -> tuple[str, ...]:
        """The codes that stand under no other code of the list."""
        return tuple(code for code in self.codes(on) if self.parent(code) not in self.entries)

    def leaves(self, on: date | None = None) -> tuple[str, ...]:
        """The codes under which no other stands."""
        parents = {entry.parent for entry in self.entries.values()}
        return tuple(code for code in self.codes(on) if code not in parents)

    def children(self, code: str) -> tuple[str, ...]:
        """The codes that name `code` as their parent."""
        return tuple(e.code for e in self.entries.values() if e.parent == code)

    def label(self, code: str, lang: str = "en") -> str:
        """The code's name in the language.

        Raises
        ------
        KeyError when the list has no such code: our fault, never the reader's.
        """
        return self.entries[code].labels[lang]

    def labels(self, lang: str = "en") -> dict[str, str]:
        """Code -> name, also for ended, invented and common codes."""
        return {code: entry.labels[lang] for code, entry in self.entries.items()}

    def parent(self, code: str) -> str | None:
        """The code it belongs to, or None."""
        return self.entries[code].parent

    def line(self, code: str) -> tuple[str, ...]:
        """The code, its parent, and so on up to the top of the list."""
        above = self.parent(code)
        return (code, *self.line(above)) if above and above in self.entries else (code,)

    def root(self, code: str) -> str:
        """The code at the top of its branch (the code itself if it has no parent)."""
        return self.line(code)[-1]

    def value(self, code: str, column: str) -> str | None:
        """What one of the list's own columns says of the code; None where it is empty."""
        return self.entries[code].more.get(column) or None

    def crosswalk(self, column: str) -> dict[str, str]:
        """Code -> value of one of the list's own columns, empty ones left out."""
        return {c: e.more[column] for c, e in self.entries.items() if e.more.get(column)}

    def find(self, text: str) -> str | None:
        """The code that a text means: a code, a name in any language or a known spelling."""
        return self._by_spelling.get(spelling_key(text))

    def nearest(self, text: str, n: int = 3) -> tuple[str, ...]:
        """Up to `n` codes whose spelling comes closest, the closest first."""
        key = spelling_key(text)
        shared = self.ambiguous.get(key, ())
        close = difflib.get_close_matches(key, self._by_spelling, n=4 * n, cutoff=0.6)
        return tuple(dict.fromkeys([*shared, *(self._by_spelling[k] for k in close)]))[:n]

    @property
    def frame(self) -> pl.DataFrame:
        """The list as a table: one row a code, the file's columns, dates and numbers typed."""
        import polars as pl

        own = [entry for entry in self.entries.values() if not entry.of_every_list]
        columns = [*PLAIN, *dict.fromkeys(name for entry in own for name in entry.more)]
        kinds: dict[str, pl.DataType] = {"valid_from": pl.Date(), "valid_to": pl.Date()}
        kinds |= {name: pl.Int64() for name in _NUMBERS}
        return pl.DataFrame(
            [{column: _cell(entry, column) for column in columns} for entry in own],
            schema={column: kinds.get(column, pl.String()) for column in columns},
        )


def code_list(name: str) -> CodeList:
    """The shipped list of that name.

    Raises
    ------
    KeyError when no such list is shipped (`code_list_names` has them all).
    """
    if name not in code_list_names():
        raise KeyError(name)
    return _shipped(name)


@cache
def code_list_names() -> tuple[str, ...]:
    """The names of the shipped lists, sorted."""
    names = (file.name.removesuffix(".csv") for file in code_folder().iterdir() if _is_csv(file))
    return tuple(sorted(name for name in names if name != EVERY_LIST))


def make_code_list(name: str, codes: Iterable[Code]) -> CodeList:
    """A list of these entries and of the common ones, such as an observatory's own list."""
    entries = {code.code: code for code in codes}
    for common in common_codes():
        if not common.more["lists"] or name in common.more["lists"].split("|"):
            entries.setdefault(common.code, common)
    searched = [entry for entry in entries.values() if entry.code != TOTAL]
    found, ambiguous = spelling_index(
        ({e.code: (e.code,) for e in searched}),
        ({e.code: tuple(e.labels.values()) for e in searched}),
        ({e.code: e.aliases for e in searched}),
    )
    return CodeList(name, entries, ambiguous, found)


@cache
def _shipped(name: str) -> CodeList:
    codes = read_codes(code_folder() / f"{name}.csv")
    if name == "region" and demo_regions().is_file():
        codes += read_codes(demo_regions(), demo="1")
    return make_code_list(name, codes)


def _is_csv(file: object) -> bool:
    return str(file).endswith(".csv")


def _cell(entry: Code, column: str) -> object:
    if column == "aliases":
        return "|".join(entry.aliases)
    if column in LABELS:
        return entry.labels[column[-2:]]
    if column in PLAIN:
        return getattr(entry, column)
    text = entry.more.get(column) or None
    return int(text) if text is not None and column in _NUMBERS else text
