"""Classifying records under legal definitions.

`situation.py` what a record says · `evaluator.py` one situation under one definition ·
`table.py` a whole table of records. The law itself is data: ``data/definitions``.
"""

from __future__ import annotations

from aiqyn.standard.classifier.evaluator import Finding, Verdict, judge
from aiqyn.standard.classifier.situation import Recorded, Situation
from aiqyn.standard.classifier.table import classify

__all__ = ["Finding", "Recorded", "Situation", "Verdict", "classify", "judge"]
