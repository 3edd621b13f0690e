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
    from aiqyn.estimates.hidden_dependence import OddsRatioCurve, by_odds_ratio
    from aiqyn.estimates.highest_order import HighestOrderCurve, by_highest_order_term
    from aiqyn.estimates.interval_cells.table import IntervalTable
    from aiqyn.estimates.latent_classes import latent_class
    from aiqyn.estimates.linkage_error.audits import LinkageAudit
    from aiqyn.estimates.linkage_error.correcting import Corrected, corrected_for_linkage
    from aiqyn.estimates.linkage_error.sensitivity import LinkageSensitivity, linkage_sensitivity
    from aiqyn.estimates.log_linear_estimates import (
        average_of_models,
        best_model,
        independence,
        stepwise,
    )
    from aiqyn.estimates.merged_lists import MergedLists, merge_two_lists
    from aiqyn.estimates.multiple_systems import HiddenNumber, Options, hidden_number
    from aiqyn.estimates.posterior_threshold import bayes_threshold
    from aiqyn.estimates.results import Caution, Estimate, Interval, Model, ModelShare
    from aiqyn.estimates.scenarios import (
        Scenario,
        fitted_scenario,
        read_scenario,
        scenario_names,
    )
    from aiqyn.estimates.sdg import sdg_16_2_2
    from aiqyn.estimates.simulation import Simulation, simulate
    from aiqyn.estimates.stability import (
        WithinList,
        WithoutList,
        internal_consistency,
        leave_one_list_out,
    )
    from aiqyn.estimates.stability_of_table import Stability, stability_of
    from aiqyn.estimates.subgroups.answer import Subgroups
    from aiqyn.estimates.subgroups.estimation import by_stratum
    from aiqyn.estimates.subgroups.stratified_table import (
        StratifiedTable,
        strata_of_file,
        strata_of_persons,
        stratified_rows,
    )
    from aiqyn.estimates.table_files import read_counts, read_replicates, read_table
    from aiqyn.estimates.truth_held import Coverage, MethodRecord, Printed
    from aiqyn.estimates.two_lists import chapman
    from aiqyn.estimates.verdicts import GateCheck
    from aiqyn.estimates.years.change import CrimeOrDetection, crime_or_detection

__all__ = [
    "FAMILY",
    "CaptureTable",
    "Caution",
    "Corrected",
    "Coverage",
    "CrimeOrDetection",
    "Estimate",
    "Existence",
    "Gate",
    "GateCheck",
    "HiddenNumber",
    "HighestOrderCurve",
    "Interval",
    "IntervalTable",
    "LinkageAudit",
    "LinkageSensitivity",
    "MergedLists",
    "MethodRecord",
    "Model",
    "ModelShare",
    "OddsRatioCurve",
    "Options",
    "Printed",
    "Scenario",
    "Simulation",
    "Stability",
    "StratifiedTable",
    "Subgroups",
    "WithinList",
    "WithoutList",
    "average_of_graphs",
    "average_of_models",
    "bayes_threshold",
    "best_model",
    "by_highest_order_term",
    "by_odds_ratio",
    "by_stratum",
    "capture_table",
    "chapman",
    "corrected_for_linkage",
    "crime_or_detection",
    "existence_of_models",
    "family_estimate",
    "fitted_scenario",
    "hidden_number",
    "independence",
    "internal_consistency",
    "latent_class",
    "leave_one_list_out",
    "linkage_sensitivity",
    "lower_bound",
    "merge_two_lists",
    "read_counts",
    "read_replicates",
    "read_scenario",
    "read_table",
    "scenario_names",
    "sdg_16_2_2",
    "simulate",
    "stability_of",
    "stepwise",
    "strata_of_file",
    "strata_of_persons",
    "stratified_rows",
    "table_of_persons",
    "with_conditional_intervals",
]

_HOME = {
    "FAMILY": "capture_probability",
    "CaptureTable": "capture_histories",
    "Caution": "results",
    "Corrected": "linkage_error.correcting",
    "Coverage": "truth_held",
    "CrimeOrDetection": "years.change",
    "Estimate": "results",
    "Existence": "existence",
    "Gate": "gate",
    "GateCheck": "verdicts",
    "HiddenNumber": "multiple_systems",
    "HighestOrderCurve": "highest_order",
    "Interval": "results",
    "IntervalTable": "interval_cells.table",
    "LinkageAudit": "linkage_error.audits",
    "LinkageSensitivity": "linkage_error.sensitivity",
    "MergedLists": "merged_lists",
    "MethodRecord": "truth_held",
    "Model": "results",
    "ModelShare": "results",
    "OddsRatioCurve": "hidden_dependence",
    "Options": "multiple_systems",
    "Printed": "truth_held",
    "Scenario": "scenarios",
    "Simulation": "simulation",
    "Stability": "stability_of_table",
    "StratifiedTable": "subgroups.stratified_table",
    "Subgroups": "subgroups.answer",
    "WithinList": "stability",
    "WithoutList": "stability",
    "average_of_graphs": "decomposable",
    "average_of_models": "log_linear_estimates",
    "bayes_threshold": "posterior_threshold",
    "best_model": "log_linear_estimates",
    "by_highest_order_term": "highest_order",
    "by_odds_ratio": "hidden_dependence",
    "by_stratum": "subgroups.estimation",
    "capture_table": "capture_histories",
    "chapman": "two_lists",
    "corrected_for_linkage": "linkage_error.correcting",
    "crime_or_detection": "years.change",
    "existence_of_models": "every_model",
    "family_estimate": "capture_probability",
    "fitted_scenario": "scenarios",
    "hidden_number": "multiple_systems",
    "independence": "log_linear_estimates",
    "internal_consistency": "stability",
    "latent_class": "latent_classes",
    "leave_one_list_out": "stability",
    "linkage_sensitivity": "linkage_error.sensitivity",
    "lower_bound": "capture_probability",
    "merge_two_lists": "merged_lists",
    "read_counts": "table_files",
    "read_replicates": "table_files",
    "read_scenario": "scenarios",
    "read_table": "table_files",
    "scenario_names": "scenarios",
    "sdg_16_2_2": "sdg",
    "simulate": "simulation",
    "stability_of": "stability_of_table",
    "stepwise": "log_linear_estimates",
    "strata_of_file": "subgroups.stratified_table",
    "strata_of_persons": "subgroups.stratified_table",
    "stratified_rows": "subgroups.stratified_table",
    "table_of_persons": "capture_histories",
    "with_conditional_intervals": "conditional",
}

__getattr__ = lazily(__name__, _HOME)
