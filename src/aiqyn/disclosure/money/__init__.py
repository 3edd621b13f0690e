"""Sums of money or days: which give one contributor away, and which are hidden beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.disclosure.money.attacking import reach_of_cells
    from aiqyn.disclosure.money.hiding import hidden_sums
    from aiqyn.disclosure.money.payments import TableOfSums, table_of_sums
    from aiqyn.disclosure.money.protected import ProtectedSums, protect_sums
    from aiqyn.disclosure.money.rules import (
        MoneyRule,
        dominated,
        p_percent_sensitive,
        pq_sensitive,
        sensitive_cells,
    )

__all__ = [
    "MoneyRule",
    "ProtectedSums",
    "TableOfSums",
    "dominated",
    "hidden_sums",
    "p_percent_sensitive",
    "pq_sensitive",
    "protect_sums",
    "reach_of_cells",
    "sensitive_cells",
    "table_of_sums",
]

_HOME = {
    "MoneyRule": "rules",
    "ProtectedSums": "protected",
    "TableOfSums": "payments",
    "dominated": "rules",
    "hidden_sums": "hiding",
    "p_percent_sensitive": "rules",
    "pq_sensitive": "rules",
    "protect_sums": "protected",
    "reach_of_cells": "attacking",
    "sensitive_cells": "rules",
    "table_of_sums": "payments",
}

__getattr__ = lazily(__name__, _HOME)
