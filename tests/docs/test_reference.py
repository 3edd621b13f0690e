"""The reference names what is there: every verb with its options, every code of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import typer.main

from aiqyn.cli.app import app

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
COMMON = {"--help", "-h"}


def verbs(command: Any, name: str = "aiqyn") -> Iterator[tuple[str, Any]]:
    """Each verb with its command; a group is looked into."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for part, inner in command.commands.items():
        yield from verbs(inner, f"{name} {part}")


VERBS = dict(verbs(typer.main.get_command(app)))


def section(verb: str) -> str:
    parts = re.split(r"^## ", (REFERENCE / "verbs.md").read_text(encoding="utf-8"), flags=re.M)
    return next((part for part in parts if part.startswith(f"{verb}\n")), "")


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_stands_in_the_reference_with_just_its_options(verb: str) -> None:
    rows = [line.split("|")[1] for line in section(verb).splitlines() if line.startswith("| `")]
    told = {option for row in rows for option in re.findall(r"`(--[a-z-]+)`", row)}
    has = {o for p in VERBS[verb].params for o in (*p.opts, *p.secondary_opts) if o[0] == "-"}
    assert told == has - COMMON


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_and_each_of_its_options_have_help(verb: str) -> None:
    assert VERBS[verb].help
    assert [p.name for p in VERBS[verb].params if not getattr(p, "help", None)] == []


def test_verbs_that_are_said_to_be_missing_are_missing() -> None:
    names = set(re.findall(r"`([a-z-]+)`", section("Not there yet")))
    assert names
    assert names & {verb.split()[1] for verb in VERBS} == set()


def test_the_page_of_error_codes_is_what_the_catalogue_gives() -> None:
    spec = spec_from_file_location("write_error_codes", REFERENCE / "write_error_codes.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (REFERENCE / "error_codes.md").read_text(encoding="utf-8")
    assert module.page() == written, "run: python docs/reference/write_error_codes.py"


def test_the_exit_codes_told_are_those_of_the_errors() -> None:
    from aiqyn import errors

    page = (REFERENCE / "exit_codes.md").read_text(encoding="utf-8")
    told = {int(code) for code in re.findall(r"^\| (\d) \|", page, re.M)}
    raised = {getattr(errors, name).exit_code for name in vars(errors) if "Refused" in name}
    assert told == {0, 1, errors.NotPermitted.exit_code, *raised}
