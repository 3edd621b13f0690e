"""``aiqyn protect --method records``: a file of persons, checked as it was written."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations

import numpy as np
import polars as pl
from typer.testing import CliRunner

from aiqyn.cli.app import app

KEYS = ("sex", "age", "region", "form")


def _file(path, rows=400):
    rng = np.random.default_rng(3)
    pl.DataFrame(
        {
            "sex": rng.choice(["f", "m"], rows, p=[0.8, 0.2]),
            "age": rng.choice(["0-17", "18-29", "30-44", "45+"], rows, p=[0.1, 0.5, 0.35, 0.05]),
            "region": rng.choice([f"r{i}" for i in range(9)], rows),
            "form": rng.choice(["a", "b", "c"], rows, p=[0.7, 0.25, 0.05]),
            "case": [f"{i:04}" for i in range(rows)],
        }
    ).write_csv(path)


def test_any_two_columns_of_the_written_file_fit_five_rows_or_none(tmp_path):
    _file(tmp_path / "in.csv")
    words = ["protect", str(tmp_path / "in.csv"), "--method", "records", "--dims", ",".join(KEYS)]
    words += ["--agree", "5", "--ways", "2", "--out", str(tmp_path / "out.csv"), "--json"]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    out = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    assert out.columns == list(KEYS)  # the case number went nowhere
    assert out.height == told["rows"] == 400
    for pair in combinations(KEYS, 2):
        met = Counter(row for row in out.select(pair).iter_rows() if any(row))
        assert min(met.values()) >= 5
    lost = 1 - out.select(pl.all().is_not_null().mean()).mean_horizontal().item()
    assert lost > 0
    assert abs(told["kept"] - (1 - lost)) < 1e-9
    assert told["control_half"]["rows"] == 200


def test_fewer_rows_than_must_agree_are_refused_with_exit_code_4(tmp_path):
    _file(tmp_path / "in.csv", rows=4)
    words = ["protect", str(tmp_path / "in.csv"), "--method", "records", "--dims", "sex,age"]
    answer = CliRunner().invoke(app, [*words, "--out", str(tmp_path / "o.csv")])
    assert answer.exception.exit_code == 4
    assert not (tmp_path / "o.csv").exists()
