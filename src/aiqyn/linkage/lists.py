"""The lists to be linked: every row kept, every fault told with its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake.kazakh_damage import STRANGE, UTF8_TRACE, is_damaged
from aiqyn.linkage.known_headings import COLUMNS, IDENTIFYING
from aiqyn.linkage.list_files import DAY, ROW, Caution
from aiqyn.linkage.list_sources import FILE, ListSource, sent_rows
from aiqyn.linkage.refused_files import NoListTaken

SHOWN = ("list", *(c for c in COLUMNS if c != "sealed"))  # what a searcher or a reader may see
NAMES = ("given", "surname", "patronymic")
OURS_IN_HISTORIES = ("count", "person_id")  # names of columns, which no list may have
DOUBTFUL = rf"\?|{STRANGE.pattern}|{UTF8_TRACE.pattern}"  # no damaged text is without any of these
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
    cautions: tuple[Caution, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The lists, in their order."""
        return tuple(self.records["list"].unique().sort().to_list())


def read_lists(given: Sequence[str | Path | ListSource]) -> Lists:
    """Records of the lists; a file that cannot be taken is refused and the others stand.

    Raises
    ------
    InputRefused (LINK-001) no list has a record, (LINK-005) two lists have one name; where every
    list is refused its refusal, and NoListTaken (LINK-036) where there are several.
    """
    sources = [g if isinstance(g, ListSource) else _of_file(Path(g)) for g in given]
    _refuse_same_name(sources)
    taken: list[pl.DataFrame] = []
    refused: dict[str, InputRefused] = {}
    cautions: list[Caution] = []
    for source in sorted(sources, key=lambda s: s.name):
        try:
            taken.append(_list(source, refused, cautions))
        except InputRefused as why:
            refused[source.called] = why
    if not any(part.height for part in taken):
        raise _nothing(refused)
    records = pl.concat(taken, how="diagonal").sort("list", "record_id")
    return Lists(records, refused, tuple(cautions))


def _nothing(refused: Mapping[str, InputRefused]) -> InputRefused:
    """Why there is no record: no list has any, the one refusal, or all of them."""
    if len(refused) > 1:
        return NoListTaken(refused)
    return next(iter(refused.values()), InputRefused("LINK-001"))


def _of_file(path: Path) -> ListSource:
    return ListSource(path.stem, (path,))


def _list(
    source: ListSource, refused: dict[str, InputRefused], cautions: list[Caution]
) -> pl.DataFrame:
    """The records of one list.

    Raises
    ------
    InputRefused (LINK-003) a record id twice, (LINK-032) the name of a column of ours, and
    what `sent_rows` refuses.
    """
    if source.name in OURS_IN_HISTORIES:
        raise InputRefused("LINK-032", list=source.name)
    table = sent_rows(source, refused, cautions)
    cautions.extend(_doubts(source.name, table))
    whole = _whole(source, table)
    _refuse_repeated(source, whole["record_id"])
    return whole.select("list", *COLUMNS, pl.exclude("list", *COLUMNS))


def _whole(source: ListSource, table: pl.DataFrame) -> pl.DataFrame:
    """Every column of the contract; a record without a number is known by its row."""
    absent = [pl.lit(None, pl.String).alias(c) for c in COLUMNS if c not in table.columns]
    row = [pl.lit("row"), pl.col(ROW)]
    if source.in_folder:
        row = [pl.col(FILE), pl.lit("/"), *row]
    return (
        table.with_columns(absent)
        .with_columns(
            pl.lit(source.name).alias("list"),
            pl.coalesce("record_id", pl.concat_str(row)).alias("record_id"),
            pl.col("sealed").str.to_lowercase().is_in(TRUE).fill_null(value=False),
        )
        .drop(ROW, FILE, DAY, strict=False)
    )


def _refuse_repeated(source: ListSource, ids: pl.Series) -> None:
    repeated = int(ids.is_duplicated().sum())
    if repeated:
        raise InputRefused("LINK-003", file=source.called, n=repeated)


def _refuse_same_name(sources: Sequence[ListSource]) -> None:
    twice = sorted(name for name, n in Counter(s.name for s in sources).items() if n > 1)
    if twice:
        raise InputRefused("LINK-005", lists=", ".join(twice))


def _doubts(name: str, table: pl.DataFrame) -> list[Caution]:
    """LINK-101 no record, -102 no record ids, -103 columns that hold nothing, -113 lost letters."""
    if not table.height:
        return [("LINK-101", {"list": name})]
    found: list[Caution] = []
    if "record_id" not in table.columns or table["record_id"].null_count():
        found.append(("LINK-102", {"list": name}))
    known = [c for c in IDENTIFYING if c in table.columns]
    hollow = [c for c in known if table[c].null_count() == table.height]
    if hollow:
        found.append(("LINK-103", {"list": name, "columns": ", ".join(hollow)}))
    lost = sum(_damaged(table[c]) for c in NAMES if c in table.columns)
    if lost:
        found.append(("LINK-113", {"list": name, "n": lost}))
    return found


def _damaged(names: pl.Series) -> int:
    """Cells in which letters were lost on the way: “?” stands in their place."""
    doubtful = names.filter(names.str.contains(DOUBTFUL)).unique()
    bad = [text for text in doubtful.to_list() if is_damaged(text)]
    return int(names.is_in(bad).sum()) if bad else 0
