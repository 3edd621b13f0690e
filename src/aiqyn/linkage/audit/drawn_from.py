"""An audit stays with the linkage it was drawn from: `private/drawn/CODE.parquet`, and a column.

The file that is filled by hand has the linkage's code in each row. Answers for another linkage are
refused, unless nothing has changed about the records of which they speak.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake.open_file import open_file
from aiqyn.linkage.audit.answers import read_answers
from aiqyn.linkage.audit.linkage_then import code_of, linkage_as_codes, stands
from aiqyn.linkage.known_persons import WHO
from aiqyn.linkage.linkage_folder import LinkageFolder, write_owner_only
from aiqyn.linkage.stored_plan import Caution

DRAWN_FROM = "drawn_from"


def marked(rows: pl.DataFrame, linkage: LinkageFolder) -> pl.DataFrame:
    """The rows of an audit with the code of their linkage, which is kept in the folder."""
    now = linkage_as_codes(linkage.open_records())
    _place(linkage).mkdir(mode=0o700, exist_ok=True)
    write_owner_only(now, _place(linkage) / f"{code_of(now)}.parquet")
    return rows.with_columns(pl.lit(code_of(now)).alias(DRAWN_FROM))


def doubts(linkage: LinkageFolder, answers: Path) -> tuple[Caution, ...]:
    """LINK-114 for answers that still stand, LINK-115 when nobody can tell.

    Raises
    ------
    InputRefused (LINK-034) for answers of another linkage, and as `read_answers`.
    """
    now = linkage_as_codes(linkage.open_records())
    kept = {file.stem: file for file in sorted(_place(linkage).glob("*.parquet"))}
    told = _codes(answers)
    others = (told or kept.keys()) - {code_of(now)}
    if not others or (not told and code_of(now) in kept):
        return () if told or kept else (("LINK-115", {"file": answers.name}),)
    known = (code in kept and _stand(answers, pl.read_parquet(kept[code]), now) for code in others)
    if all(known) if told else any(known):
        return (("LINK-114", {"file": answers.name}),)
    raise InputRefused("LINK-034", file=answers.name, folder=linkage.path.name)


def _stand(answers: Path, then: pl.DataFrame, now: pl.DataFrame) -> bool:
    known = pl.concat([then.select(WHO), now.select(WHO)])
    return stands(read_answers(answers, known.iter_rows()), then, now)


def _codes(answers: Path) -> frozenset[str]:
    """The linkages that the file says its rows were drawn from."""
    cells = open_file(answers)[0].cells
    headings = [str(h).casefold() for h in cells.row(0)] if cells.height else []
    if DRAWN_FROM not in headings:
        return frozenset()
    return frozenset(cells[1:][:, headings.index(DRAWN_FROM)].drop_nulls().to_list())


def _place(linkage: LinkageFolder) -> Path:
    return linkage.path / "private" / "drawn"
