"""What has left the house before: facts that a reader keeps, and that new tables are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.disclosure.earlier.before import NOTHING_BEFORE, Before
    from aiqyn.disclosure.earlier.comparing import before, repeated
    from aiqyn.disclosure.earlier.editions import Edition, edition_json, read_edition
    from aiqyn.disclosure.earlier.joining import protect_beside
    from aiqyn.disclosure.earlier.judging import KEPT, NEW, REVISED, SAME, Verdict, judge

__all__ = [
    "KEPT",
    "NEW",
    "NOTHING_BEFORE",
    "REVISED",
    "SAME",
    "Before",
    "Edition",
    "Verdict",
    "before",
    "edition_json",
    "judge",
    "protect_beside",
    "read_edition",
    "repeated",
]

_HOME = {
    "KEPT": "judging",
    "NEW": "judging",
    "NOTHING_BEFORE": "before",
    "REVISED": "judging",
    "SAME": "judging",
    "Before": "before",
    "Edition": "editions",
    "Verdict": "judging",
    "before": "comparing",
    "edition_json": "editions",
    "judge": "judging",
    "protect_beside": "joining",
    "read_edition": "editions",
    "repeated": "comparing",
}

__getattr__ = lazily(__name__, _HOME)
