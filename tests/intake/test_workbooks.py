"""Excel and OpenDocument files: what a reader of cells would miss, and what would harm it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import date, datetime

import pytest

HEAD = ["Case", "Sex", "Age", "Detected"]


def row(number: int, age: object = 17, day: object = "2025-03-01") -> list[object]:
    return [f"A-{number}", "F", age, day]


def test_dates_and_numbers_of_a_workbook_are_read_as_they_are_meant(book, small, took):
    rows = [HEAD, row(1, 17, date(2025, 3, 1)), row(2, 18.0, datetime(2025, 3, 2, 12, 30))]
    victims = took(book({"S": rows}), small).tables["victims"]
    assert victims["age"].to_list() == [17, 18]
    assert victims["date_detected"].to_list() == [date(2025, 3, 1), date(2025, 3, 2)]


def test_a_formula_is_refused_where_it_is_read(book, small, took, codes):
    rows = [HEAD, row(1), row(2, "=C2+1"), row(3)]
    intake = took(book({"S": rows}), small)
    assert codes(intake) == [(3, "Age", "INTAKE-031")]
    assert intake.refusals[0].value == "=C2+1"


def test_a_formula_in_a_column_that_nobody_reads_harms_nobody(book, small, took):
    rows = [[*HEAD, "Note"], [*row(1), "=C2+1"]]
    assert took(book({"S": rows}), small).refused == 0


def test_an_error_sign_is_refused_not_taken_for_an_empty_cell(book, small, took, codes):
    def spoil(made):
        made["S"]["C3"] = "#REF!"
        made["S"]["C3"].data_type = "e"

    assert codes(took(book({"S": [HEAD, row(1), row(2)]}, spoil), small)) == [
        (3, "Age", "INTAKE-030")
    ]


def test_hidden_rows_are_read_and_told(book, small, took):
    def hide(made):
        made["S"].row_dimensions[3].hidden = True

    intake = took(book({"S": [HEAD, row(1), row(2), row(3)]}, hide), small)
    assert intake.accepted == 3
    assert [(c.code, c.count) for c in intake.cautions] == [("INTAKE-101", 1)]


def test_a_hidden_sheet_is_read_and_told(book, small, took):
    def hide(made):
        made.create_sheet("Front")
        made["S"].sheet_state = "hidden"

    intake = took(book({"S": [HEAD, row(1)]}, hide), small)
    assert intake.accepted == 1
    assert [c.code for c in intake.cautions] == ["INTAKE-110"]


def test_a_table_may_begin_anywhere(book, small, took, codes):
    """Title rows above, empty columns at the left; rows keep the sheet's own numbers."""
    rows = [["Есеп"], [], [None, None, *HEAD], [None, None, *row(1)], [None, None, *row(2, "x")]]
    intake = took(book({"S": rows}), small)
    assert codes(intake) == [(5, "Age", "INTAKE-017")]


def test_an_empty_first_column_does_not_move_the_formulas(book, small, took, codes):
    rows = [[None, *HEAD], [None, *row(1, "=1+1")]]
    assert codes(took(book({"S": rows}), small)) == [(2, "Age", "INTAKE-031")]


def test_empty_rows_are_no_rows(book, small, took, codes):
    rows = [HEAD, row(1), [], [None, " ", "\u00a0"], row(2, "x"), [], []]
    intake = took(book({"S": rows}), small)
    assert intake.rows == 2
    assert codes(intake) == [(5, "Age", "INTAKE-017")]


def test_pre_printed_numbers_do_not_make_rows(book, mapping_of, took):
    rows = [[None, *HEAD], [1, *row(1)], [2], [3]]
    mapping = mapping_of(not_content=["@A"])
    assert took(book({"S": rows}), mapping).rows == 1


def test_headings_on_two_levels_with_merged_cells_are_joined(book, mapping_of, took):
    fields = "record_id: Case\nage: Person / Age\nsex: Person / Sex\nregion: Place / Region"
    rows = [
        ["Case", "Person", None, "Place"],
        [None, "Age", "Sex", "Region"],
        ["A-1", 17, "F", "KZ-61"],
    ]

    def merge(made):
        made["S"].merge_cells("B1:C1")
        made["S"].merge_cells("A1:A2")

    intake = took(book({"S": rows}, merge), mapping_of(fields, header={"rows": 2}))
    told = intake.tables["victims"].select("record_id", "age", "sex", "region").rows()
    assert told == [("A-1", 17, "female", "KZ-61")]


def test_a_cell_merged_over_rows_holds_for_each_of_them(book, small, took):
    def merge(made):
        made["S"].merge_cells("B2:B3")

    rows = [HEAD, row(1), ["A-2", None, 18, None], ["A-3", None, 19, None]]
    intake = took(book({"S": rows}, merge), small)
    assert intake.tables["victims"]["sex"].to_list() == ["female", "female", None]
    assert [c.code for c in intake.cautions] == ["INTAKE-111"]


def test_a_heading_over_two_columns_is_refused(book, small, took, codes):
    rows = [[*HEAD, "Age"], [*row(1), 18]]
    assert codes(took(book({"S": rows}), small)) == [(None, "Age", "INTAKE-014")]


def test_a_missing_column_is_named(book, small, took, codes):
    assert codes(took(book({"S": [["Sex", "Age"], ["F", 17]]}), small)) == [
        (None, "Іс нөмірі", "INTAKE-006")
    ]


def test_a_workbook_with_a_password_is_told_as_such(tmp_path, small, took, codes):
    path = tmp_path / "sent.xlsx"
    envelope = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    path.write_bytes(envelope + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert codes(took(path, small)) == [(None, None, "INTAKE-002")]


def test_a_document_that_is_no_workbook_is_told_as_such(tmp_path, small, took, codes):
    path = tmp_path / "sent.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert codes(took(path, small)) == [(None, None, "INTAKE-005")]


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_half_a_workbook_is_told_as_damaged(keep, book, small, took, codes):
    path = book({"S": [HEAD, *(row(i) for i in range(200))]})
    path.write_bytes(path.read_bytes()[: int(keep * path.stat().st_size)])
    assert codes(took(path, small)) == [(None, None, "INTAKE-001")]


def _swap(path, member: str, change) -> None:
    """Rewrite one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[member] = change(parts[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_swells_is_not_unpacked(book, small, took, codes):
    path = book({"S": [HEAD, row(1)]})
    _swap(path, SHEET, lambda xml: xml + b" " * 200_000_000)
    assert path.stat().st_size < 1_000_000
    assert codes(took(path, small)) == [(None, None, "INTAKE-003")]


def test_a_workbook_that_lies_about_its_size_is_not_believed(book, small, took, codes):
    path = book({"S": [HEAD, row(1)]})
    _swap(path, SHEET, lambda xml: xml + b" " * 200_000_000)
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset : at + offset + 4] = struct.pack("<I", 500)
            at = raw.find(mark, at + 4)
    path.write_bytes(raw)
    assert codes(took(path, small)) == [(None, None, "INTAKE-003")]


def test_two_cells_far_apart_do_not_ask_for_all_the_memory(book, small, took, codes):
    def reach(made):
        made["S"]["XFD1048576"] = 1

    assert codes(took(book({"S": [HEAD, row(1)]}, reach), small)) == [(None, None, "INTAKE-003")]


def test_one_long_text_used_a_thousand_times_does_not_either(tmp_path, small, took, codes):
    import xlsxwriter

    path = tmp_path / "sent.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for at in range(1, 1000):
            sheet.write_string(at, 0, "long")
    _swap(path, "xl/sharedStrings.xml", lambda xml: xml.replace(b"long", b"x" * 9_000_000))
    assert codes(took(path, small)) == [(None, None, "INTAKE-003")]


def test_a_packed_bomb_is_not_unpacked(tmp_path, small, took, codes):
    path = tmp_path / "sent.csv.gz"
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    with path.open("wb") as out:
        for _ in range(200):
            out.write(engine.compress(b"0" * 1_000_000))
        out.write(engine.flush())
    assert codes(took(path, small)) == [(None, None, "INTAKE-003")]


def test_a_workbook_inside_a_gz_is_read(book, small, took, tmp_path):
    import gzip

    path = tmp_path / "sent.xlsx.gz"
    path.write_bytes(gzip.compress(book({"S": [HEAD, row(1)]}).read_bytes()))
    assert took(path, small).accepted == 1


def test_parquet_is_read_lists_included(tmp_path, small, took, codes):
    import polars as pl

    path = tmp_path / "sent.parquet"
    frame = pl.DataFrame(
        {"Case": ["A-1", "A-2"], "Age": [17, 130], "Form": [["forced_labour", "servitude"], None]}
    )
    frame.write_parquet(path)
    intake = took(path, small)
    assert codes(intake) == [(3, "Age", "INTAKE-019")]
    assert intake.tables["victims"]["forms"].to_list() == [["forced_labour", "servitude"]]
    path.write_bytes(path.read_bytes()[:-30])
    assert codes(took(path, small)) == [(None, None, "INTAKE-001")]


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body>
<office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""
TEXT = (
    '<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'
)


def ods(path, rows: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows))
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )


def line(*texts: str, more: str = "", hidden: str = "") -> str:
    cells = "".join(TEXT.format(text=text, more=more) for text in texts)
    return f"<table:table-row{hidden}>{cells}</table:table-row>"


def test_an_opendocument_sheet_is_read_with_its_formulas_and_hidden_rows(
    tmp_path, small, took, codes
):
    path = tmp_path / "sent.ods"
    collapsed = ' table:visibility="collapse"'
    formula = ' table:formula="of:=[.A1]"'
    ods(
        path,
        line("Case", "Sex")
        + line("A-1", "F", hidden=collapsed)
        + '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        + f"<table:table-row>{TEXT.format(text='A-2', more=formula)}</table:table-row>",
    )
    intake = took(path, small)
    assert codes(intake) == [(6, "Case", "INTAKE-031")]
    assert [(c.code, c.count) for c in intake.cautions] == [("INTAKE-101", 1)]


def test_an_opendocument_cell_repeated_a_milliard_times_is_not_laid_out(
    tmp_path, small, took, codes
):
    path = tmp_path / "sent.ods"
    cell = TEXT.format(text="x", more=' table:number-columns-repeated="16384"')
    ods(path, f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>')
    assert codes(took(path, small)) == [(None, None, "INTAKE-003")]


def test_an_opendocument_file_that_defines_entities_is_refused(tmp_path, small, took, codes):
    path = tmp_path / "sent.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>')
    assert codes(took(path, small)) == [(None, None, "INTAKE-001")]


def test_two_parts_of_one_name_are_refused(book, small, took, codes):
    path = book({"S": [HEAD, row(1)]})
    extra = io.BytesIO(path.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(extra, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    path.write_bytes(extra.getvalue())
    assert codes(took(path, small)) == [(None, None, "INTAKE-001")]
