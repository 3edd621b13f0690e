"""The hidden part: persons on no list, by multiple systems estimation, with honest intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.estimates.bayesian.posterior_threshold import bayes_threshold
    from aiqyn.estimates.closed_population.capture_probability import (
        FAMILY,
        family_estimate,
        lower_bound,
    )
    from aiqyn.estimates.closed_population.two_lists import chapman
    from aiqyn.estimates.decomposable import average_of_graphs
    from aiqyn.estimates.gate.judging import Gate
    from aiqyn.estimates.gate.verdicts import GateCheck
    from aiqyn.estimates.interval_cells.table import IntervalTable
    from aiqyn.estimates.intervals.conditional import with_conditional_intervals
    from aiqyn.estimates.latent_classes import latent_class
    from aiqyn.estimates.linkage_error.audited_persons import audit_of
    from aiqyn.estimates.linkage_error.audits import LinkageAudit
    from aiqyn.estimates.linkage_error.corrected import Corrected
    from aiqyn.estimates.linkage_error.correcting import corrected_for_linkage
    from aiqyn.estimates.linkage_error.correcting_all import as_the_gate_sees, with_corrections
    from aiqyn.estimates.linkage_error.grid_of_rates import LinkageSensitivity
    from aiqyn.estimates.linkage_error.sensitivity import linkage_sensitivity
    from aiqyn.estimates.log_linear.estimates_by_pairs import independence, stepwise
    from aiqyn.estimates.log_linear.estimates_by_search import average_of_models, best_model
    from aiqyn.estimates.log_linear.every_model import existence_of_models
    from aiqyn.estimates.log_linear.existence import Existence
    from aiqyn.estimates.multiple_systems import HiddenNumber, Options, hidden_number
    from aiqyn.estimates.results import Caution, Estimate, Interval, Model, ModelShare
    from aiqyn.estimates.sdg import sdg_16_2_2
    from aiqyn.estimates.simulation.scenarios import (
        Scenario,
        fitted_scenario,
        read_scenario,
        scenario_names,
    )
    from aiqyn.estimates.simulation.simulating import Simulation, simulate
    from aiqyn.estimates.simulation.truth_held import Coverage, MethodRecord, Printed
    from aiqyn.estimates.stability.hidden_dependence import OddsRatioCurve, by_odds_ratio
    from aiqyn.estimates.stability.highest_order import HighestOrderCurve, by_highest_order_term
    from aiqyn.estimates.stability.merged_lists import MergedLists, merge_two_lists
    from aiqyn.estimates.stability.of_table import Stability, stability_of
    from aiqyn.estimates.stability.single_lists import (
        WithinList,
        WithoutList,
        internal_consistency,
        leave_one_list_out,
    )
    from aiqyn.estimates.subgroups.answer import Subgroups
    from aiqyn.estimates.subgroups.estimation import by_stratum
    from aiqyn.estimates.subgroups.stratified_table import (
        StratifiedTable,
        strata_of_file,
        strata_of_persons,
        stratified_rows,
    )
    from aiqyn.estimates.tables.capture_histories import (
        CaptureTable,
        capture_table,
        table_of_persons,
    )
    from aiqyn.estimates.tables.table_files import read_counts, read_replicates, read_table
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
    "as_the_gate_sees",
    "audit_of",
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
    "with_corrections",
]

_HOME = {
    "FAMILY": "closed_population.capture_probability",
    "CaptureTable": "tables.capture_histories",
    "Caution": "results",
    "Corrected": "linkage_error.corrected",
    "Coverage": "simulation.truth_held",
    "CrimeOrDetection": "years.change",
    "Estimate": "results",
    "Existence": "log_linear.existence",
    "Gate": "gate.judging",
    "GateCheck": "gate.verdicts",
    "HiddenNumber": "multiple_systems",
    "HighestOrderCurve": "stability.highest_order",
    "Interval": "results",
    "IntervalTable": "interval_cells.table",
    "LinkageAudit": "linkage_error.audits",
    "LinkageSensitivity": "linkage_error.grid_of_rates",
    "MergedLists": "stability.merged_lists",
    "MethodRecord": "simulation.truth_held",
    "Model": "results",
    "ModelShare": "results",
    "OddsRatioCurve": "stability.hidden_dependence",
    "Options": "multiple_systems",
    "Printed": "simulation.truth_held",
    "Scenario": "simulation.scenarios",
    "Simulation": "simulation.simulating",
    "Stability": "stability.of_table",
    "StratifiedTable": "subgroups.stratified_table",
    "Subgroups": "subgroups.answer",
    "WithinList": "stability.single_lists",
    "WithoutList": "stability.single_lists",
    "as_the_gate_sees": "linkage_error.correcting_all",
    "audit_of": "linkage_error.audited_persons",
    "average_of_graphs": "decomposable",
    "average_of_models": "log_linear.estimates_by_search",
    "bayes_threshold": "bayesian.posterior_threshold",
    "best_model": "log_linear.estimates_by_search",
    "by_highest_order_term": "stability.highest_order",
    "by_odds_ratio": "stability.hidden_dependence",
    "by_stratum": "subgroups.estimation",
    "capture_table": "tables.capture_histories",
    "chapman": "closed_population.two_lists",
    "corrected_for_linkage": "linkage_error.correcting",
    "crime_or_detection": "years.change",
    "existence_of_models": "log_linear.every_model",
    "family_estimate": "closed_population.capture_probability",
    "fitted_scenario": "simulation.scenarios",
    "hidden_number": "multiple_systems",
    "independence": "log_linear.estimates_by_pairs",
    "internal_consistency": "stability.single_lists",
    "latent_class": "latent_classes",
    "leave_one_list_out": "stability.single_lists",
    "linkage_sensitivity": "linkage_error.sensitivity",
    "lower_bound": "closed_population.capture_probability",
    "merge_two_lists": "stability.merged_lists",
    "read_counts": "tables.table_files",
    "read_replicates": "tables.table_files",
    "read_scenario": "simulation.scenarios",
    "read_table": "tables.table_files",
    "scenario_names": "simulation.scenarios",
    "sdg_16_2_2": "sdg",
    "simulate": "simulation.simulating",
    "stability_of": "stability.of_table",
    "stepwise": "log_linear.estimates_by_pairs",
    "strata_of_file": "subgroups.stratified_table",
    "strata_of_persons": "subgroups.stratified_table",
    "stratified_rows": "subgroups.stratified_table",
    "table_of_persons": "tables.capture_histories",
    "with_conditional_intervals": "intervals.conditional",
    "with_corrections": "linkage_error.correcting_all",
}

__getattr__ = lazily(__name__, _HOME)
