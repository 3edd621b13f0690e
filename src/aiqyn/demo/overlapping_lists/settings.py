"""The generator's own data files, read once."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from typing import Any, Literal

from aiqyn.demo.tables import folder

Scheme = Literal["first", "second"]


def _text(name: str) -> str:
    return folder("demo", "overlapping_lists", name).read_text(encoding="utf-8")


@cache
def toml(name: str) -> dict[str, Any]:
    """``<name>.toml``."""
    return tomllib.loads(_text(f"{name}.toml"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``<name>.csv``, in the order of the file."""
    return tuple(csv.DictReader(_text(f"{name}.csv").splitlines()))


def scheme(name: Scheme) -> dict[str, Any]:
    """``scheme_<name>.toml``: how a scheme writes names and dates down."""
    return toml(f"scheme_{name}")


def lists() -> tuple[str, ...]:
    """The lists, in the order in which one may lead to the next."""
    return tuple(toml("lists")["lists"])


def origins() -> tuple[str, ...]:
    """The kinds of names."""
    return tuple(toml("population")["origins"])


@cache
def real_names() -> frozenset[str]:
    """Names of living people in small letters: never to be invented."""
    lines = _text("real_names.txt").splitlines()
    return frozenset(x for li in lines if not li.startswith("#") for x in li.casefold().split())
