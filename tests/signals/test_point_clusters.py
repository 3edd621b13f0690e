"""The surveillance of points against R surveillance's stcd, event by event."""

from __future__ import annotations

import json

import numpy as np
import pytest

from aiqyn.errors import UsageRefused
from aiqyn.signals.scan import watch_points


@pytest.mark.shared
def test_the_statistic_after_each_event_is_that_of_stcd(shared):
    data = shared / "data" / "scan"
    points = np.genfromtxt(data / "imdepi_B.csv", delimiter=",", skip_header=1)
    for told in json.loads((data / "stcd_imdepi_B.expected.json").read_text()):
        settings = (told["radius"], told["epsilon"], told["threshold"])
        ours = watch_points(points[:, :2], *settings)
        assert ours.statistic == pytest.approx(np.array(told["R"], dtype=float), rel=1e-9)
        assert (ours.alarm + 1, ours.centre + 1) == (told["idxFA"], told["idxCC"])


def test_the_first_event_is_its_own_cylinder():
    only = watch_points(np.zeros((1, 2)), 1.0, 0.2, 30.0)
    assert only.statistic == pytest.approx([1.2 * np.exp(-0.2)])
    assert only.alarm is None


def test_events_that_pile_up_at_one_place_give_an_alarm_there():
    rng = np.random.default_rng(2)
    spread = rng.uniform(0, 100, (60, 2))
    pile = np.array([50.0, 50.0]) + rng.normal(0, 0.5, (25, 2))
    found = watch_points(np.vstack([spread, pile]), 3.0, 1.0, 200.0)
    assert found.alarm is not None
    assert found.alarm >= 60
    assert np.hypot(*(np.vstack([spread, pile])[found.centre] - 50.0)) < 3


def test_a_radius_of_nothing_is_refused():
    with pytest.raises(UsageRefused, match="SIG-029"):
        watch_points(np.zeros((2, 2)), 0.0, 0.2, 30.0)


@pytest.mark.shared
def test_the_verb_gives_stcd_s_statistic_its_alarm_and_its_centre(shared, typed):
    data = shared / "data" / "scan"
    for told in json.loads((data / "stcd_imdepi_B.expected.json").read_text()):
        settings = ("--radius", told["radius"], "--rise", told["epsilon"],
                    "--threshold", told["threshold"])  # fmt: skip
        ours = typed("scan", "--points", data / "imdepi_B.csv", *settings, "--json").json
        assert ours["statistic"] == pytest.approx([float(x) for x in told["R"]], rel=1e-9)
        assert ours["alarm"]["event"] == told["idxFA"]
        assert ours["alarm"]["centre"] == told["idxCC"]
        assert ours["cautions"] == []


@pytest.fixture
def piled(tmp_path):
    """Events of a hundred days; from day 60 on every second one at Taraz, given newest first."""
    rng = np.random.default_rng(4)
    lines = []
    for day in range(100):
        at = (71.37 + rng.normal(0, 0.05), 42.90) if day >= 60 and day % 2 else rng.uniform(
            (50, 41), (85, 54))  # fmt: skip
        lines.append(f"{at[0]},{at[1]},{np.datetime64('2025-01-01') + day}")
    file = tmp_path / "points.csv"
    file.write_text("\n".join(["lon,lat,date", *reversed(lines)]) + "\n")
    return file


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_degrees_are_taken_in_kilometres_and_events_are_put_in_order(piled, typed, lang):
    ask = ("scan", "--points", piled, "--radius", 60, "--rise", 1, "--threshold", 100)
    told = typed(*ask, "--lang", lang, "--json").json
    assert told["alarm"]["at"] == pytest.approx([71.37, 42.90], abs=0.3)
    assert "2025-03-02" <= told["alarm"]["since"] < told["alarm"]["when"] <= "2025-04-10"
    assert told["alarm"]["cases"] > told["alarm"]["expected"]
    assert [caution["code"] for caution in told["cautions"]] == ["SIG-215"]
    assert told["alarm"]["when"] in typed(*ask, "--lang", lang).out
    quiet = typed("scan", "--points", piled, "--radius", 60, "--threshold", 1e9, "--lang", lang)
    assert quiet.code == 0
    assert "{" not in quiet.out


@pytest.mark.parametrize(
    ("text", "words", "exit_code", "code"),
    [
        ("x,y\n1,2\n", (), 2, "SIG-213"),
        ("x,y\n1,2\n", ("--radius", "0", "--threshold", "9"), 2, "SIG-029"),
        ("x,y\n1,there\n", ("--radius", "1", "--threshold", "9"), 3, "SIG-022"),
        ("a,b\n1,2\n", ("--radius", "1", "--threshold", "9"), 3, "SIG-021"),
        ("lon,lat\n1,99\n", ("--radius", "1", "--threshold", "9"), 3, "SIG-025"),
        ("x,y,t\n1,2,\n", ("--radius", "1", "--threshold", "9"), 3, "SIG-214"),
        ("x,y,date\n1,2,31.02.2025\n", ("--radius", "1", "--threshold", "9"), 3, "SIG-214"),
    ],
)
def test_points_that_cannot_be_watched_are_refused(tmp_path, typed, text, words, exit_code, code):
    file = tmp_path / "points.csv"
    file.write_text(text)
    told = typed("scan", "--points", file, *words, "--json")
    assert (told.code, told.json["error"]["code"]) == (exit_code, code)
