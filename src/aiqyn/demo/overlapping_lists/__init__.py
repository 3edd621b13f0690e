"""Overlapping lists of invented persons whose truth is known, and how near a linkage comes to it.

Two schemes of spelling, made apart from each other and from the linkage itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.demo.overlapping_lists.audit_answers import answer_audit
    from aiqyn.demo.overlapping_lists.capture import Overlap
    from aiqyn.demo.overlapping_lists.scores import ClusterScores, cluster_scores
    from aiqyn.demo.overlapping_lists.scores_by_group import scores_by
    from aiqyn.demo.overlapping_lists.true_persons import Truth, read_truth
    from aiqyn.demo.overlapping_lists.writing import write_lists

__all__ = [
    "ClusterScores",
    "Overlap",
    "Truth",
    "answer_audit",
    "cluster_scores",
    "read_truth",
    "scores_by",
    "write_lists",
]

_HOME = {
    "ClusterScores": "scores",
    "Overlap": "capture",
    "Truth": "true_persons",
    "answer_audit": "audit_answers",
    "cluster_scores": "scores",
    "read_truth": "true_persons",
    "scores_by": "scores_by_group",
    "write_lists": "writing",
}

__getattr__ = lazily(__name__, _HOME)
