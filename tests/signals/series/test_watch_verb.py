"""``aiqyn watch SERIES.csv`` as it is typed."""

from __future__ import annotations

import json


def series(folder):
    file = folder / "s.csv"
    rows = [
        f"{52 * y + w},{2019 + y},{w},{4 + (w * y) % 4},{2}" for y in range(4) for w in range(1, 53)
    ]
    file.write_text("t,year,period,north,south\n" + "\n".join(rows) + "\n")
    return file


def test_the_answer_has_a_row_a_period_and_a_column_a_unit(typed, tmp_path):
    told = typed("watch", series(tmp_path), "--b", 3, "--range", "200:208", "--json")
    assert told.code == 0
    assert told.json["units"] == ["north", "south"]
    assert [len(row) for row in told.json["upperbound"]] == [2] * 9
    assert {x for row in told.json["alarm"] for x in row} <= {0, 1}


def test_a_threshold_that_is_not_there_is_null(typed, tmp_path):
    told = typed("watch", series(tmp_path), "--b", 3, "--range", "150:208", "--json")
    assert told.json["upperbound"][0] == [None, None]
    assert "NaN" not in told.out


def test_options_go_before_the_file_of_settings(typed, tmp_path):
    settings = tmp_path / "c.json"
    settings.write_text(json.dumps({"b": 9, "alpha": 0.4, "thresholdMethod": "muan"}))
    words = ("watch", series(tmp_path), "--config", settings, "--range", "200:208", "--json")
    assert typed(*words).code == 4
    low = typed(*words, "--b", 3).json["upperbound"]
    high = typed(*words, "--b", 3, "--alpha", 0.001).json["upperbound"]
    assert all(a <= b for x, y in zip(low, high, strict=True) for a, b in zip(x, y, strict=True))
    assert low != high


def test_each_method_answers_in_each_language(typed, tmp_path):
    file = series(tmp_path)
    for method in ("farrington", "ears-c1", "ears-c2", "ears-c3", "glr-pois", "glr-nb", "cusum"):
        for lang in ("kk", "ru", "en"):
            words = ("watch", file, "--method", method, "--b", 3, "--range", "190:208")
            assert typed(*words, "--lang", lang).code == 0


def test_a_wrong_method_is_a_usage_error_and_a_wrong_file_an_input_error(typed, tmp_path):
    assert typed("watch", series(tmp_path), "--method", "x").code == 2
    assert typed("watch", tmp_path / "none.csv").code == 3
