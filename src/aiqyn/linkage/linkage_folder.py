"""A linkage on disk: who is who for everybody, and what identifies people for its owner alone.

    persons.parquet      list, record_id, person_id, case_person_id
    histories.csv        persons by capture history, ready for ``aiqyn estimate``
    model.json           the numbers of the model
    plan.json            the plan: rules, comparisons, thresholds
    key_changes.csv      keys of the linkage before that were merged or split
    private/             mode 0700; files 0600: records as sent, normal forms, scored pairs

Each file is written beside and renamed into place; the folder is safe to delete.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.linkage.known_persons import WHO, Known
from aiqyn.linkage.linking import Linkage, histories
from aiqyn.linkage.model.parameters import Parameters, read_parameters
from aiqyn.linkage.stored_plan import FILE as PLAN
from aiqyn.linkage.stored_plan import StoredPlan, read_stored_plan, stored_plan

OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class LinkageFolder:
    """A folder that `write_linkage` made."""

    path: Path

    @classmethod
    def open(cls, path: str | Path) -> LinkageFolder:
        """The folder.

        Raises
        ------
        InputRefused (LINK-007) when no linkage is in it.
        """
        folder = cls(Path(path))
        if not (folder.path / "persons.parquet").is_file():
            raise InputRefused("LINK-007", folder=folder.path.name)
        return folder

    def persons(self) -> pl.DataFrame:
        """`list`, `record_id`, `person_id`, `case_person_id`."""
        return pl.read_parquet(self.path / "persons.parquet")

    def records(self) -> pl.DataFrame:
        """Every record as sent, with `record` (its number), `sealed` and both keys."""
        return pl.read_parquet(self.path / "private" / "records.parquet")

    def open_records(self) -> pl.DataFrame:
        """The records that may be shown to a searcher, a reader, another agency."""
        return self.records().filter(~pl.col("sealed"))

    def open_features(self) -> pl.DataFrame:
        """Their normal forms: how rare a value is among all would tell of the sealed ones."""
        known = self.open_records()["record"].implode()
        return self.features().filter(pl.col("record").is_in(known))

    def features(self) -> pl.DataFrame:
        """The normal forms of every record."""
        return pl.read_parquet(self.path / "private" / "features.parquet")

    def pairs(self) -> pl.DataFrame:
        """`left`, `right`, `probability`."""
        return pl.read_parquet(self.path / "private" / "pairs.parquet")

    def numbers(self) -> Parameters:
        """The numbers of the model."""
        return read_parameters(self.path / "model.json")

    def plan(self) -> StoredPlan:
        """The plan that it was made with."""
        return read_stored_plan(self.path)

    def known(self) -> Known:
        """The persons, for the linkage of the next year."""
        keys = self.persons()
        kept = [keys.select(*WHO, pl.col(c).alias("key")) for c in ("person_id", "case_person_id")]
        return Known(*kept)


def write_linkage(linkage: Linkage, folder: str | Path) -> LinkageFolder:
    """Write the folder."""
    root = Path(folder)
    private = root / "private"
    private.mkdir(parents=True, exist_ok=True)
    private.chmod(0o700)
    lists = linkage.records["list"].unique().sort().to_list()
    table = histories(linkage.persons, lists)
    _write(private / "records.parquet", linkage.records.write_parquet, OWNER_ONLY)
    _write(private / "features.parquet", linkage.features.write_parquet, OWNER_ONLY)
    _write(private / "pairs.parquet", linkage.scored.pairs.write_parquet, OWNER_ONLY)
    _write(root / "model.json", lambda p: p.write_text(linkage.scored.parameters.to_json()))
    kept = stored_plan(linkage.plan, linkage.records.height).to_json()
    _write(root / PLAN, lambda p: p.write_text(kept, encoding="utf-8"))
    _write(root / "key_changes.csv", linkage.changes.write_csv)
    _write(root / "histories.csv", table.write_csv)
    _write(root / "persons.parquet", linkage.persons.write_parquet)
    return LinkageFolder(root)


def write_owner_only(table: pl.DataFrame, path: str | Path) -> None:
    """A table of records: CSV, Excel or Parquet by its name; its owner alone may read it."""
    file = Path(path)
    forms: dict[str, Callable[[Path], object]] = {
        ".xlsx": table.write_excel,
        ".parquet": table.write_parquet,
    }
    _write(file, forms.get(file.suffix, table.write_csv), OWNER_ONLY)


def write_text_owner_only(text: str, path: Path) -> None:
    """A text that its owner alone may read."""
    _write(path, lambda file: file.write_text(text, encoding="utf-8"), OWNER_ONLY)


def _write(path: Path, write: Callable[[Path], object], mode: int | None = None) -> None:
    """Write beside and rename; where the mode matters the file has it before the first byte."""
    beside = path.with_name(f".{path.name}{path.suffix}")
    beside.unlink(missing_ok=True)
    if mode is not None:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    write(beside)
    beside.replace(path)
