"""Latent classes against LCMCR: both are Monte Carlo, so what separates them must be chance."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from aiqyn.estimates import Estimate, latent_class

TABLES = ("Artificial_3", "Korea", "Kosovo", "NewOrl_5", "Western")
# Standard error of a sample quantile of normal draws, times the root of their number.
LIMITS = {"lo95": 2.67, "lo80": 1.71, "estimate": 1.25, "hi80": 1.71, "hi95": 2.67}
FAR = 4.0  # standard errors of the difference; R's limits of skewed posteriors are a little worse
WHOLE = 1.0  # persons; R's medians and limits are of whole numbers


@pytest.fixture(scope="module")
def ours(published):
    return cache(lambda name: latent_class(published(name)))


def limits_of(found: Estimate) -> dict[str, float]:
    ends = {f"{e}{100 * i.level:.0f}": i for i in found.intervals for e in ("lo", "hi")}
    both = {k: i.low if k.startswith("lo") else i.high for k, i in ends.items()}
    return both | {"estimate": found.total}


@pytest.mark.parametrize("name", TABLES)
def test_medians_and_limits_are_those_of_lcmcr_within_monte_carlo_error(name, golden, ours):
    records = [r for r in golden("lcmcr") if r["dataset"] == name]
    here = limits_of(ours(name))
    for record in records:
        memory = record["extra"]["lag1"]  # of R's 1,000 draws
        theirs = 1000 * (1 - memory) / (1 + memory)
        worth = np.sqrt(1 / theirs + 1 / ours(name).settings["effective"])
        spread = np.log(record["hi80"] / record["lo80"]) / 2.563
        for limit, times in LIMITS.items():
            near = record[limit] * np.expm1(FAR * times * spread * worth) + WHOLE
            assert here[limit] == pytest.approx(record[limit], abs=near), (record["id"], limit)


@pytest.mark.parametrize("name", TABLES)
def test_the_chains_agree_before_a_number_is_given(name, ours):
    settings = ours(name).settings
    assert settings["rhat"] < 1.05
    assert settings["effective"] >= 400
    assert settings["chains"] >= 4


def test_the_united_kingdom_table_is_refused_and_shows_both_of_lcmcrs_answers(golden, ours):
    found = ours("UKdat_5")
    assert found.total is None
    assert found.refusal.code == "EST-042"
    assert "EST-140" in {c.code for c in found.cautions}
    seeds = [r["estimate"] for r in golden("lcmcr") if r["dataset"] == "UKdat_5"]
    for low, high in ((12_000, 13_000), (22_000, 24_000)):
        stayed = float(np.median([n for n in seeds if low < n < high]))
        assert min(abs(mode / stayed - 1) for mode in found.modes) < 0.05, stayed
