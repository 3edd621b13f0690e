"""Every threshold and alarm that R surveillance 1.20.3 gave on real series is ours."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from aiqyn.signals.series import read_series, watch_series

SERIES = (
    "abattoir",
    "ha",
    "ha_total",
    "k1",
    "m1",
    "measlesDE",
    "rotaBB",
    "salmHospitalized",
    "salmonella.agona",
)
METHODS = {
    "farrington_original_flex": "farrington",
    "noufaily_nbPlugin": "farrington",
    "noufaily_muan": "farrington",
    "ears_C1": "ears-c1",
    "ears_C2": "ears-c2",
    "ears_C3": "ears-c3",
    "glrpois_intercept": "glr-pois",
    "glrpois_intercept_value": "glr-pois",
    "glrnb_intercept_value": "glr-nb",
    "lrnb_theta1.5": "glr-nb",
    "cusum_rossi_poisson": "cusum",
    "cusum_standard": "cusum",
}


def numbers(rows: list, shape: tuple[int, int]) -> np.ndarray:
    return np.array(rows, dtype=float).reshape(shape)


def alike(ours: np.ndarray, theirs: np.ndarray) -> float:
    both_missing = np.isnan(ours) & np.isnan(theirs)
    near = np.abs(ours - theirs) <= 1e-6 * np.maximum(1, np.abs(theirs))
    return float((near | both_missing).mean())


@pytest.fixture(scope="module")
def recorded(shared):
    folder = shared / "data" / "surveillance"
    return lambda name: (
        read_series(folder / f"{name}.csv"),
        json.loads((folder / f"{name}.expected.json").read_text()),
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("series", SERIES)
def test_thresholds_and_alarms_are_those_of_r(recorded, series, method):
    table, told = recorded(series)
    answer = told["methods"][method]
    if answer.get("series_used") == "sum over units":
        table = replace(table, units=("sum",), counts=table.counts.sum(axis=1, keepdims=True))
    first, last = answer["config"].get("range") or (told["range"][0], told["range"][-1])
    ours = watch_series(table, METHODS[method], answer["config"], f"{first}:{last}")
    shape = ours.upperbound.shape
    assert alike(ours.upperbound, numbers(answer["upperbound"], shape)) >= 0.99
    assert alike(ours.alarm, numbers(answer["alarm"], shape)) == 1


@pytest.mark.parametrize("series", ["rotaBB", "salmHospitalized", "salmonella.agona"])
def test_the_dispersion_and_the_p_values_are_those_of_r(recorded, series):
    table, told = recorded(series)
    answer = told["methods"]["noufaily_nbPlugin"]
    ours = watch_series(
        table, "farrington", answer["config"], f"{told['range'][0]}:{told['range'][-1]}"
    )
    for measure in ("phi", "pvalue"):
        mine = getattr(ours, measure)
        np.testing.assert_allclose(mine, numbers(answer[measure], mine.shape), rtol=1e-8)


def test_without_its_dates_a_dated_series_gets_other_thresholds(recorded):
    table, told = recorded("salmHospitalized")
    by_index = replace(table, calendar=replace(table.calendar, dates=None))
    answer = told["methods"]["noufaily_nbPlugin"]
    asked = f"{told['range'][0]}:{told['range'][-1]}"
    ours = watch_series(by_index, "farrington", answer["config"], asked)
    theirs = numbers(answer["upperbound"], ours.upperbound.shape)
    assert alike(ours.upperbound, theirs) < 0.3
