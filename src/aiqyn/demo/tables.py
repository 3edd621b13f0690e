"""The demo's own data files, read once."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

FORM_GROUPS = ("sexual", "labour", "begging", "criminality", "marriage", "other")
GROUPS = ("women", "girls", "men", "boys")


def folder(*parts: str) -> Traversable:
    """A file or folder of the package's data."""
    return files("aiqyn").joinpath("data", *parts)


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/demo/<name>.csv`` in the order of the file."""
    text = folder("demo", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def column(name: str, heading: str) -> tuple[str, ...]:
    """One column of ``data/demo/<name>.csv``."""
    return tuple(row[heading] for row in rows(name))


@cache
def truth() -> dict[str, Any]:
    """What is true in Samal: ``data/demo/truth.toml``."""
    return tomllib.loads(folder("demo", "truth.toml").read_text(encoding="utf-8"))


def regions() -> tuple[str, ...]:
    """The region codes, in the order of the file."""
    return column("regions", "code")


def lists() -> tuple[str, ...]:
    """The eight lists, in the order in which one may lead to the next."""
    return column("lists", "list")


def forms() -> tuple[str, ...]:
    """Every main form that befalls people in Samal."""
    return column("forms", "form")
