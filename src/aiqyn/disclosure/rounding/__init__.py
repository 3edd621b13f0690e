"""Controlled rounding: every cell a multiple of the base, and every sum still true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.disclosure.rounding.controlled import RoundedTable, round_controlled

__all__ = ["RoundedTable", "round_controlled"]

_HOME = dict.fromkeys(__all__, "controlled")

__getattr__ = lazily(__name__, _HOME)
