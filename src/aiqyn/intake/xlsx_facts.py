"""What an .xlsx file holds beside its values: formulas, errors, hidden rows, merged cells, extent.

The reader of values (calamine) shows a formula's cached result and drops errors; and it lays out
the whole rectangle between the outermost cells, so two cells far apart would ask for terabytes.
Both are looked at here first, in the sheet's own XML.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass

from aiqyn.errors import InputRefused
from aiqyn.intake import limits
from aiqyn.intake.grid import Facts
from aiqyn.intake.unpack import part

TAG = rb"<(?:\w+:)?"
SHEET = re.compile(TAG + rb"sheet\b([^>]*)>")
RELATION = re.compile(TAG + rb"Relationship\b([^>]*)>")
ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"|([\w:]+)\s*=\s*\'([^\']*)\'')
CELL = re.compile(
    TAG
    + rb"c\b[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>\s*"
    + TAG
    + rb"f\b[^>]*>([^<]{0,60})"
)
ERROR = re.compile(TAG + rb"c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
ROW = re.compile(TAG + rb"row\b([^>]*)>")
MERGE = re.compile(TAG + rb"mergeCell\b[^>]*?\bref=[\"']([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)[\"']")
LETTERS = re.compile(rb"\br=[\"']([A-Z]{1,3})\d")
LAST = re.compile(rb"\br=[\"'][A-Z]{0,3}(\d{1,7})[\"']")
FIRST_COLUMN = re.compile(
    TAG + rb"c\b[^>]*?\br=[\"']A\d+[\"'][^>]*>\s*" + TAG + rb"(?:v\b[^>]*>[^<\s]|is\b)"
)
STRING_USE = re.compile(TAG + rb"c\b[^>]*\bt=[\"']s[\"'][^>]*>\s*" + TAG + rb"v[^>]*>(\d+)")
STRING_END = re.compile(rb"</(?:\w+:)?si>")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts about one sheet, and whether it is hidden."""

    name: str
    facts: Facts
    hidden: bool


def xlsx_facts(archive: zipfile.ZipFile, name: str) -> dict[str, SheetFacts]:
    """Sheet name -> facts, in the workbook's order.

    Raises
    ------
    InputRefused INTAKE-003 when a sheet's rectangle or its repeated texts exceed the limits.
    """
    strings = _string_lengths(part(archive, "xl/sharedStrings.xml", name))
    found = {}
    for title, member, hidden in _sheets(archive, name):
        xml = _utf8(part(archive, member, name))
        _refuse_wide(xml, strings, name)
        found[title] = SheetFacts(title, _facts(xml), hidden)
    return found


def column_number(letters: str) -> int:
    """``A`` -> 0, ``AA`` -> 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 -> ``A``, 26 -> ``AA``."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheets(archive: zipfile.ZipFile, name: str) -> list[tuple[str, str, bool]]:
    relations = {}
    for tag in RELATION.findall(_utf8(part(archive, "xl/_rels/workbook.xml.rels", name))):
        attributes = _attributes(tag)
        relations[attributes.get("Id", "")] = attributes.get("Target", "")
    sheets = []
    for tag in SHEET.findall(_utf8(part(archive, "xl/workbook.xml", name))):
        a = _attributes(tag)
        target = relations.get(
            a.get("r:id") or next((a[k] for k in a if k.endswith(":id")), ""), ""
        )
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        sheets.append((a.get("name", ""), member, a.get("state", "visible") != "visible"))
    return sheets


def _attributes(tag: bytes) -> dict[str, str]:
    from html import unescape

    pairs = ((a or c, b or d) for a, b, c, d in ATTRIBUTE.findall(tag))
    return {k.decode(errors="replace"): unescape(v.decode(errors="replace")) for k, v in pairs}


def _utf8(xml: bytes) -> bytes:
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return xml.decode("utf-16", errors="replace").encode()
    return xml


def _facts(xml: bytes) -> Facts:
    formulas = CELL.findall(xml) if re.search(TAG + rb"f\b", xml) else []
    errors = ERROR.findall(xml) if re.search(rb"\bt=[\"']e[\"']", xml) else []
    return Facts(
        _texts(formulas),
        frozenset(_at(letters, row) for letters, row in errors),
        frozenset(_hidden(xml)) if b"hidden=" in xml else frozenset(),
        tuple(_rectangle(found) for found in MERGE.findall(xml)),
        at_left_edge=FIRST_COLUMN.search(xml) is not None,
    )


def _texts(found: list[tuple[bytes, bytes, bytes]]) -> dict[tuple[int, int], str]:
    from html import unescape

    told = ((_at(letters, row), text) for letters, row, text in found)
    return {at: f"={unescape(text.decode(errors='replace'))}" for at, text in told}


def _at(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_number(letters.decode())


def _hidden(xml: bytes) -> list[int]:
    rows, at = [], -1
    for tag in ROW.findall(xml):
        a = _attributes(tag)
        number = a.get("r", "")
        at = int(number) - 1 if number.isdecimal() else at + 1
        if a.get("hidden") in ("1", "true"):
            rows.append(at)
    return rows


def _rectangle(found: tuple[bytes, bytes, bytes, bytes]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (part_.decode() for part_ in found)
    return int(top) - 1, column_number(left), int(bottom) - 1, column_number(right)


def _refuse_wide(xml: bytes, strings: list[int], name: str) -> None:
    """Refuse a sheet that a dense reader could not hold."""
    columns = max((column_number(c.decode()) for c in set(LETTERS.findall(xml))), default=0) + 1
    rows = max(map(int, set(LAST.findall(xml))), default=0)
    if columns * rows > limits.MAX_CELLS:
        raise InputRefused("INTAKE-003", file=name)
    uses = xml.count(b't="s"') + xml.count(b"t='s'")
    if strings and max(strings) * uses > limits.MAX_TEXT:
        used = (int(i) for i in STRING_USE.findall(xml))
        if sum(strings[i] for i in used if i < len(strings)) > limits.MAX_TEXT:
            raise InputRefused("INTAKE-003", file=name)


def _string_lengths(xml: bytes) -> list[int]:
    return [len(piece) for piece in STRING_END.split(_utf8(xml))]
