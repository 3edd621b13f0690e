"""The true number lies in the interval about as often as said, and where not, simulation says so.

Bounds are binomial. With 100 tables and a true coverage of 95 %, fewer than 88 cover with a
probability of 0.0015; of 80 %, fewer than 68 or more than 91 with 0.0016 + 0.0009. Too wide an
interval is caught at 80 %: at 95 % all of 100 may cover by chance.
"""

from __future__ import annotations

import json

import pytest
from scipy.stats import binom

from aiqyn.cli.simulate_mse import print_simulation, simulate_mse
from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.estimates import Coverage, Options, read_scenario, simulate

TABLES = 100


@pytest.fixture(scope="module")
def referrals():
    """Two pairs of lists lead to one another; the methods do not know it."""
    options = Options(boot=200, seed=7)
    return simulate(
        read_scenario("referrals"), ("stepwise", "independence"), options, tables=TABLES
    )


def test_the_bounds_of_this_file_are_those_of_the_binomial() -> None:
    assert binom.cdf(87, TABLES, 0.95) < 0.002
    assert binom.cdf(67, TABLES, 0.80) < 0.002
    assert binom.sf(91, TABLES, 0.80) < 0.003


def test_the_stepwise_interval_holds_the_truth_about_as_often_as_it_says(referrals) -> None:
    at95, at80 = referrals.methods[0].coverages
    assert at95.given == at80.given == TABLES
    assert at95.covered >= 88
    assert 68 <= at80.covered <= 91
    assert abs(referrals.methods[0].bias) < 0.05


def test_independence_is_caught_when_lists_lead_to_one_another(referrals) -> None:
    record = referrals.methods[1]
    assert record.method == "independence"
    assert record.bias < -0.25
    assert record.coverages[0].share < 0.05


def test_what_no_list_can_find_is_in_no_interval() -> None:
    """Two in five are seen by one list alone: the estimate falls short, and says nothing of it."""
    found = simulate(read_scenario("unseen_class"), options=Options(boot=100, seed=1), tables=20)
    assert found.methods[0].bias < -0.2
    assert found.methods[0].coverages[0].covered <= 2


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    asked = {"methods": ("stepwise", "chao"), "tables": 5, "boot": 20}
    first, again, other = (simulate_mse("independent", seed=s, **asked) for s in (1, 1, 2))
    assert first == again
    assert first["methods"] != other["methods"]


def test_every_table_is_accounted_for(tmp_path) -> None:
    """Eight persons: many tables lack a list or an overlap, and the methods refuse others."""
    file = tmp_path / "tiny.toml"
    file.write_text('lists = ["a", "b", "c"]\npopulation = 8\ncapture = [0.3, 0.3, 0.2]')
    answer = simulate_mse(file, tables=60, boot=20, seed=1)
    (record,) = answer["methods"]
    assert answer["unusable"] > 0
    assert record["refused"] == sum(record["refusals"].values()) > 0
    assert answer["unusable"] + record["refused"] + record["answered"] == 60
    assert sum(answer["gate"].values()) == 60 - answer["unusable"]


def test_a_share_has_the_limits_that_clopper_and_pearson_give() -> None:
    """0 of 10: upper limit 1 - 0.025 ** (1 / 10)."""
    assert Coverage(0.95, 10, 0, 0).bounds() == pytest.approx((0, 1 - 0.025**0.1))
    assert Coverage(0.95, 10, 10, 0).bounds() == pytest.approx((0.025**0.1, 1))
    assert Coverage(0.95, 0, 0, 0).bounds() is None


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_verb_prints_and_its_answer_is_json(lang, capsys, tmp_path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("a,b,c,count\n1,0,0,60\n0,1,0,50\n0,0,1,40\n1,1,0,20\n1,0,1,9\n0,1,1,8\n")
    answer = simulate_mse(file, tables=3, boot=20, seed=1, model="independence", lang=lang)
    assert json.loads(json.dumps(answer)) == answer
    assert answer["scenario"] == "table (independence)"
    print_simulation(answer, lang)
    told = capsys.readouterr()
    assert told.err == ""
    assert len(told.out.splitlines()) > 6


def test_what_cannot_be_simulated_is_refused() -> None:
    with pytest.raises(InputRefused, match="EST-040"):
        simulate_mse("no_such_scenario")
    for wrong in ({"tables": 0}, {"model": "chao"}, {"boot": -1}, {"methods": ("x",)}):
        with pytest.raises(UsageRefused):
            simulate_mse("independent", **{"tables": 1, **wrong})
