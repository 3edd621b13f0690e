"""A list as it was sent: one file, or a folder of files, and the mapping that reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake import Mapping
from aiqyn.linkage.list_files import DAY, ROW, Caution, rows_by_mapping, rows_under_headings

FILE = "#file"


@dataclass(frozen=True, slots=True)
class ListSource:
    """One list.

    Attributes
    ----------
    name : the list's name
    files : its files, in the order of sending; the rows of all of them are the list
    mapping : how they are read; None: by headings that are known
    in_folder : the list is a folder, in which files about other things may lie
    """

    name: str
    files: tuple[Path, ...]
    mapping: Mapping | None = None
    in_folder: bool = False

    @property
    def called(self) -> str:
        """How a message names it: its folder, or its file."""
        return self.name if self.in_folder else self.files[0].name


def sent_rows(
    source: ListSource, refused: dict[str, InputRefused], cautions: list[Caution]
) -> pl.DataFrame:
    """The rows of all files of the list, with `ROW` and `FILE` (the stem), each record once.

    Parameters
    ----------
    refused, cautions : are added to

    Raises
    ------
    InputRefused (LINK-026) for a folder without a file of victims, (LINK-027) for such a file, and
    for a list of one file what that file is refused for.
    """
    parts = []
    for file in source.files:
        try:
            part = _rows(source, file, cautions)
        except InputRefused as why:
            if not source.in_folder:
                raise
            refused[f"{source.name}/{file.name}"] = why
            continue
        parts += [] if part is None else [part.with_columns(pl.lit(file.stem).alias(FILE))]
    if not parts:
        raise InputRefused("LINK-026", file=source.name)
    return sent_once(pl.concat(parts, how="diagonal"))


def _rows(source: ListSource, file: Path, cautions: list[Caution]) -> pl.DataFrame | None:
    if source.mapping is None:
        found = rows_under_headings(file)
    else:
        read = rows_by_mapping(file, source.mapping)
        if read is None:
            if source.in_folder:
                return None
            raise InputRefused("LINK-027", file=file.name, mapping=source.mapping.name)
        found = read
    cautions.extend(found.cautions)
    return found.rows


def sent_once(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows without those that a later file of the list sends again.

    The same record is the same number and day of detection; where no day is known, the same row.
    """
    if rows[FILE].n_unique() < 2:
        return rows
    first = [c for c in rows.columns if c not in (FILE, ROW)]
    alone = rows.sort(FILE, maintain_order=True).unique(first, keep="last", maintain_order=True)
    if not {"record_id", DAY} <= set(alone.columns):
        return alone
    numbered = pl.col("record_id").is_not_null() & pl.col(DAY).is_not_null()
    last = pl.col(FILE) == pl.col(FILE).max().over("record_id", DAY)
    return alone.filter(~numbered | last)
