"""What an .ods file holds beside its values: formulas, hidden rows, merged cells, extent."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile

from aiqyn.errors import InputRefused
from aiqyn.intake import limits
from aiqyn.intake.grid import Facts
from aiqyn.intake.unpack import part
from aiqyn.intake.xlsx_facts import SheetFacts

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


class _Sheet:
    """A running account of one table while its XML goes by."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.row = self.column = self.cells = self.width = 0
        self.last_row = 0
        self.formulas: dict[tuple[int, int], str] = {}
        self.errors: set[tuple[int, int]] = set()
        self.hidden: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []


def ods_facts(archive: zipfile.ZipFile, name: str) -> dict[str, SheetFacts]:
    """Sheet name -> facts, in the workbook's order.

    Raises
    ------
    InputRefused INTAKE-001 damaged, -002 a password, -003 cells repeated beyond the limits.
    """
    if b"encryption-data" in part(archive, "META-INF/manifest.xml", name):
        raise InputRefused("INTAKE-002", file=name)
    xml = part(archive, "content.xml", name)
    if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:  # entities could grow without bound
        raise InputRefused("INTAKE-001", file=name)
    try:
        return {sheet.name: _facts(sheet) for sheet in _walk(xml, name)}
    except ET.ParseError:
        raise InputRefused("INTAKE-001", file=name) from None


def _walk(xml: bytes, name: str) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    for event, node in ET.iterparse(io.BytesIO(xml), events=("start", "end")):
        if event == "start" and node.tag == f"{TABLE}table":
            sheets.append(_Sheet(node.get(f"{TABLE}name", "")))
        elif sheets and event == "start" and node.tag == f"{TABLE}table-row":
            sheets[-1].column = 0
        elif sheets and event == "end":
            _end(sheets[-1], node, name)
    return sheets


def _end(sheet: _Sheet, node: ET.Element, name: str) -> None:
    if node.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        _cell(sheet, node, name)
        node.clear()
    elif node.tag == f"{TABLE}table-row":
        _row(sheet, node, name)
        node.clear()


def _cell(sheet: _Sheet, node: ET.Element, name: str) -> None:
    repeated = _times(node, "number-columns-repeated", name)
    at = (sheet.row, sheet.column)
    if node.get(f"{OFFICE}value-type") or len(node):
        sheet.width = max(sheet.width, sheet.column + repeated)
        sheet.last_row = sheet.row
    if formula := node.get(f"{TABLE}formula"):
        text = formula.removeprefix("of:")[:60]
        sheet.formulas |= {(at[0], at[1] + i): text for i in range(min(repeated, 1000))}
    down, right = (_times(node, f"number-{what}-spanned", name) for what in ("rows", "columns"))
    if down > 1 or right > 1:
        sheet.merged.append((at[0], at[1], at[0] + down - 1, at[1] + right - 1))
    sheet.column += repeated


def _row(sheet: _Sheet, node: ET.Element, name: str) -> None:
    repeated = _times(node, "number-rows-repeated", name)
    if node.get(f"{TABLE}visibility") in ("collapse", "filter"):
        sheet.hidden |= set(range(sheet.row, sheet.row + min(repeated, 100_000)))
    if sheet.last_row == sheet.row and sheet.width:
        sheet.last_row += repeated - 1
    sheet.row += repeated
    if sheet.width * (sheet.last_row + 1) > limits.MAX_CELLS:
        raise InputRefused("INTAKE-003", file=name)


def _times(node: ET.Element, attribute: str, name: str) -> int:
    text = node.get(f"{TABLE}{attribute}", "1")
    if not text.isdecimal() or len(text) > 9:
        raise InputRefused("INTAKE-001", file=name)
    return max(1, int(text))


def _facts(sheet: _Sheet) -> SheetFacts:
    facts = Facts(
        sheet.formulas,
        frozenset(sheet.errors),
        frozenset(sheet.hidden),
        tuple(sheet.merged),
    )
    return SheetFacts(sheet.name, facts, hidden=False)
