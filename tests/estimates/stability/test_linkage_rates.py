"""Stability shows errors of linkage that nobody measured, on a grid of missed and false links."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from aiqyn import words
from aiqyn.cli.app import app
from aiqyn.estimates import stability_of, stepwise

from ..conftest import WESTERN, table_of

HEAD = "a,b,count\n1,0,2000\n0,1,1000\n1,1,1000\n"


@pytest.fixture
def told(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text(HEAD)
    asked = ["estimate", str(path), "--boot", "0", "--stability", "--json"]
    found = CliRunner().invoke(app, asked)
    assert found.exit_code == 0
    return json.loads(found.stdout)["stability"]["linkage"]


def test_two_lists_follow_lincoln_and_petersen(told):
    """n1 n2 / n12 with n12 / (1 - m) links: a share m of the links missed takes m of the total."""
    assert told["naive"] == pytest.approx(3000 * 2000 / 1000)
    for at in told["points"]:
        if at["false"] == 0:
            assert at["estimate"] == pytest.approx(6000 * (1 - at["missed"]), rel=0.01)


def test_the_grid_holds_every_pair_of_rates_and_its_ends(told):
    pairs = {(at["missed"], at["false"]) for at in told["points"]}
    assert pairs == {(m, f) for m in (0.0, 0.01, 0.02, 0.05) for f in (0.0, 0.01, 0.02)}
    totals = [at["estimate"] for at in told["points"]]
    assert told["low"] == min(totals)
    assert told["high"] == max(totals)


def test_without_error_the_total_is_the_stepwise_one():
    western = table_of(WESTERN)
    linkage = stability_of(western).to_json()["linkage"]
    assert linkage["naive"] == pytest.approx(stepwise(western, boot=0).total, rel=1e-9)
    assert linkage["points"][0]["estimate"] == linkage["naive"]


def test_more_missed_links_lower_the_total_and_more_false_ones_raise_it():
    points = stability_of(table_of(WESTERN)).to_json()["linkage"]["points"]
    total = {(p["missed"], p["false"]): p["estimate"] for p in points}
    assert total[0.05, 0.0] < total[0.0, 0.0] < total[0.0, 0.02]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_terminal_shows_the_total_at_every_rate(lang):
    found = stability_of(table_of(WESTERN))
    text = found.text(lang)
    for point in found.to_json()["linkage"]["points"]:
        assert words.number(point["estimate"], lang) in text


def test_a_table_without_a_maximum_is_refused():
    told = stability_of(table_of({"a": 40, "b": 30, "c": 20})).to_json()["linkage"]
    assert told["refused"]
    assert told["why"]["code"] == "EST-020"


def test_the_same_seed_gives_the_same_grid():
    western = table_of(WESTERN)
    first, again = (stability_of(western, seed=3).to_json()["linkage"] for _ in range(2))
    assert first == again != stability_of(western, seed=4).to_json()["linkage"]
