"""Point estimates, models and existence against R; see SOURCE.md for what is left out and why."""

from __future__ import annotations

import re

import numpy as np
import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.estimates import (
    average_of_graphs,
    bayes_threshold,
    best_model,
    existence_of_models,
    family_estimate,
    independence,
    internal_consistency,
    leave_one_list_out,
    read_replicates,
    stepwise,
    with_conditional_intervals,
)
from aiqyn.estimates.intervals.bca import Correction, bca_interval, correction
from aiqyn.estimates.log_linear.fitting import fit, reduce
from aiqyn.estimates.log_linear.hierarchical_models import model_terms, search
from aiqyn.estimates.log_linear.naming import named_model
from aiqyn.estimates.log_linear.stepwise_choice import choose
from aiqyn.estimates.tables.cells import main_masks, pair_masks

POINT = 1e-6  # relative; R's glm stops at 1e-8 of the deviance
CONDITIONAL = 1e-4  # relative; R's standard errors come from the last but one step


def close(value):
    return None if value is None else pytest.approx(value, rel=POINT, abs=1e-9)


def pairs_of(label: str) -> set[frozenset[str]]:
    terms = [t.strip().removesuffix("=-Inf") for t in label.split("+")]
    return {frozenset(t.split(":")) for t in terms if ":" in t}


def test_stepwise_estimate_pairs_deviance_and_aic_are_those_of_sparsemse(golden, published):
    for record in golden("sparsemse_stepwise"):
        if "conditional" not in record["settings"]:
            continue
        pthresh = float(re.search(r"pthresh=([\d.]+)", record["settings"])[1])
        ours = stepwise(published(record["dataset"]), pthresh=pthresh, boot=0)
        assert ours.total == close(record["estimate"]), record["id"]
        assert ours.aic == close(record["extra"]["aic"])
        assert ours.deviance == close(record["extra"]["deviance"])
        chosen = {frozenset(t) for t in (*ours.model.pairs, *ours.model.minus_infinity)}
        assert chosen == pairs_of(record["model"])
        infinite = [":".join(t) for t in ours.model.minus_infinity]
        assert infinite == list(record["extra"]["poisspempty"])


def test_conditional_limits_are_those_of_sparsemse(golden, published):
    for record in golden("sparsemse_stepwise"):
        if "pthresh=0.02; conditional" not in record["settings"]:
            continue
        table = published(record["dataset"])
        wide, narrow = with_conditional_intervals(table, stepwise(table, boot=0)).intervals
        ours = [wide.low, wide.high, narrow.low, narrow.high]
        theirs = [record[k] for k in ("lo95", "hi95", "lo80", "hi80")]
        assert ours == pytest.approx(theirs, rel=CONDITIONAL), record["id"]


def test_independence_is_that_of_sparsemse(golden, published):
    for record in golden("sparsemse_main_effects"):
        ours = independence(published(record["dataset"]), boot=0)
        assert ours.total == close(record["estimate"])
        assert (ours.aic, ours.deviance) == close(
            (record["extra"]["aic"], record["extra"]["deviance"])
        )


def test_the_model_of_all_pairs_is_that_of_sparsemse_or_refused_with_its_code(golden, published):
    for record in golden("sparsemse_all_pairs"):
        table = published(record["dataset"])
        lists = len(table.lists)
        terms = np.zeros((1, 1 << lists), dtype=np.bool_)
        terms[0, [0, *main_masks(lists), *pair_masks(lists)]] = True
        code = existence_of_models(table, 2)[-1]
        assert int(code) == record["extra"]["checkident"], record["id"]
        if code == 0:
            found = fit(table.vector[None], reduce(table.vector[None], terms))
            assert table.observed + np.exp(found.beta[0, 0]) == close(record["estimate"])
            lost = {frozenset(t) for t in named_model(table, terms[0]).minus_infinity}
            assert lost == {
                frozenset(p.split(":")) for p in re.findall(r"(\S+)=-Inf", record["model"])
            }


def test_overlaps_and_totals_are_those_of_the_tables(golden, published):
    for record in golden("overlap_summary"):
        table = published(record["dataset"])
        assert table.observed == record["estimate"]
        assert table.totals == record["extra"]["list_totals"]
        ours = {":".join(pair): both for pair, both in table.overlaps.items()}
        assert ours == record["extra"]["pair_overlaps"]


def test_as_many_models_exist_and_are_identifiable_as_sparsemse_says(golden, published):
    for record in golden("sparsemse_checkident_all"):
        codes = np.bincount(existence_of_models(published(record["dataset"]), 2), minlength=4)
        names = ("ok", "noexist", "nonident", "both")
        assert dict(zip(names, codes, strict=True)) == {n: record["extra"][n] for n in names}


def test_the_first_twenty_models_by_bic_are_those_of_mse12(golden, published):
    for record in golden("mse12_bic_all_models"):
        table = published(record["dataset"])
        order = int(re.search(r"maxorder=(\d)", record["settings"])[1])
        found = search(table.vector, len(table.lists), order)
        extra = record["extra"]
        assert len(found.terms) == extra["n_models"]
        assert len(found.order) == extra["n_admissible"]
        for row, theirs in zip(found.order, extra["top20"], strict=False):
            assert generators(found.terms[row]) == theirs["model"]
            assert found.bic[row] == close(theirs["BIC"])
            assert found.total[row] == close(theirs["abundance"])


def generators(terms) -> str:
    """A model as R writes it: ``[12,13,4]``; largest terms first, then in order."""
    masks = [int(m) for m in np.flatnonzero(terms) if m]
    tops = [m for m in masks if not any(m != o and m & o == m for o in masks)]
    names = ["".join(str(j + 1) for j in range(10) if m >> j & 1) for m in tops]
    return "[" + ",".join(sorted(names, key=lambda n: (-len(n), n))) + "]"


def test_the_bic_average_is_that_worked_out_from_mse12(golden, published):
    from aiqyn.estimates import average_of_models

    for record in golden("bic_weighted_average"):
        order = int(re.search(r"maxorder=(\d)", record["settings"])[1])
        ours = average_of_models(published(record["dataset"]), order=order, boot=0)
        assert ours.total == close(record["estimate"]), record["id"]
        assert ours.models[0].share == close(record["extra"]["top_weight"])


def test_the_capture_probability_family_is_that_of_rcapture(golden, published):
    for record in golden("rcapture_closedp.t:"):
        table, model = published(record["dataset"]), record["method"].split(":")[1]
        if record["dataset"] == "Artificial_3" and model.endswith(("2", "Darroch", "3.5")):
            with pytest.raises(AnswerRefused, match="EST-020"):
                family_estimate(table, model)
            continue
        ours = family_estimate(table, model)
        assert ours.total == close(record["estimate"]), record["id"]
        assert ours.aic == close(record["extra"]["AIC"])
        assert ours.bic == close(record["extra"]["BIC"])
        assert ours.deviance == close(record["extra"]["deviance"])


def test_no_number_where_rcapture_prints_ten_to_the_thirteen(published):
    table = published("Artificial_3")
    assert best_model(table, boot=0).total < 1000
    names = [named_model(table, t).label for t in model_terms(3, 2)]
    codes = dict(zip(names, existence_of_models(table, 2), strict=True))
    assert codes["C, A×B"] == 1


@pytest.mark.parametrize("dataset", ["Korea", "Western"])
def test_each_of_a_thousand_replicates_is_that_of_sparsemse(dataset, shared, published):
    table, file = published(dataset), shared / "golden" / "mse" / f"{dataset}_sparsemse.csv"
    theirs = np.loadtxt(file, delimiter=",", skiprows=1)[:, -1]
    ours = stepwise(table, tables=read_replicates(file, table)).replicate_estimates
    assert len(theirs) == 1000
    assert np.array(ours) == pytest.approx(theirs, rel=POINT)


@pytest.mark.parametrize("dataset", ["Korea", "Western"])
def test_r_limits_lie_between_ours_with_no_tie_below_and_all_ties_below(
    dataset, shared, golden, published
):
    from scipy.special import ndtri

    table = published(dataset)
    tables = read_replicates(shared / "golden" / "mse" / f"{dataset}_sparsemse.csv", table)
    ours = stepwise(table, tables=tables)
    totals = choose(tables, len(table.lists)).total
    record = next(r for r in golden("sparsemse_stepwise_bca") if r["dataset"] == dataset)
    tied = np.isclose(totals, ours.total, rtol=1e-9)
    below = (totals < ours.total) & ~tied
    ends = [
        bca_interval(totals, Correction(float(ndtri(share)), record["extra"]["ahat"], 0), 0.95)
        for share in (below.mean(), (below | tied).mean())
    ]
    for end, name in (("low", "lo95"), ("high", "hi95")):
        least, most = (getattr(interval, end) for interval in ends)
        assert least * (1 - POINT) <= record[name] <= most * (1 + POINT)
        assert least <= getattr(ours.interval(0.95), end) <= most


def test_the_acceleration_is_that_of_sparsemse_and_mse12(golden, published):
    for record in (*golden("sparsemse_stepwise_bca"), *golden("mse12_stepwise_bca")):
        table = published(record["dataset"])
        histories = np.flatnonzero(table.vector)
        left_out = table.vector - np.eye(len(table.counts))[histories]
        jackknife = choose(left_out, len(table.lists)).total
        ours = correction(0.0, np.ones(1), jackknife, table.vector[histories])
        assert ours.acceleration == close(record["extra"]["ahat"]), record["id"]


def test_the_published_western_lower_limit_is_flagged_as_the_smallest_replicate(shared, published):
    table = published("Western")
    tables = read_replicates(shared / "golden" / "mse" / "Western_sparsemse.csv", table)
    interval = stepwise(table, tables=tables).interval(0.95)
    assert interval.low == pytest.approx(1293.2139, rel=POINT)
    assert interval.degenerate == ("low",)


def test_leaving_out_each_list_gives_what_sparsemse_gives(golden, published):
    for record in golden("sparsemse_leave_one_list_out"):
        rows = leave_one_list_out(published(record["dataset"]), lambda t: stepwise(t, boot=0))
        for ours, theirs in zip(rows, record["extra"]["rows"], strict=True):
            assert (ours.omitted, ours.observed) == (theirs["omitted"], theirs["observed"])
            assert ours.estimate.total == close(theirs["estimate"])


def test_each_list_as_the_known_population_gives_what_sparsemse_gives(golden, published):
    for record in golden("sparsemse_internal_consistency"):
        rows = internal_consistency(published(record["dataset"]), lambda t: stepwise(t, boot=0))
        for ours, theirs in zip(rows, record["extra"]["rows"], strict=True):
            assert (ours.reference, ours.truth, ours.observed, ours.lists) == (
                *(theirs[k] for k in ("reference", "truth", "observed_elsewhere", "lists_used")),
            )
            total = ours.estimate.total if ours.estimate else None
            assert total == close(theirs["estimate"])


def test_the_united_kingdom_table_has_two_answers_and_says_so(published):
    found = best_model(published("UKdat_5"), boot=0)
    assert [round(m) for m in found.modes] == [22991, 12262]
    assert found.models[1].bic - found.models[0].bic == pytest.approx(0.9552, abs=1e-4)
    assert "EST-105" in {c.code for c in found.cautions}


def test_decomposable_averages_are_those_of_dga(golden, published):
    for record in golden("dga_bma"):
        ours = average_of_graphs(published(record["dataset"]), delta=record["extra"]["delta"])
        step = ours.settings["grid_step"]
        limits = [getattr(ours.interval(v), e) for v in (0.95, 0.8) for e in ("low", "high")]
        theirs = [record[k] for k in ("lo95", "hi95", "lo80", "hi80")]
        assert ours.total == pytest.approx(record["estimate"], abs=step), record["id"]
        assert limits == pytest.approx(theirs, abs=step)
        assert ours.models[0].share == close(record["extra"]["top_graph_prob"])
        cliques = {frozenset(c.split()) for c in re.findall(r"\[([^]]+)\]", record["model"])}
        assert {frozenset(c.split("×")) for c in ours.models[0].model.label.split(", ")} == cliques


def test_the_prior_that_decides_the_united_kingdom_table_is_told(published):
    ours = average_of_graphs(published("UKdat_5"))
    assert ours.settings["delta"] == 1 / 32
    assert "EST-114" in {c.code for c in ours.cautions}


def test_bayesian_threshold_agrees_with_mse12_within_monte_carlo_error(golden, published):
    # R's 10,000 draws of one chain are worth about 100: 3 % of a median, 5 % of a limit.
    for record in golden("mse12_bayesthresh"):
        if "prior=proper" not in record["settings"]:
            continue
        ours = bayes_threshold(published(record["dataset"]))
        assert {frozenset(p) for p in ours.model.pairs} == pairs_of("+" + record["model"])
        assert ours.total == pytest.approx(record["estimate"], rel=0.03)
        assert ours.interval(0.95).low == pytest.approx(record["lo95"], rel=0.05)
        assert ours.interval(0.95).high == pytest.approx(record["hi95"], rel=0.05)
        assert ours.settings["rhat"] < 1.05


def test_bayesian_threshold_with_a_flat_prior_refuses_where_mse12_does(golden, published):
    for record in golden("mse12_bayesthresh"):
        if "improper" not in record["settings"]:
            continue
        table = published(record["dataset"])
        if record["estimate"] is None:
            with pytest.raises(AnswerRefused, match="EST-020"):
                bayes_threshold(table, prior_variance=None)
        else:
            ours = bayes_threshold(table, prior_variance=None)
            lost = [":".join(pair) for pair in ours.model.minus_infinity]
            assert lost == record["extra"]["minus_inf"]
