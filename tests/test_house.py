"""The house itself: public names, the quick command line, and the map that tells the truth."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STAGES = (
    "standard",
    "intake",
    "linkage",
    "profiles",
    "estimates",
    "signals",
    "disclosure",
    "report",
    "observatory",
    "demo",
)
HEAVY = {"polars", "duckdb", "numpy", "altair", "scipy", "vl_convert", "typst", "babel", "yaml"}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_lists_its_public_names_sorted_and_each_is_there(stage):
    module = importlib.import_module(f"aiqyn.{stage}")
    names = list(module.__all__)
    assert names == sorted(names, key=lambda n: (not n.isupper(), not n[0].isupper(), n))
    for name in names:
        assert getattr(module, name) is not None


@pytest.mark.parametrize("stage", STAGES)
def test_no_module_hides_a_public_name_of_its_stage(stage):
    module = importlib.import_module(f"aiqyn.{stage}")
    modules = {info.name for info in pkgutil.iter_modules(module.__path__)}
    assert modules & set(module.__all__) == set()


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom aiqyn.cli.app import app\nimport typer.main\n"
        "typer.main.get_command(app)\nprint(' '.join(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert {name.split(".")[0] for name in out.stdout.split()} & HEAVY == set()


def test_the_map_names_only_paths_that_exist():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    built = text.split("## What is not built yet")[0]
    paths = re.findall(r"`((?:src|tests|docs|requirements|benches)/[^`*<>{}]*)`", built)
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_locks_hold_hashes_and_no_address():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        pinned = [x for x in text.splitlines() if re.match(r"[a-z]", x)]
        assert all("==" in line for line in pinned)
