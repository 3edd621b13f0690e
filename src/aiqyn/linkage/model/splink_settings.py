"""The plan and its numbers as Splink wants them, for one database, and back as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiqyn.linkage.model.dialects import in_dialect
from aiqyn.linkage.model.parameters import Parameters
from aiqyn.linkage.model.plan import Comparison, Plan

if TYPE_CHECKING:
    from splink import Linker

RECORD = "record"  # column: number of the record
EPSILON = 1e-4  # least share: a smaller one would make one disagreement final
PASSES = 25  # of expectation maximisation in a round, at most


def settings(
    plan: Plan, dialect: str, prior: float, numbers: Parameters | None = None
) -> dict[str, Any]:
    """Splink's settings: one table of all lists, in which pairs are looked for.

    Parameters
    ----------
    prior : probability that two records drawn at random are one person
    numbers : learnt before; without them those of the plan, where it has any
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": RECORD,
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": in_dialect(rule, dialect), "sql_dialect": dialect}
            for rule in plan.blocking
        ],
        "comparisons": [_comparison(c, dialect, numbers) for c in plan.comparisons],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "max_iterations": PASSES,
        "em_convergence": 0.001,
    }


def learnt(linker: Linker, plan: Plan, rounds: int) -> Parameters:
    """The numbers that the linker holds now; those it could not learn are the plan's.

    Parameters
    ----------
    rounds : rounds of expectation maximisation that were run; without one no m was learnt
    """
    told = linker.misc.save_model_to_json()
    m: dict[str, dict[str, float]] = {}
    u: dict[str, dict[str, float]] = {}
    untrained: list[str] = []
    for comparison, its in zip(plan.comparisons, told["comparisons"], strict=True):
        m[comparison.name], u[comparison.name] = {}, {}
        for level, has in zip(comparison.levels, its["comparison_levels"], strict=True):
            if level.missing:
                continue
            for numbers, key, given in ((m, "m", level.m), (u, "u", level.u)):
                value = has.get(f"{key}_probability")
                if value is None or (key == "m" and not rounds):
                    untrained.append(f"{comparison.name}.{level.name}.{key}")
                value = given if value is None else value
                least = EPSILON if key == "m" else EPSILON**2
                numbers[comparison.name][level.name] = max(least, float(value or least))
    prior = float(told["probability_two_random_records_match"])
    return Parameters(prior, m, u, tuple(untrained))


def _comparison(comparison: Comparison, dialect: str, numbers: Parameters | None) -> dict[str, Any]:
    levels = []
    for level in comparison.levels:
        told: dict[str, Any] = {
            "sql_condition": in_dialect(level.when, dialect) if level.when else "ELSE",
            "label_for_charts": level.name,
        }
        if level.missing:
            told["is_null_level"] = True
        elif numbers:
            told["m_probability"] = numbers.m[comparison.name][level.name]
            told["u_probability"] = numbers.u[comparison.name][level.name]
        else:
            told |= {f"{k}_probability": v for k in "mu" if (v := getattr(level, k)) is not None}
        if level.frequency:
            told["tf_adjustment_column"] = level.frequency
            told["tf_adjustment_weight"] = 1.0
            told["disable_tf_exact_match_detection"] = True
        levels.append(told)
    return {"output_column_name": comparison.name, "comparison_levels": levels}
