"""The plan of a linkage beside it: what is explained, reviewed, audited is what was done then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused
from aiqyn.linkage.model.parameters import Parameters
from aiqyn.linkage.model.plan import Comparison, Level, Plan, Training, shipped_plan

FILE = "plan.json"
Caution = tuple[str, Mapping[str, object]]
CHANGED = "LINK-109"


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """The plan that a linkage was made with.

    Attributes
    ----------
    plan : as the pairs were scored
    shipped : it was the package's plan then, and not one of the user's own
    few : the records were too few to tell how rare a value is; the plan was applied without it
    """

    plan: Plan
    shipped: bool
    few: bool

    @property
    def applied(self) -> Plan:
        """The plan as it was applied to these records."""
        return self.plan.without_frequencies() if self.few else self.plan

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """LINK-109 when the package has another plan by now."""
        return ((CHANGED, {}),) if self.shipped and self.plan != shipped_plan() else ()

    def to_json(self) -> str:
        """Every condition and threshold; nothing of any record."""
        told = {"shipped": self.shipped, "few": self.few, "plan": asdict(self.plan)}
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def stored_plan(plan: Plan, records: int) -> StoredPlan:
    """What is to be kept of the plan by which so many records were linked."""
    return StoredPlan(plan, plan == shipped_plan(), records < plan.training.learn_from)


def refuse_other_numbers(plan: Plan, numbers: Parameters) -> None:
    """Refuse numbers that were learnt by a plan with other comparisons or levels.

    Raises
    ------
    InputRefused (LINK-031) with the first comparison that has none.
    """
    for comparison in plan.comparisons:
        wanted = {level.name for level in comparison.levels if not level.missing}
        for learnt in (numbers.m, numbers.u):
            if not wanted <= set(learnt.get(comparison.name, ())):
                raise InputRefused("LINK-031", comparison=comparison.name)


def read_stored_plan(folder: Path) -> StoredPlan:
    """The plan of the linkage in the folder.

    Raises
    ------
    InputRefused (LINK-022) when the folder has none, or one that cannot be read.
    """
    try:
        told: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))  # Any: JSON
        return StoredPlan(_plan(told["plan"]), bool(told["shipped"]), bool(told["few"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise InputRefused("LINK-022", folder=folder.name) from None


def _plan(told: Mapping[str, Any]) -> Plan:  # Any: JSON
    training: dict[str, Any] = {  # Any: JSON
        k: tuple(v) if isinstance(v, list) else v for k, v in told["training"].items()
    }
    comparisons = tuple(
        Comparison(c["name"], tuple(Level(**level) for level in c["levels"]))
        for c in told["comparisons"]
    )
    rest = {k: v for k, v in told.items() if k not in ("blocking", "comparisons", "training")}
    return Plan(
        blocking=tuple(told["blocking"]),
        comparisons=comparisons,
        training=Training(**training),
        **rest,
    )
