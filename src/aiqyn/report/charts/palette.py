"""Colours, shapes, dashes and sizes of the charts: data files, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Width = Literal["page", "phone", "print"]


@cache
def palette() -> Mapping[str, Any]:
    """``palette.toml``: role, band, series, form_group, sex, sequence, verdict, state, hatch."""
    return _read("palette.toml")


def colour(role: str) -> str:
    """The hex colour of a role, such as ``ink`` or ``petrol``."""
    return str(palette()["role"][role])


def chart_width(kind: str, width: Width) -> int:
    """The width in pixels of a kind of chart on the page, on a phone or in print."""
    return int(_sizes()["width"][kind][width])


def type_size(name: str) -> int:
    """A size of type or of a line, in pixels: label, small, line, label_room."""
    return int(_sizes()["type"][name])


@cache
def _sizes() -> Mapping[str, Any]:
    return _read("sizes.toml")


def _read(name: str) -> Mapping[str, Any]:
    text = files("aiqyn").joinpath("data", "charts", name).read_text(encoding="utf-8")
    return tomllib.loads(text)
