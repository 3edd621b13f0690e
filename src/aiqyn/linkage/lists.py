"""The lists to be linked: one file a list, every row kept, every fault told with its file."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake.open_file import open_file

COLUMNS = (
    "record_id",
    "given",
    "surname",
    "patronymic",
    "dob",
    "dob_precision",
    "sex",
    "citizenship",
    "region",
    "national_id",
    "sealed",
)
SHOWN = ("list", *(c for c in COLUMNS if c != "sealed"))  # what a searcher or a reader may see
IDENTIFYING = ("given", "surname", "patronymic", "dob", "national_id")
ROW = "#row"  # of the file, the heading being row 1
TRUE = ("1", "true", "yes", "x", "да", "иә", "sealed")


@dataclass(frozen=True, slots=True)
class Lists:
    """Records of all lists, one row each, in the order of list and record id.

    Attributes
    ----------
    records : `list`, the contract's columns as text (null where empty or absent), `sealed` as a
        truth value; and the columns that linkage does not read, as they were
    refused : files that could not be taken, by name, each with its reason
    cautions : codes with their slots: what was taken in spite of a doubt
    """

    records: pl.DataFrame
    refused: Mapping[str, InputRefused] = field(default_factory=dict)
    cautions: tuple[tuple[str, Mapping[str, object]], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The lists, in their order."""
        return tuple(self.records["list"].unique().sort().to_list())


def read_lists(paths: Sequence[str | Path]) -> Lists:
    """Records of the files; a file that cannot be taken is refused and the others stand.

    Raises
    ------
    InputRefused (LINK-001) when no file could be taken, (LINK-005) when two files have one stem.
    """
    found = [Path(p) for p in paths]
    _refuse_same_stem(found)
    taken: list[pl.DataFrame] = []
    refused: dict[str, InputRefused] = {}
    cautions: list[tuple[str, Mapping[str, object]]] = []
    for path in sorted(found, key=lambda p: p.stem):
        try:
            taken.append(_list(path, cautions))
        except InputRefused as why:
            refused[path.name] = why
    if not any(part.height for part in taken):
        raise next(iter(refused.values()), InputRefused("LINK-001"))
    records = pl.concat(taken, how="diagonal").sort("list", "record_id")
    return Lists(records, refused, tuple(cautions))


def _list(path: Path, cautions: list[tuple[str, Mapping[str, object]]]) -> pl.DataFrame:
    """The records of one file.

    Raises
    ------
    InputRefused (LINK-002) no byte or no heading, (LINK-003) a record id twice, (LINK-004) no
    column that tells a person, and what intake refuses of any file.
    """
    if path.is_file() and path.stat().st_size == 0:
        raise InputRefused("LINK-002", file=path.name)
    table = _under_headings(path)
    known = [c for c in IDENTIFYING if c in table.columns]
    if not known:
        raise InputRefused("LINK-004", file=path.name, columns=", ".join(IDENTIFYING))
    cautions.extend(_doubts(path.stem, table, known))
    absent = [pl.lit(None, pl.String).alias(c) for c in COLUMNS if c not in table.columns]
    whole = table.with_columns(absent)
    whole = whole.with_columns(
        pl.lit(path.stem).alias("list"),
        pl.coalesce("record_id", pl.concat_str(pl.lit("row"), ROW)).alias("record_id"),
        pl.col("sealed").str.to_lowercase().is_in(TRUE).fill_null(value=False),
    )
    _refuse_repeated(path, whole["record_id"])
    return whole.select("list", *COLUMNS, pl.exclude("list", ROW, *COLUMNS))


def _under_headings(path: Path) -> pl.DataFrame:
    """The first sheet's rows under the contract's names; blank rows are no records."""
    cells = open_file(path)[0].cells
    if not cells.height:
        raise InputRefused("LINK-002", file=path.name)
    headings = [str(h) if h is not None else "" for h in cells.row(0)]
    names = _names(headings)
    body = cells[1:].rename(dict(zip(cells.columns, names, strict=True)))
    kept = [n for n, h in zip(names, headings, strict=True) if h]
    body = body.select(*kept, pl.int_range(2, pl.len() + 2).cast(pl.String).alias(ROW))
    return body.filter(pl.any_horizontal(pl.exclude(ROW).is_not_null())) if kept else body


def _names(headings: list[str]) -> list[str]:
    """The contract's name for each heading it knows, once; the others under their own, once."""
    aliases, seen, found = _aliases(), set[str](), []
    for place, heading in enumerate(headings):
        name = aliases.get(_plain(heading), heading)
        name = name if name and name not in seen else f"{heading}#{place + 1}"
        seen.add(name)
        found.append(name)
    return found


@cache
def _aliases() -> Mapping[str, str]:
    text = files("aiqyn").joinpath("data", "linkage", "headings.toml").read_text(encoding="utf-8")
    known = tomllib.loads(text)
    return {_plain(a): name for name in COLUMNS for a in (name, *known.get(name, ()))}


def _plain(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c not in " _.\u00a0")


def _refuse_repeated(path: Path, ids: pl.Series) -> None:
    repeated = int(ids.is_duplicated().sum())
    if repeated:
        raise InputRefused("LINK-003", file=path.name, n=repeated)


def _refuse_same_stem(paths: Sequence[Path]) -> None:
    twice = sorted(stem for stem, n in Counter(p.stem for p in paths).items() if n > 1)
    if twice:
        raise InputRefused("LINK-005", lists=", ".join(twice))


def _doubts(
    name: str, table: pl.DataFrame, known: Sequence[str]
) -> list[tuple[str, Mapping[str, object]]]:
    """LINK-101 no record, LINK-102 no record ids, LINK-103 columns that hold nothing."""
    if not table.height:
        return [("LINK-101", {"list": name})]
    found: list[tuple[str, Mapping[str, object]]] = []
    if "record_id" not in table.columns or table["record_id"].null_count():
        found.append(("LINK-102", {"list": name}))
    hollow = [c for c in known if table[c].null_count() == table.height]
    if hollow:
        found.append(("LINK-103", {"list": name, "columns": ", ".join(hollow)}))
    return found
