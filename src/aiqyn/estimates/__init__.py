"""The hidden part: persons on no list, by multiple systems estimation, with honest intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.estimates.capture_histories import CaptureTable, capture_table, table_of_persons
    from aiqyn.estimates.capture_probability import FAMILY, family_estimate, lower_bound
    from aiqyn.estimates.conditional import with_conditional_intervals
    from aiqyn.estimates.decomposable import average_of_graphs
    from aiqyn.estimates.every_model import existence_of_models
    from aiqyn.estimates.existence import Existence
    from aiqyn.estimates.gate import Gate
    from aiqyn.estimates.log_linear_estimates import (
        average_of_models,
        best_model,
        independence,
        stepwise,
    )
    from aiqyn.estimates.multiple_systems import HiddenNumber, Options, hidden_number
    from aiqyn.estimates.posterior_threshold import bayes_threshold
    from aiqyn.estimates.results import Caution, Estimate, Interval, Model, ModelShare
    from aiqyn.estimates.scenarios import (
        Scenario,
        fitted_scenario,
        read_scenario,
        scenario_names,
    )
    from aiqyn.estimates.simulation import Coverage, MethodRecord, Simulation, simulate
    from aiqyn.estimates.stability import (
        WithinList,
        WithoutList,
        internal_consistency,
        leave_one_list_out,
    )
    from aiqyn.estimates.table_files import read_replicates, read_table
    from aiqyn.estimates.two_lists import chapman

__all__ = [
    "FAMILY",
    "CaptureTable",
    "Caution",
    "Coverage",
    "Estimate",
    "Existence",
    "Gate",
    "HiddenNumber",
    "Interval",
    "MethodRecord",
    "Model",
    "ModelShare",
    "Options",
    "Scenario",
    "Simulation",
    "WithinList",
    "WithoutList",
    "average_of_graphs",
    "average_of_models",
    "bayes_threshold",
    "best_model",
    "capture_table",
    "chapman",
    "existence_of_models",
    "family_estimate",
    "fitted_scenario",
    "hidden_number",
    "independence",
    "internal_consistency",
    "leave_one_list_out",
    "lower_bound",
    "read_replicates",
    "read_scenario",
    "read_table",
    "scenario_names",
    "simulate",
    "stepwise",
    "table_of_persons",
    "with_conditional_intervals",
]

_HOME = {
    "FAMILY": "capture_probability",
    "CaptureTable": "capture_histories",
    "Caution": "results",
    "Coverage": "simulation",
    "Estimate": "results",
    "Existence": "existence",
    "Gate": "gate",
    "HiddenNumber": "multiple_systems",
    "Interval": "results",
    "MethodRecord": "simulation",
    "Model": "results",
    "ModelShare": "results",
    "Options": "multiple_systems",
    "Scenario": "scenarios",
    "Simulation": "simulation",
    "WithinList": "stability",
    "WithoutList": "stability",
    "average_of_graphs": "decomposable",
    "average_of_models": "log_linear_estimates",
    "bayes_threshold": "posterior_threshold",
    "best_model": "log_linear_estimates",
    "capture_table": "capture_histories",
    "chapman": "two_lists",
    "existence_of_models": "every_model",
    "family_estimate": "capture_probability",
    "fitted_scenario": "scenarios",
    "hidden_number": "multiple_systems",
    "independence": "log_linear_estimates",
    "internal_consistency": "stability",
    "leave_one_list_out": "stability",
    "lower_bound": "capture_probability",
    "read_replicates": "table_files",
    "read_scenario": "scenarios",
    "read_table": "table_files",
    "scenario_names": "scenarios",
    "simulate": "simulation",
    "stepwise": "log_linear_estimates",
    "table_of_persons": "capture_histories",
    "with_conditional_intervals": "conditional",
}

__getattr__ = lazily(__name__, _HOME)
