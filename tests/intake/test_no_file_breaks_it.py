"""Whatever the bytes: an answer, never a traceback, never a lost row."""

from __future__ import annotations

import gzip
import io
import random
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.intake import load_mapping, read
from aiqyn.words import LANGUAGES

OWN = load_mapping("own_workbook")
HEAD = ["Жазба нөмірі", "Жынысы", "Жасы", "Анықталған күні", "Анықталған өңірі", "Қанау нысаны"]


def answer(content: bytes, name: str = "sent.csv"):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        for mapping in (OWN, None):
            intake = read(path, mapping, today=date(2026, 1, 15))
            assert intake.accepted + intake.refused == intake.rows
            assert all(r.message(x) and r.mend(x) for r in intake.refusals for x in LANGUAGES)
    return intake


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes(content):
    answer(content)


CELL = st.text(max_size=12) | st.sampled_from(["17 л.", "=1+1", "31.02.2025", "?ыз"])


@given(st.lists(st.lists(CELL, max_size=8), max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_cells_under_our_headings(rows):
    text = "\n".join(";".join(row) for row in [HEAD, *rows])
    answer(text.encode("utf-8", errors="replace"))


MARKS = ("PK\x03\x04", "PAR1", "\x1f\x8b", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@given(st.sampled_from(MARKS), st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_behind_the_mark_of_a_known_kind(mark, content):
    answer(mark.encode("latin-1") + content)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Жәбірленушілер"
    sheet.append(HEAD)
    for at in range(20):
        sheet.append([f"A-{at}", "әйел", at, date(2025, 3, 1), "Абай облысы", "=A1"])
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_with_changed_bytes(seed):
    dice = random.Random(seed)
    content = bytearray(workbook())
    for _ in range(dice.randint(1, 20)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    answer(bytes(content), "sent.xlsx")


@pytest.mark.parametrize("seed", range(60))
def test_a_workbook_whose_xml_was_changed(seed):
    """The parts are packed again, so that the reader of cells sees the damage itself."""
    dice = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    hit = dice.choice([n for n in parts if "xl/" in n])
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(parts[hit]))
        parts[hit][at : at + dice.randint(0, 3)] = dice.choice(
            [b"<", b">", b'"', b"9", b"", b"&x;"]
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, bytes(content))
    answer(out.getvalue(), "sent.xlsx")


@pytest.mark.parametrize("cut", [1, 10, 100, 500])
def test_a_packed_file_that_ends_too_early(cut):
    packed = gzip.compress("\n".join(";".join(HEAD) for _ in range(900)).encode())
    assert [r.code for r in answer(packed[:-cut]).refusals] == ["INTAKE-001"]
