"""The only door out: small numbers hidden, and an attack that shows that they stay hidden."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiqyn.disclosure.cells import ALL
    from aiqyn.disclosure.cleared import (
        Cleared,
        PublishedCount,
        PublishedShare,
        clear,
        cleared_counts,
        published_ranks,
        published_share,
    )
    from aiqyn.disclosure.counting import count_table
    from aiqyn.disclosure.explain import Equation, Opening
    from aiqyn.disclosure.joint_suppression import protect
    from aiqyn.disclosure.publication import publication_table
    from aiqyn.disclosure.published import PublishedTable, Release, published_table
    from aiqyn.disclosure.rules import FOREIGN, Rules, load_rules
    from aiqyn.disclosure.subtraction_attack import Examination, attack, examine
    from aiqyn.disclosure.true_counts import CountTable

__all__ = [
    "ALL",
    "FOREIGN",
    "Cleared",
    "CountTable",
    "Equation",
    "Examination",
    "Opening",
    "PublishedCount",
    "PublishedShare",
    "PublishedTable",
    "Release",
    "Rules",
    "attack",
    "clear",
    "cleared_counts",
    "count_table",
    "examine",
    "load_rules",
    "protect",
    "publication_table",
    "published_ranks",
    "published_share",
    "published_table",
]

_HOME = {
    "ALL": "cells",
    "CountTable": "true_counts",
    "Equation": "explain",
    "Examination": "subtraction_attack",
    "FOREIGN": "rules",
    "Opening": "explain",
    "PublishedTable": "published",
    "Release": "published",
    "Rules": "rules",
    "attack": "subtraction_attack",
    "count_table": "counting",
    "examine": "subtraction_attack",
    "load_rules": "rules",
    "protect": "joint_suppression",
    "publication_table": "publication",
    "published_table": "published",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"aiqyn.disclosure.{_HOME.get(name, 'cleared')}"), name)
