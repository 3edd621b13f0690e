"""From an answered file and its linkage to recall and precision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from aiqyn.linkage.audit.answers import Record, read_answers
from aiqyn.linkage.audit.found_and_true import Audited, audited
from aiqyn.linkage.audit.histories_by_hand import HistoryByHand, histories_by_hand
from aiqyn.linkage.audit.quality import Quality, quality
from aiqyn.linkage.linkage_folder import LinkageFolder

UNKNOWN = "unknown"
GENERATION = 10  # years of birth in a group


def measure(folder: str | Path, answers: str | Path) -> Quality:
    """Recall and precision of the linkage in the folder, over all and by group.

    Raises
    ------
    InputRefused (LINK-007) no linkage, (LINK-011 … LINK-014) for the file.
    """
    drawn, records, unanswered = drawn_persons(folder, answers)
    return quality(drawn, _groups(records), unanswered)


def drawn_persons(
    folder: str | Path, answers: str | Path
) -> tuple[tuple[Audited, ...], pl.DataFrame, int]:
    """The audited persons, the records that may be shown, and rows left unanswered."""
    linkage = LinkageFolder.open(folder)
    records = linkage.open_records()
    keys = dict(zip(_who(records), records["person_id"], strict=True))
    read = read_answers(answers, keys)
    told = records.join(linkage.features().select("record", "script", "birth_year"), on="record")
    return audited(read, keys), told, read.unanswered


def by_hand(folder: str | Path, drawn: Sequence[Audited]) -> tuple[HistoryByHand, ...]:
    """The histories of the audited persons, as linked and as they are by hand."""
    sealed = LinkageFolder.open(folder).records().filter("sealed")
    lists = sealed.group_by("person_id").agg(pl.col("list").unique()).iter_rows()
    return histories_by_hand(drawn, {key: frozenset(names) for key, names in lists})


def _who(records: pl.DataFrame) -> list[Record]:
    return list(records.select("list", "record_id").iter_rows())


def _groups(records: pl.DataFrame) -> Mapping[str, Mapping[Record, str]]:
    """The code of each record by sex, generation, list and script."""
    generation = pl.col("birth_year") // GENERATION * GENERATION
    codes = records.select(
        pl.col("sex").fill_null(UNKNOWN),
        generation.cast(pl.String).fill_null(UNKNOWN).alias("born"),
        "list",
        pl.col("script").fill_null(UNKNOWN),
    )
    who = _who(records)
    return {name: dict(zip(who, codes[name], strict=True)) for name in codes.columns}
