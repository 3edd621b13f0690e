"""Every command and every Python example of the pages runs, and prints what the page shows.

In a page, ```console holds commands after ``$`` with their answers; ``…`` stands for anything left
out, and ``exit=3`` beside the word console is the exit code. ```python is run, and what it prints
is compared with the ```text block under it. A block with ``file=NAME`` is written to that file.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w+)?([^\n]*)\n(.*?)^```$|^<!-- (.+?) -->$", re.M | re.S)
RUN = ("console", "python")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page; `kind` is ``note`` for a comment that says what the reader does."""

    line: int
    kind: str
    options: dict[str, str]
    text: str


def pages() -> list[Path]:
    docs = [p for p in sorted((ROOT / "docs").rglob("*.md")) if "decisions" not in p.parts]
    return [*(ROOT / f"{name}.md" for name in ("README", "ARCHITECTURE", "CONTRIBUTING")), *docs]


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        kind, options = "note" if found[4] else found[1] or "text", (found[2] or "").split()
        line = text.count("\n", 0, found.start()) + 1
        yield Block(line, kind, dict(o.split("=", 1) for o in options), found[4] or found[3])


def of_kind(*kinds: str) -> list[Any]:
    """The pages that have such a block, as parameters."""
    having = (p for p in pages() if any(b.kind in kinds for b in blocks(p)))
    return [pytest.param(p, id=p.relative_to(ROOT).as_posix()) for p in having]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samal with 2,000 persons, its report published in English."""
    folder = tmp_path_factory.mktemp("docs") / "demo-country"
    assert aiqyn(f"aiqyn new {folder} --demo --persons 2000")[0] == 0
    code, said = aiqyn(f"aiqyn report {folder} --lang en")
    assert code == 0, said
    return folder


@pytest.fixture
def desk(tmp_path: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the reader stands: a folder with `demo-country` in it."""
    shutil.copytree(demo, tmp_path / "demo-country")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def aiqyn(command: str) -> tuple[int, str]:
    """Exit code and all that a person sees on the terminal."""
    from aiqyn.cli import main

    words, before = list(sys.argv), dict(os.environ)
    out = io.StringIO()
    sys.argv = shlex.split(command)
    os.environ.update(COLUMNS="100", NO_COLOR="1", TERM="dumb")
    os.environ.pop("AIQYN_LANG", None)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            main()
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    finally:
        sys.argv[:] = words
        os.environ.clear()
        os.environ.update(before)
    return 0, out.getvalue()


def commands(text: str) -> list[tuple[str, list[str]]]:
    """Each command of a console block with the lines that the page shows below it."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def squeezed(text: str) -> str:
    plain = text.replace("\u00a0", " ").strip("\n")
    return "\n".join(line.rstrip() for line in plain.splitlines())


def fits(shown: str, printed: str) -> bool:
    """Whether what the page shows is what was printed; ``…`` stands for anything left out."""
    parts = [re.escape(part) for part in squeezed(shown).split("…")]
    return re.fullmatch(r"[\s\S]*?".join(parts), squeezed(printed)) is not None


def run_console(block: Block) -> None:
    wanted = int(block.options.get("exit", 0))
    for command, shown in commands(block.text):
        code, printed = aiqyn(command)
        assert code == wanted, f"line {block.line}: {command}\n{printed}"
        if shown:
            assert fits("\n".join(shown), printed), f"line {block.line}: {command}\n{printed}"


def run_python(block: Block, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block.text, f"line {block.line}", "exec"), names)
    return out.getvalue()


@pytest.mark.parametrize("page", of_kind(*RUN))
def test_a_page_runs_as_it_stands(page: Path, desk: Path, request: pytest.FixtureRequest) -> None:
    names: dict[str, Any] = {"__name__": "page"}
    printed = ""
    for block in blocks(page):
        if block.options.get("needs") == "glotip":
            lay_glotip(request.getfixturevalue("shared"), desk)
        if "file" in block.options:
            path = desk / block.options["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.kind == "note":
            READER[block.text](desk)
        elif block.kind == "console":
            run_console(block)
        elif block.kind == "python":
            printed = run_python(block, names)
        elif block.kind == "text" and printed:
            assert fits(block.text, printed), f"line {block.line}\n{printed}"
            printed = ""


@pytest.mark.parametrize("page", of_kind("sh"))
def test_what_is_typed_for_setting_up_is_a_target_of_the_makefile(page: Path) -> None:
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.M)
    for block in blocks(page):
        for line in block.text.splitlines() if block.kind == "sh" else ():
            known = line == ". .venv/bin/activate" or line.split()[1] in targets
            assert known, f"{page.name}, line {block.line}: {line}"


@pytest.mark.parametrize("page", [pytest.param(p, id=p.name) for p in pages()])
def test_a_link_leads_to_a_page_that_is_there(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    leads = [a.split("#")[0] for a in re.findall(r"\]\(([^)]+)\)", text)]
    assert [a for a in leads if a and "://" not in a and not (page.parent / a).exists()] == []


@pytest.mark.parametrize("page", [pytest.param(p, id=p.name) for p in pages()])
def test_a_page_names_only_paths_of_the_code_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8").split("## What is not built yet")[0]
    named = re.findall(r"`((?:src|tests|docs|requirements)/[^`*<>{}]*)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []


def lay_glotip(shared: Path, desk: Path) -> None:
    """UNODC's table as the reader has saved it; it is not ours to copy into the repository."""
    source = next((shared / "data" / "glotip").glob("data_glotip_*.csv.gz"))
    (desk / "glotip.csv").write_bytes(gzip.decompress(source.read_bytes()))


def mend_the_police_file(desk: Path) -> None:
    """What the tutorial asks the reader to do in Excel: three cells."""
    file = desk / "samal/agencies/police/IIM_2025_2.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["Жәбірленушілер"]
    columns = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row}
    sheet.cell(12, columns["Жасы"]).value = 17
    sheet.cell(13, columns["Қанау нысаны"]).value = "борыштық кіріптарлық"
    sheet.cell(18, columns["Жасы"]).value = 30
    book.save(file)


def answer_the_audit(desk: Path) -> None:
    """What a search by hand of Samal's lists finds: the truth, as it stands beside them."""
    truth = pl.read_parquet(desk / "demo-country/truth/identities.parquet")
    place = pl.format("{}:{}", "list", "record_id").alias("place")
    linked = pl.read_parquet(desk / "unit/persons.parquet").join(truth, on=["list", "record_id"])
    of_person = linked.with_columns(place).group_by("person").agg(pl.col("place").alias("all"))
    asked = pl.read_csv(desk / "unit/audit.csv", infer_schema=False).drop("answer")
    whose = asked.join(truth.select("list", "record_id", "person"), on=["list", "record_id"])
    found = whose.with_columns(place).join(of_person, on="person")
    others = pl.col("all").list.set_difference(pl.concat_list("place")).list.sort().list.join(";")
    answer = pl.when(others == "").then(pl.lit("none")).otherwise(others).alias("answer")
    found.select(*asked.columns, answer).write_csv(desk / "unit/audit.csv")


def name_the_linkage(desk: Path) -> None:
    """What `aiqyn link hand-over` printed, at the end of the settings."""
    lines = ['persons = "linkage/persons.parquet"', 'audit = "linkage/audit.json"']
    with (desk / "demo-country/observatory.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n".join(["", "[linkage]", *lines, ""]))


READER: dict[str, Callable[[Path], None]] = {
    "the reader mends three cells": mend_the_police_file,
    "the reader writes the lines into observatory.toml": name_the_linkage,
    "the searcher answers the audit": answer_the_audit,
}
