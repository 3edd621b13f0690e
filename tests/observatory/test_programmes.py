"""A country's programmes, evaluated from its build: no picture of few persons, no false claim."""

from __future__ import annotations

import json
import tomllib

import numpy as np
import pytest

from aiqyn.demo.tables import folder, truth
from aiqyn.observatory.evaluated_programmes.answering import answer_row
from aiqyn.observatory.evaluated_programmes.coarsening import step_of
from aiqyn.prevention.effects import NEVER, Card, Panel, Question, evaluate
from aiqyn.prevention.register import read_register

DEMO = folder("demo", "programmes")


@pytest.fixture(scope="module")
def programmes(tmp_path_factory):
    place = tmp_path_factory.mktemp("register")
    for file in DEMO.iterdir():
        (place / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (place / "P-01_estimates.csv").write_text("region,period,estimate,lo95,hi95\n", "utf-8")
    found = read_register([place])
    assert found.faults == ()
    return found.programmes


def test_the_demo_registers_what_its_truth_knows(programmes):
    for told in truth()["programme"]:
        registered = programmes[told["code"]]
        starts = {place.region: place.since for place in registered.places}
        assert starts == told["starts"]
        assert list(registered.groups) == told["groups"]
        assert list(registered.forms) == told["form_groups"]
        text = (DEMO / f"{told['code']}.toml").read_text(encoding="utf-8")
        assert tomllib.loads(text)["title_kk"] == told["label_kk"]


def panel(mean, rng):
    starts = np.array([4, *[NEVER] * 9])
    outcome = rng.poisson(mean, (10, 8)).astype(float)
    outcome[0, 5] = 3.0  # a period with few persons in the treated area
    return Panel(
        tuple(f"R{i}" for i in range(10)), tuple(map(str, range(2015, 2023))), outcome, starts
    )


def row(programmes, mean, few):
    rng = np.random.default_rng(1)
    found = panel(mean, rng)
    if not few:
        found = found.with_outcome(found.outcome + 10)
    card = Card(evaluate(found, Question(kind="detections")))
    return answer_row(programmes["P-03"], found, card, threshold=5)


def test_few_persons_behind_a_period_leave_no_picture_by_periods(programmes):
    assert row(programmes, 30, few=True)["event"] == []
    assert row(programmes, 30, few=False)["event"]


def test_what_may_be_printed_names_no_area_of_the_comparison(programmes):
    told = json.dumps(row(programmes, 30, few=False))
    assert "R1" not in told


def test_no_printed_mean_tells_a_sum_of_persons(programmes):
    """Four periods: in steps of 2 the sum behind a mean is open by 8 persons, 5 are asked for."""
    told = row(programmes, 30, few=False)
    checks = [s[k] for _, _, s in told["checks"] for k in {"effect", "low", "high"} & set(s)]
    means = [v for v in (*told["effect"], told["without"], *told["placebos"], *checks) if v]
    assert len(means) > 3
    assert all(value % 2 == 0 for value in means)
    points = [value for _, *point in told["event"] for value in point]
    assert points
    assert all(value % 5 == 0 for value in points)


def test_a_step_keeps_as_many_persons_open_as_the_threshold():
    assert all(step_of(k, t) * k >= t for k in range(1, 200) for t in (3, 5, 10))
