"""Combinations of attributes that are new or take a larger share than they used to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.signals.combinations.emerging import new_combinations
    from aiqyn.signals.combinations.judged import Emerging, NewCombinations

__all__ = ["Emerging", "NewCombinations", "new_combinations"]

__getattr__ = lazily(
    __name__,
    {
        "Emerging": "judged",
        "NewCombinations": "judged",
        "new_combinations": "emerging",
    },
)
