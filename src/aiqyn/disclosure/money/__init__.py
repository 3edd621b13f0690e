"""Which cells of a table of sums (money, days) give one contributor away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.disclosure.money.rules import (
        dominated,
        p_percent_sensitive,
        pq_sensitive,
        sensitive_cells,
    )

__all__ = ["dominated", "p_percent_sensitive", "pq_sensitive", "sensitive_cells"]

_HOME = dict.fromkeys(__all__, "rules")

__getattr__ = lazily(__name__, _HOME)
