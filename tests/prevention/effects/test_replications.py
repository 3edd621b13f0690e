"""Standard data sets give the published numbers.

Sources: R packages did (mpdta), synthdid 0.0.9 (Proposition 99), Synth 1.1-8 (Basque country);
../shared/data/eval. Tolerances: the digits that are printed there.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

pytest.importorskip("diff_diff", reason="the extra aiqyn[effects] is not installed")

import polars as pl

from aiqyn.prevention.effects import Columns, Predictor, Question, evaluate, read_panel
from aiqyn.prevention.effects.interrupted import interrupted_time_series
from aiqyn.prevention.effects.synthetic import sides
from aiqyn.prevention.effects.synthetic_weights import Block, outcomes_only

BASQUE = "Basque Country (Pais Vasco)"
SCHOOLS = ("school.illit", "school.prim", "school.med", "school.high")
SECTORS = tuple(
    f"sec.{name}"
    for name in (
        "agriculture", "energy", "industry", "construction", "services.venta", "services.nonventa"
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def eval_data(shared):
    return shared / "data" / "eval"


@pytest.fixture(scope="module")
def minimum_wage(eval_data):
    columns = Columns("countyreal", "year", "lemp", "first_treat", ("lpop",))
    return read_panel(eval_data / "mpdta.csv", columns)


@pytest.fixture(scope="module")
def california(eval_data):
    columns = Columns("State", "Year", "PacksPerCapita")
    panel = read_panel(eval_data / "california_prop99.csv", columns)
    return panel.treated_from("California", "1989")


@pytest.fixture(scope="module")
def basque(eval_data, tmp_path_factory):
    """The set-up of R's help page: school.high with the post-high, schools in per cent."""
    table = pl.read_csv(
        eval_data / "basque.csv", null_values=["NA", ""], infer_schema_length=None
    ).filter(pl.col("regionno") != 1)
    table = table.with_columns(pl.col("school.high") + pl.col("school.post.high"))
    all_schools = pl.sum_horizontal(*SCHOOLS, ignore_nulls=False)
    table = table.with_columns(*((100 * pl.col(s) / all_schools).alias(s) for s in SCHOOLS))
    file = tmp_path_factory.mktemp("basque") / "basque.csv"
    table.write_csv(file)
    beside = (*SCHOOLS, "invest", *SECTORS, "popdens")
    panel = read_panel(file, Columns("regionname", "year", "gdpcap", None, beside))
    return panel.treated_from(BASQUE, "1970")


def years(first: int, last: int, step: int = 1) -> tuple[str, ...]:
    return tuple(str(y) for y in range(first, last + 1, step))


BASQUE_PREDICTORS = (
    *(Predictor(name, years(1964, 1969)) for name in (*SCHOOLS, "invest")),
    Predictor("gdpcap", years(1960, 1969)),
    *(Predictor(name, years(1961, 1969, 2)) for name in SECTORS),
    Predictor("popdens", ("1969",)),
)


def test_the_group_time_table_of_the_minimum_wage_is_that_of_callaway_and_santanna(
    minimum_wage, eval_data
):
    wanted = json.loads((eval_data / "mpdta.expected.json").read_text())["no_covariates"]
    answer = evaluate(minimum_wage, Question())
    found = {f"{x.group}-{x.time}": x.effect for x in answer.group_time}
    assert found == pytest.approx(wanted["gt"], abs=1e-5)
    assert answer.effect.value == pytest.approx(-0.039951, abs=1e-6)
    assert answer.effect.se == pytest.approx(wanted["simple_se_analytic"], abs=1e-5)
    events = {str(x.event): x.effect for x in answer.event}
    assert events == pytest.approx(wanted["event"], abs=1e-5)


def test_the_pre_trend_test_of_the_minimum_wage_has_the_printed_p_value(minimum_wage):
    check = evaluate(minimum_wage, Question()).check("pre-trends")
    assert check.passed
    assert check.slots["p"] == pytest.approx(0.16812, abs=1e-4)  # did's vignette, pre-test


def test_population_as_covariate_gives_the_number_of_three_libraries(minimum_wage):
    answer = evaluate(minimum_wage, Question(covariates=("lpop",)))
    assert answer.effect.value == pytest.approx(-0.04175, abs=1e-5)


def test_proposition_99_by_synthetic_did_is_that_of_synthdid(california):
    answer = evaluate(california, Question(design="sdid"))
    assert answer.effect.value == pytest.approx(-15.603828, abs=1e-5)


def test_proposition_99_by_synthetic_control_is_that_of_synthdid(california):
    answer = evaluate(california, Question(design="sc"))
    assert answer.effect.value == pytest.approx(-19.619663, abs=1e-5)
    assert sum(answer.weights.values()) == pytest.approx(1, abs=1e-3)


def test_no_weights_fit_california_better_than_the_exact_optimum_and_ours_come_near(california):
    from scipy.optimize import nnls

    treated, donors, start = sides(california)
    block = Block(california.outcome[treated[0]], california.outcome[donors].T, start)
    past = block.donors[:start]
    heavy = 1e5
    rows = np.vstack([past, np.full((1, past.shape[1]), heavy)])
    exact, _ = nnls(rows, np.append(block.treated[:start], heavy), maxiter=10_000)
    best = float(((block.treated[:start] - past @ exact) ** 2).mean())
    assert best <= outcomes_only(block).loss <= 1.02 * best


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_basque_weights_are_those_of_synth_from_any_seed(basque, seed):
    from aiqyn.prevention.effects.synthetic import _match

    treated, donors, start = sides(basque)
    rng = np.random.default_rng(seed)
    found = _match(basque, treated, donors, start, BASQUE_PREDICTORS, years(1960, 1969), rng, 8)
    weights = {basque.units[d]: w for d, w in zip(donors, found.weights, strict=True)}
    assert weights["Cataluna"] == pytest.approx(0.8508, abs=1e-4)
    assert weights["Madrid (Comunidad De)"] == pytest.approx(0.1492, abs=1e-4)
    assert found.loss == pytest.approx(0.0088645, abs=1e-7)
    assert found.losses[-1] > 1.5 * found.loss  # other starts end elsewhere, and it is shown


def test_the_past_of_california_alone_is_a_weaker_comparison_and_says_so(california):
    answer = evaluate(california, Question(design="its"))
    assert "PREV-110" in [c.code for c in answer.cautions]
    assert interrupted_time_series(california).effect.value < 0
