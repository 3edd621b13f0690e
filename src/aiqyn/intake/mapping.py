"""What a mapping says, as frozen values. The keys are told in ``data/mappings/README.md``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "code", "codes", "integer", "number", "count", "date", "year", "boolean"]
Cell = str | int | float | bool | None
SPLIT = (";", "\n", "|")
ON = ("1", "true", "yes", "x", "✓", "+", "иә", "да")
OFF = ("0", "false", "no", "-", "жоқ", "нет")
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d")
ASIDE = (
    "aggregate", "duplicate", "example", "note", "no_value", "not_a_record", "conflict", "outside",
)  # fmt: skip
STATUSES = (
    "counted", "small", "zero", "suppressed", "not_available", "not_asked", "conflicting",
)  # fmt: skip
IDENTITY = (
    "family_name", "given_name", "patronymic", "birth_date", "birth_date_precision",
    "national_number", "sealed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """What one column of a row must hold.

    Attributes
    ----------
    heading : the column
    values : texts that satisfy it (any of them)
    negated : the values are those it must *not* hold
    empty : True or False: it must (not) be empty; None: not asked
    matches : regular expression, or None
    """

    heading: str
    values: tuple[str, ...] = ()
    negated: bool = False
    empty: bool | None = None
    matches: str | None = None


@dataclass(frozen=True, slots=True)
class RowRule:
    """Rows set aside (`aside` holds the reason) or refused (`refuse` holds the code)."""

    when: tuple[Condition, ...]
    aside: str | None = None
    refuse: str | None = None


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What happens to repeated rows."""

    exact: Literal["aside", "keep", "refuse"] = "aside"
    key: tuple[str, ...] = ()
    conflicting: Literal["refuse", "keep", "interval"] = "refuse"


@dataclass(frozen=True, slots=True)
class UnpivotColumn:
    """Columns turned to rows: by heading (any spelling) or by a pattern with named groups."""

    heading: tuple[str, ...] = ()
    matching: str | None = None
    set: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unpivot:
    """Wide to long; the made columns are called ``$name``."""

    columns: tuple[UnpivotColumn, ...]
    value: str = "value"
    keep_empty: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the made columns, without the ``$``, in order of appearance."""
        import re

        found = {self.value: None}
        for column in self.columns:
            found |= dict.fromkeys(name for name, _ in column.set)
            if column.matching:
                found |= dict.fromkeys(re.compile(column.matching).groupindex)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand; `row` None means: look for them."""

    row: int | None = None
    rows: int = 1
    within: int = 25
    joined_by: str = " / "


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field of a record is made from a row. See README, "A field"."""

    name: str
    headings: tuple[str, ...] = ()
    constant: Cell | tuple[str, ...] = None
    has_constant: bool = False
    flags: tuple[tuple[str, tuple[str, ...]], ...] = ()
    any_of: tuple[FieldRule, ...] = ()
    kind: Kind = "text"
    code_list: str | None = None
    values: tuple[tuple[str, tuple[str, ...] | None], ...] = ()
    values_only: bool = False
    otherwise: str | None = None
    has_otherwise: bool = False
    split: tuple[str, ...] = SPLIT
    missing: tuple[str, ...] = ()
    required: bool = False
    refuse_missing_column: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    date_formats: tuple[str, ...] = DATE_FORMATS
    thousands: str | None = None
    decimal: str | None = None
    several: Literal["refuse", "first"] = "refuse"
    keep_parents: bool = False
    free_text: bool = False
    on: tuple[str, ...] = ON
    off: tuple[str, ...] = OFF
    blank: Literal["unknown", "off"] = "unknown"
    less_than: bool = False
    statuses: tuple[tuple[str, str], ...] = ()

    @property
    def every_heading(self) -> tuple[tuple[str, ...], ...]:
        """One tuple of spellings per column that the rule reads."""
        own = ((self.headings,) if self.headings else ()) + tuple(s for _, s in self.flags)
        return own + tuple(h for rule in self.any_of for h in rule.every_heading)


@dataclass(frozen=True, slots=True)
class RecordRule:
    """One record that a row gives.

    Attributes
    ----------
    births : headings of the column of birth dates, from which an age that is not given is told
    """

    table: str
    fields: tuple[FieldRule, ...]
    when: tuple[Condition, ...] = ()
    when_any: tuple[str, ...] = ()
    births: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRule:
    """How one sheet is read."""

    records: tuple[RecordRule, ...]
    names: tuple[str, ...] = ()
    optional: bool = False
    header: Header = Header()
    skip_after: int = 0
    not_content: tuple[str, ...] = ()
    unpivot: Unpivot | None = None
    identity: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ignore: tuple[str, ...] = ()
    unknown_columns: Literal["caution", "ignore", "refuse"] = "caution"
    rules: tuple[RowRule, ...] = ()
    duplicates: Duplicates | None = None

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """One tuple of spellings per column of the file that any record reads."""
        every = [h for record in self.records for rule in record.fields for h in rule.every_heading]
        if self.unpivot:
            every += [column.heading for column in self.unpivot.columns if column.heading]
        real = (tuple(s for s in spellings if not s.startswith("$")) for spellings in every)
        return tuple(dict.fromkeys(spellings for spellings in real if spellings))

    @property
    def needed(self) -> tuple[tuple[str, ...], ...]:
        """The columns without which the sheet cannot be read."""
        every = [f for record in self.records for f in record.fields if f.refuse_missing_column]
        spellings = (s for rule in every for s in rule.every_heading)
        return tuple(s for s in spellings if not s[0].startswith("$"))


@dataclass(frozen=True, slots=True)
class YearCell:
    """The cell in which a workbook says its report year."""

    cell: str
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """How another's file is read.

    Attributes
    ----------
    name : its name among the shipped ones, or the stem of its file
    title : (language, words) pairs
    agency : the code for `agency` and `source_id`; None: the caller's, or the mapping's name
    guess_headings : texts that the file must hold for the mapping to be guessed
    guess_file : a pattern that the file's name must hold for it; None: any name
    """

    name: str
    title: tuple[tuple[str, str], ...]
    sheets: tuple[SheetRule, ...]
    agency: str | None = None
    source: tuple[tuple[str, str], ...] = ()
    report_year: YearCell | None = None
    never_guess: bool = False
    guess_headings: tuple[str, ...] = ()
    guess_file: str | None = None

    def label(self, lang: str) -> str:
        """The mapping's title in `lang`, or its name."""
        return dict(self.title).get(lang, self.name)
