"""Records to persons, across agencies: by a common code, or by names whose error is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.linkage.audit.drawing import draw_audit
    from aiqyn.linkage.audit.measuring import measure
    from aiqyn.linkage.audit.quality import Quality
    from aiqyn.linkage.common_code import persons
    from aiqyn.linkage.explaining import Explanation, explain
    from aiqyn.linkage.linkage_folder import LinkageFolder, write_linkage
    from aiqyn.linkage.linking import Linkage, histories, link
    from aiqyn.linkage.model.plan import Plan, shipped_plan
    from aiqyn.linkage.review.decisions import Reviewed, reviewed

__all__ = [
    "Explanation",
    "Linkage",
    "LinkageFolder",
    "Plan",
    "Quality",
    "Reviewed",
    "draw_audit",
    "explain",
    "histories",
    "link",
    "measure",
    "persons",
    "reviewed",
    "shipped_plan",
    "write_linkage",
]

_HOME = {
    "Explanation": "explaining",
    "Linkage": "linking",
    "LinkageFolder": "linkage_folder",
    "Plan": "model.plan",
    "Quality": "audit.quality",
    "Reviewed": "review.decisions",
    "draw_audit": "audit.drawing",
    "explain": "explaining",
    "histories": "linking",
    "link": "linking",
    "measure": "audit.measuring",
    "persons": "common_code",
    "reviewed": "review.decisions",
    "shipped_plan": "model.plan",
    "write_linkage": "linkage_folder",
}

__getattr__ = lazily(__name__, _HOME)
