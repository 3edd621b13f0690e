"""The only door out: small numbers hidden, and an attack that shows that they stay hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

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
    from aiqyn.disclosure.true_counts import CountTable, Judged

__all__ = [
    "ALL",
    "FOREIGN",
    "Cleared",
    "CountTable",
    "Equation",
    "Examination",
    "Judged",
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
    "FOREIGN": "rules",
    "Cleared": "cleared",
    "CountTable": "true_counts",
    "Equation": "explain",
    "Examination": "subtraction_attack",
    "Judged": "true_counts",
    "Opening": "explain",
    "PublishedCount": "cleared",
    "PublishedShare": "cleared",
    "PublishedTable": "published",
    "Release": "published",
    "Rules": "rules",
    "attack": "subtraction_attack",
    "clear": "cleared",
    "cleared_counts": "cleared",
    "count_table": "counting",
    "examine": "subtraction_attack",
    "load_rules": "rules",
    "protect": "joint_suppression",
    "publication_table": "publication",
    "published_ranks": "cleared",
    "published_share": "cleared",
    "published_table": "published",
}

__getattr__ = lazily(__name__, _HOME)
