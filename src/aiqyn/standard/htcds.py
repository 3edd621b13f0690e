"""The Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0), both ways.

Names stand in ``data/standard/htcds_fields.csv`` (all of them, with what we do with each) and
values in ``data/standard/htcds_values.csv``. From HTCDS every value has one code of ours; a finer
code of ours goes back to the nearest value above it. The standard's own spellings are kept
("Unaquainted"); stray blanks of its picklists ("DebtBondage ") are read and not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aiqyn.standard.code_files import read_rows
from aiqyn.standard.code_lists import CodeList, code_list
from aiqyn.standard.countries import alpha_2
from aiqyn.standard.spelling import spelling_key

EXPLOITATION = "vic_TypeOfExploitation"
SEXUAL = "vic_TypeOfSexExploitation"
_SEXUAL_VALUE = "SexualExploitation"

Cell = str | list[str] | None


@dataclass(frozen=True, slots=True)
class HtcdsField:
    """One field of HTCDS 2.0 and what becomes of it here.

    Attributes
    ----------
    name : str                     with its prefix, ``vic_MethodsOfControl``
    core, multiple : bool
    status : str                   ``DRAFT`` or ``DEPRECATED``
    code_list : str or None        our list for its picklist
    ours : (table, name) or None   our field
    treatment : str                ``mapped``, ``identity`` (recognised, never kept), ``personal``
                                   and ``free_text`` (never read), ``not_kept``
    """

    name: str
    core: bool
    status: str
    multiple: bool
    code_list: str | None
    ours: tuple[str, str] | None
    treatment: str


@cache
def htcds_fields() -> dict[str, HtcdsField]:
    """HTCDS name with prefix -> the field, in the standard's order."""
    return {row["htcds_field"]: _field(row) for row in _rows("htcds_fields.csv")}


def from_htcds(field: str, value: str) -> str | None:
    """Our code for a value of an HTCDS picklist; None for a value that the standard lacks."""
    known = _from().get(field)
    listed = htcds_fields()[field].code_list
    if known is None or listed is None:
        return code_list(listed).find(value) if listed else None
    return known.get(spelling_key(value))


def to_htcds(field: str, code: str) -> str | None:
    """The HTCDS value nearest to our code: its own, or that of the code above it; else None."""
    listed = htcds_fields()[field].code_list
    if listed == "country":
        return alpha_2(code)
    exact = _to().get(field, {})
    if code in exact:
        return exact[code]
    return _by_crosswalk(field, code_list(listed), code) if listed else None


def victim_from_htcds(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Our victim's cells from one HTCDS record; identities, personal data and free text stay out.

    Lists may be Python lists or one text parted by ``;``. What is not recorded is None, and a value
    that the standard does not know is left out: intake refuses it beforehand.
    """
    victim: dict[str, Cell] = {}
    for name, field in htcds_fields().items():
        if field.ours is None or field.ours[0] != "victims" or field.treatment != "mapped":
            continue
        ours = field.ours[1]
        cell = _read(field, row.get(name))
        victim[ours] = _joined(victim.get(ours), cell)
    forms = victim.get("forms")
    return victim | {"forms": _finest(forms) if isinstance(forms, list) else forms}


def victim_to_htcds(victim: Mapping[str, Cell]) -> dict[str, Cell]:
    """One HTCDS record from our victim's cells; several values as a list."""
    record: dict[str, Cell] = {}
    for name, field in htcds_fields().items():
        if field.ours is None or field.ours[0] != "victims" or field.treatment != "mapped":
            continue
        record[name] = _written(field, victim.get(field.ours[1]))
    return record


def _read(field: HtcdsField, cell: Cell) -> Cell:
    if cell is None or cell == "":
        return None
    if field.code_list is None:
        return cell
    values = [v for v in _several(cell) if v.strip()]
    codes = [code for code in (from_htcds(field.name, v) for v in values) if code]
    many = field.multiple and _takes_many(field)
    return (codes or None) if many else (codes[0] if codes else None)


def _written(field: HtcdsField, cell: Cell) -> Cell:
    if cell is None or field.code_list is None:
        return cell
    values = [to_htcds(field.name, code) for code in _several(cell)]
    kept = list(dict.fromkeys(value for value in values if value))
    return (kept or None) if field.multiple else (kept[0] if kept else None)


def _several(cell: str | list[str]) -> list[str]:
    return cell.split(";") if isinstance(cell, str) else list(cell)


def _takes_many(field: HtcdsField) -> bool:
    from aiqyn.standard.field_standard import field as our_field

    return field.ours is not None and our_field(*field.ours).multiple


def _joined(first: Cell, second: Cell) -> Cell:
    if isinstance(first, list) and isinstance(second, list):
        return [*first, *second]
    return first if second is None else second


def _finest(forms: Iterable[str]) -> list[str]:
    """Forms without "sexual exploitation" where HTCDS says which, and without repetition."""
    told = list(dict.fromkeys(forms))
    kinds = {_to()[SEXUAL].get(form) for form in told} - {None}
    general = _from()[EXPLOITATION][spelling_key(_SEXUAL_VALUE)]
    return [form for form in told if not (kinds and form == general)]


def _by_crosswalk(field: str, listed: CodeList, code: str) -> str | None:
    """The value in the list's own column, of the code or of the first above it that has one."""
    for step in listed.line(code) if code in listed else ():
        value = listed.value(step, "htcds")
        if value is None:
            continue
        kind, _, finer = value.partition("/")
        if field == SEXUAL:
            return finer or None
        return kind if kind in _to()[field].values() else None
    return None


@cache
def _from() -> dict[str, dict[str, str]]:
    """Field -> spelling of the value -> our code."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows("htcds_values.csv"):
        found.setdefault(row["htcds_field"], {})[spelling_key(row["value"])] = row["code"]
    return found


@cache
def _to() -> dict[str, dict[str, str]]:
    """Field -> our code -> value."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows("htcds_values.csv"):
        found.setdefault(row["htcds_field"], {})[row["code"]] = row["value"]
    return found


def _field(row: dict[str, str]) -> HtcdsField:
    return HtcdsField(
        name=row["htcds_field"],
        core=row["core"] == "Core",
        status=row["status"],
        multiple=row["multiple"] == "1",
        code_list=row["code_list"] or None,
        ours=(row["table"], row["name"]) if row["name"] else None,
        treatment=row["treatment"],
    )


def _rows(name: str) -> list[dict[str, str]]:
    return read_rows(files("aiqyn").joinpath("data", "standard", name))
