"""Small files and small mappings, showing only what matters to a test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import yaml

from aiqyn.intake.mapping import Mapping
from aiqyn.intake.mapping_file import read_mapping
from aiqyn.intake.reading import Intake, read

TODAY = date(2026, 1, 15)
FIELDS = """
record_id: {from: [Іс нөмірі, Номер дела, Case], required: true}
sex: {from: [Жынысы, Пол, Sex]}
age: {from: [Жасы, Возраст, Age]}
date_detected: {from: [Анықталған күні, Дата выявления, Detected]}
region: {from: [Өңір, Регион, Region]}
forms: {from: [Қанау нысаны, Форма, Form]}
"""


@pytest.fixture
def mapping_of() -> Callable[..., Mapping]:
    """A mapping of one sheet and one table, from the YAML of its fields."""

    def make(fields: str = FIELDS, table: str = "victims", **sheet: object) -> Mapping:
        records = [{"table": table, "fields": yaml.safe_load(fields)}]
        raw = {"schema": 1, "name": "small", "sheets": [{"records": records, **sheet}]}
        return read_mapping(raw, "small.yaml")

    return make


@pytest.fixture
def small(mapping_of: Callable[..., Mapping]) -> Mapping:
    return mapping_of()


@pytest.fixture
def csv(tmp_path: Path) -> Callable[..., Path]:
    """A text file with the given content, in UTF-8 or another encoding."""

    def write(text: str, *, encoding: str = "utf-8", name: str = "sent.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """A workbook: sheet name -> rows. `change` may touch it before it is saved."""

    def write(
        sheets: dict[str, list[list[object]]],
        change: Callable[[openpyxl.Workbook], None] | None = None,
        name: str = "sent.xlsx",
    ) -> Path:
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if change:
            change(made)
        made.save(tmp_path / name)
        made.close()
        return tmp_path / name

    return write


@pytest.fixture
def took() -> Callable[..., Intake]:
    """Read on a fixed day; what must hold for every file is checked every time."""

    def take(path: Path, mapping: Mapping | str | None = None, **more: object) -> Intake:
        before = path.read_bytes() if path.is_file() else b""
        intake = read(path, mapping, today=TODAY, **more)
        assert intake.accepted + intake.refused == intake.rows
        named = {(r.sheet, r.row) for r in intake.refusals if r.row is not None}
        assert len(named) == intake.refused
        for lang in ("kk", "ru", "en"):
            assert all(r.message(lang) and r.mend(lang) for r in intake.refusals)
            assert all(c.text(lang) for c in intake.cautions)
        assert (path.read_bytes() if path.is_file() else b"") == before
        return intake

    return take


@pytest.fixture
def codes() -> Callable[[Intake], list[tuple[int | None, str | None, str]]]:
    """Row, column and code of each refusal."""
    return lambda intake: [(r.row, r.column, r.code) for r in intake.refusals]
