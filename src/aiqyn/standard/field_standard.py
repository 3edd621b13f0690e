"""The field standard: which tables there are, which columns they have and what each one holds.

The columns stand in ``data/standard/fields.csv``, where a lawyer or a data officer can read and
correct them. Fields with ``identity`` are recognised in an agency's file and never leave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from aiqyn.standard.code_files import read_rows

FieldType = Literal["text", "int", "float", "date", "code", "codes"]
Unit = Literal["event", "victim", "perpetrator", "reporting_entity"]

_TABLES = (
    "victims",
    "exploitation",
    "movements",
    "accused",
    "justice_events",
    "assistance",
    "referrals",
    "published_counts",
)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a standard table.

    Attributes
    ----------
    type : FieldType         ``codes`` is a list of codes
    code_list : str or None  the list its values come from
    required : bool          a record without it is refused
    identity : bool          it names a person: recognised, never kept
    unit : str               ``years``, ``day``, ``months`` …; empty where there is none
    ictip_unit, ictip_attribute : str     unit of description and attribute in IC-TIP (unchecked)
    htcds_field : str or None             its name in HTCDS 2.0
    """

    table: str
    name: str
    type: FieldType
    code_list: str | None
    required: bool
    identity: bool
    unit: str
    ictip_unit: Unit
    ictip_attribute: str | None
    htcds_field: str | None
    labels: Mapping[str, str]
    glosses: Mapping[str, str]

    @property
    def multiple(self) -> bool:
        """Whether one cell may hold several codes."""
        return self.type == "codes"

    def label(self, lang: str = "en") -> str:
        """The column's name as a person reads it."""
        return self.labels[lang]

    def gloss(self, lang: str = "en") -> str:
        """One sentence on what to write; empty where the name says it."""
        return self.glosses[lang]


def tables() -> tuple[str, ...]:
    """The standard tables, the records first, published counts last."""
    return _TABLES


def fields(table: str) -> tuple[Field, ...]:
    """The columns of a standard table, in order.

    Raises
    ------
    KeyError when there is no such table.
    """
    return _by_table()[table]


def field(table: str, name: str) -> Field:
    """One column of a table; KeyError when it has none of that name."""
    return _by_name()[table, name]


@cache
def _by_table() -> dict[str, tuple[Field, ...]]:
    every = [_field(row) for row in read_rows(_file())]
    return {table: tuple(f for f in every if f.table == table) for table in _TABLES}


@cache
def _by_name() -> dict[tuple[str, str], Field]:
    return {(f.table, f.name): f for table in _TABLES for f in fields(table)}


def _field(row: dict[str, str]) -> Field:
    return Field(
        table=row["table"],
        name=row["name"],
        type=_one_of(row["type"]),
        code_list=row["code_list"] or None,
        required=row["required"] == "1",
        identity=row["identity"] == "1",
        unit=row["unit"],
        ictip_unit=_unit(row["ictip_unit"]),
        ictip_attribute=row["ictip_attribute"] or None,
        htcds_field=row["htcds_field"] or None,
        labels={lang: row[f"label_{lang}"] for lang in ("kk", "ru", "en")},
        glosses={lang: row[f"gloss_{lang}"] for lang in ("kk", "ru", "en")},
    )


def _one_of(text: str) -> FieldType:
    return next(kind for kind in get_args(FieldType) if kind == text)


def _unit(text: str) -> Unit:
    return next(unit for unit in get_args(Unit) if unit == text)


def _file() -> Traversable:
    return files("aiqyn").joinpath("data", "standard", "fields.csv")
