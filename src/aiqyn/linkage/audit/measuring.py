"""From an answered file and its linkage to recall and precision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.linkage.audit.answers import Record, read_answers
from aiqyn.linkage.audit.drawn_from import doubts
from aiqyn.linkage.audit.found_and_true import Audited, audited
from aiqyn.linkage.audit.histories_by_hand import HistoryByHand, histories_by_hand
from aiqyn.linkage.audit.quality import Quality, quality
from aiqyn.linkage.linkage_folder import LinkageFolder
from aiqyn.linkage.stored_plan import Caution

UNKNOWN = "unknown"
GENERATION = 10  # years of birth in a group


@dataclass(frozen=True, slots=True)
class AuditedLinkage:
    """What an answered audit tells of a linkage.

    Attributes
    ----------
    drawn : the audited persons
    records : the records that may be shown, with `script` and `birth_year`
    unanswered : rows left without an answer
    cautions : codes with their slots: whether the answers belong to this linkage
    """

    drawn: tuple[Audited, ...]
    records: pl.DataFrame
    unanswered: int
    cautions: tuple[Caution, ...] = ()

    @property
    def quality(self) -> Quality:
        """Recall and precision, over all and by group."""
        return quality(self.drawn, _groups(self.records), self.unanswered)


def audited_linkage(folder: str | Path, answers: str | Path) -> AuditedLinkage:
    """The linkage in the folder as the answers of its audit show it.

    Raises
    ------
    InputRefused (LINK-007) no linkage, (LINK-011 … LINK-014) for the file, (LINK-034) when the
    answers are of another linkage.
    """
    linkage = LinkageFolder.open(folder)
    cautions = doubts(linkage, Path(answers))
    records = linkage.open_records()
    keys = dict(zip(_who(records), records["person_id"], strict=True))
    read = read_answers(answers, keys)
    told = records.join(linkage.features().select("record", "script", "birth_year"), on="record")
    return AuditedLinkage(audited(read, keys), told, read.unanswered, cautions)


def measure(folder: str | Path, answers: str | Path) -> Quality:
    """Recall and precision of the linkage in the folder; refuses as `audited_linkage` does."""
    return audited_linkage(folder, answers).quality


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
