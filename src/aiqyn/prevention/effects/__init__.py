"""Did a programme work: designs with a comparison, their checks, power before, the card after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.prevention.effects.card import Card, CostPerPerson
    from aiqyn.prevention.effects.cut_off import ScoredUnits
    from aiqyn.prevention.effects.evaluating import Question, evaluate, evaluate_cut_off
    from aiqyn.prevention.effects.many_outcomes import Corrected, evaluate_many
    from aiqyn.prevention.effects.multiple_testing import corrected_for_many
    from aiqyn.prevention.effects.panel import NEVER, Panel
    from aiqyn.prevention.effects.panel_files import Columns, read_neighbours, read_panel
    from aiqyn.prevention.effects.power import Plan, PowerPoint, plans, power_at, smallest_effect
    from aiqyn.prevention.effects.predictor_weights import Predictor
    from aiqyn.prevention.effects.results import Check, Effect, Evaluation
    from aiqyn.prevention.effects.scored_units_file import read_scored_units
    from aiqyn.prevention.effects.several import evaluate_draws, pooled

__all__ = [
    "NEVER",
    "Card",
    "Check",
    "Columns",
    "Corrected",
    "CostPerPerson",
    "Effect",
    "Evaluation",
    "Panel",
    "Plan",
    "PowerPoint",
    "Predictor",
    "Question",
    "ScoredUnits",
    "corrected_for_many",
    "evaluate",
    "evaluate_cut_off",
    "evaluate_draws",
    "evaluate_many",
    "plans",
    "pooled",
    "power_at",
    "read_neighbours",
    "read_panel",
    "read_scored_units",
    "smallest_effect",
]

_HOME = {
    "NEVER": "panel",
    "Card": "card",
    "Check": "results",
    "Columns": "panel_files",
    "Corrected": "many_outcomes",
    "CostPerPerson": "card",
    "Effect": "results",
    "Evaluation": "results",
    "Panel": "panel",
    "Plan": "power",
    "PowerPoint": "power",
    "Predictor": "predictor_weights",
    "Question": "evaluating",
    "ScoredUnits": "cut_off",
    "corrected_for_many": "multiple_testing",
    "evaluate": "evaluating",
    "evaluate_cut_off": "evaluating",
    "evaluate_draws": "several",
    "evaluate_many": "many_outcomes",
    "plans": "power",
    "pooled": "several",
    "power_at": "power",
    "read_neighbours": "panel_files",
    "read_panel": "panel_files",
    "read_scored_units": "scored_units_file",
    "smallest_effect": "power",
}

__getattr__ = lazily(__name__, _HOME)
