"""Did a programme work: designs with a comparison, their checks, power before, the card after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.prevention.effects.card import Card, CostPerPerson
    from aiqyn.prevention.effects.evaluating import Question, evaluate
    from aiqyn.prevention.effects.panel import NEVER, Panel
    from aiqyn.prevention.effects.panel_files import Columns, read_neighbours, read_panel
    from aiqyn.prevention.effects.power import Plan, PowerPoint, plans, power_at, smallest_effect
    from aiqyn.prevention.effects.predictor_weights import Predictor
    from aiqyn.prevention.effects.results import Check, Effect, Evaluation
    from aiqyn.prevention.effects.several import corrected_for_many, evaluate_draws, pooled

__all__ = [
    "NEVER",
    "Card",
    "Check",
    "Columns",
    "CostPerPerson",
    "Effect",
    "Evaluation",
    "Panel",
    "Plan",
    "PowerPoint",
    "Predictor",
    "Question",
    "corrected_for_many",
    "evaluate",
    "evaluate_draws",
    "plans",
    "pooled",
    "power_at",
    "read_neighbours",
    "read_panel",
    "smallest_effect",
]

_HOME = {
    "NEVER": "panel",
    "Card": "card",
    "Check": "results",
    "Columns": "panel_files",
    "CostPerPerson": "card",
    "Effect": "results",
    "Evaluation": "results",
    "Panel": "panel",
    "Plan": "power",
    "PowerPoint": "power",
    "Predictor": "predictor_weights",
    "Question": "evaluating",
    "corrected_for_many": "several",
    "evaluate": "evaluating",
    "evaluate_draws": "several",
    "plans": "power",
    "pooled": "several",
    "power_at": "power",
    "read_neighbours": "panel_files",
    "read_panel": "panel_files",
    "smallest_effect": "power",
}

__getattr__ = lazily(__name__, _HOME)
