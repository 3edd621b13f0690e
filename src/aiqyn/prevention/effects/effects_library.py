"""The library behind the designs, asked for by name where it is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from aiqyn.errors import UsageRefused


def part(name: str) -> Any:  # Any: an untyped library
    """The module `name` of the extra ``effects``.

    Raises
    ------
    UsageRefused (PREV-018) when the extra is not installed.
    """
    try:
        return import_module(name)
    except ImportError as why:
        raise UsageRefused("PREV-018", part=name.split(".")[0]) from why
