"""A country's programmes, evaluated from its build: no picture of few persons, no false claim."""

from __future__ import annotations

import json
import tomllib
from functools import partial

import numpy as np
import polars as pl
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from aiqyn.demo.tables import folder, truth
from aiqyn.disclosure import load_rules, protect, publication_table
from aiqyn.observatory.evaluated_programmes.answering import answer_row
from aiqyn.observatory.evaluated_programmes.beside_tables import BesideTables
from aiqyn.observatory.evaluated_programmes.coarsening import coarse, step_of
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
    return answer_row(programmes["P-03"], found, card, threshold=5, admits=lambda least: True)


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


REGIONS, YEARS = ("A", "B", "C", "D"), ("2022", "2023", "2024")
SMALL, VALUES = 5, 4


def country(counts):
    """The table of regions as it is printed; `counts` has shape (regions, years)."""
    rows = [(y, r, int(counts[i, j])) for j, y in enumerate(YEARS) for i, r in enumerate(REGIONS)]
    rows += [(y, "_all", int(counts[:, j].sum())) for j, y in enumerate(YEARS)]
    frame = pl.DataFrame(rows, ["year", "region", "n"], orient="row")
    given = {"definition": "palermo", "verdict": "trafficking"}
    table = publication_table("victims_region", frame, population="persons", given=given)
    return protect([table], load_rules())


def under_programme(counts, treated):
    starts = np.array([1 if r in treated else NEVER for r in REGIONS])
    return Panel(REGIONS, YEARS, counts.astype(float), starts)


def printed_answer(release, panel, effect):
    """What the report prints, beside the tables, of a programme that is for everybody."""
    mean = panel.outcome[panel.under_programme].mean()
    told = {
        "effect": [effect, effect - 1, effect + 1], "without": mean - effect,
        "cost_per_person": None, "checks": [], "placebos": [], "event": [],
    }  # fmt: skip
    beside = BesideTables(release.published, load_rules())
    return coarse(told, panel, SMALL, None, partial(beside.admits, panel))


def values_left(release, panel, answer):
    """Hidden cell -> the numbers it can be, to a reader of tables and programme.

    The step is read off the print: whatever it is, each of both numbers is off by half of it.
    """
    marks = {(y, r): (n, s) for y, r, n, s in release.tables["victims_region"].iter_rows()}
    cells = list(marks)
    at = {cell: i for i, cell in enumerate(cells)}
    rows, low, high = [], [], []
    for year in YEARS:
        row = np.zeros(len(cells))
        row[at[year, "_all"]] = -1
        row[[at[year, r] for r in REGIONS]] = 1
        rows, low, high = [*rows, row], [*low, 0], [*high, 0]
    treated = [
        (YEARS[t], REGIONS[u]) for u, t in np.argwhere(panel.under_programme)
    ]  # fmt: skip
    row = np.zeros(len(cells))
    row[[at[cell] for cell in treated]] = 1
    mean = answer["effect"][0] + answer["without"] - answer["step"]
    rows, low, high = [*rows, row], [*low, len(treated) * mean], [*high, np.inf]
    least = [n if s == "shown" else 1 for n, s in marks.values()]
    most = [n if s == "shown" else VALUES if s == "small" else 1e4 for n, s in marks.values()]
    sums, bounds = LinearConstraint(np.array(rows), low, high), Bounds(least, most)
    for cell in (c for c in cells if marks[c][1] != "shown"):
        cost = np.eye(len(cells))[at[cell]]
        ends = [
            milp(sign * cost, integrality=np.ones(len(cells)), bounds=bounds, constraints=sums).fun
            for sign in (1.0, -1.0)
        ]
        yield cell, round(ends[0]), round(-ends[1])


def test_a_mean_that_would_open_a_hidden_region_is_printed_in_a_coarser_step():
    """26 persons in two years: in steps of 2.5 the mean says 25 or more, and 22 are printed."""
    counts = np.array([[9, 22, 4], [30, 31, 32], [40, 41, 3], [12, 13, 14]])
    release, panel = country(counts), under_programme(counts, {"A"})
    answer = printed_answer(release, panel, effect=1.5)
    assert answer["step"] == 2 * step_of(2, SMALL)
    left = values_left(release, panel, answer)
    assert all(high - low + 1 >= VALUES for _, low, high in left)


def test_no_printed_mean_opens_a_cell_of_a_random_country():
    coarser = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        counts = rng.poisson(rng.choice([3, 8, 25], (4, 3)))
        release = country(counts)
        panel = under_programme(counts, {"A"} if seed % 2 else {"A", "B"})
        answer = printed_answer(release, panel, effect=rng.normal(0, 4))
        coarser += answer["step"] > step_of(int(panel.under_programme.sum()), SMALL)
        for cell, low, high in values_left(release, panel, answer):
            assert high - low + 1 >= VALUES, (seed, cell, low, high)
    assert coarser > 0, "the attack had nothing to find"
