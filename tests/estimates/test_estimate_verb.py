"""The answer of ``aiqyn estimate --json`` has the fields of its contract."""

from __future__ import annotations

import json

import pytest

from aiqyn.cli.estimate import estimate_of_file, exit_code

from .conftest import WESTERN

RESULT = {
    *("method", "settings", "estimate", "lo95", "hi95", "lo80", "hi80", "model", "aic", "deviance"),
    *("bic", "replicates", "models", "cautions", "refused", "why"),
}


@pytest.fixture
def western_file(csv_file):
    rows = [",".join("1" if x in h else "0" for x in "ABCDE") + f",{n}" for h, n in WESTERN.items()]
    return csv_file("A,B,C,D,E,count\n" + "\n".join(rows) + "\n")


def test_every_field_of_the_contract_is_there_and_the_answer_is_plain_json(western_file):
    answer = estimate_of_file(western_file, methods=["all"], boot=20, order=2, models=True)
    json.loads(json.dumps(answer, allow_nan=False))
    assert answer["lists"] == list("ABCDE")
    assert answer["observed"] == 345
    assert all(set(result) >= RESULT for result in answer["results"])
    assert set(answer["gate"]) >= {"publish", "why"}
    assert len(answer["existence"]) == 1024
    assert exit_code(answer) == 0


def test_the_point_alone_without_resampling(western_file):
    result = estimate_of_file(western_file, boot=0)["results"][0]
    assert result["estimate"] == pytest.approx(2483.3839202301, rel=1e-6)
    assert result["lo95"] is None
    assert result["model"]["pairs"] == [["A", "E"]]
    assert result["replicates"]["run"] == 0


def test_the_ranking_by_bic_has_every_term_and_the_number_admissible(western_file):
    result = estimate_of_file(western_file, methods=["bic"], boot=0)["results"][0]
    assert result["settings"]["admissible"] == 1024
    assert result["models"][0]["terms"] == [["A"], ["B"], ["C"], ["D"], ["E"], ["A", "E"]]
    assert result["models"][0]["bic"] == pytest.approx(118.7443146609, rel=1e-6)


def test_pairs_at_minus_infinity_are_parameters_but_no_pairs(western_file):
    second = estimate_of_file(western_file, methods=["bic"], boot=0)["results"][0]["models"][1]
    assert ["A", "B"] in second["terms"]  # R: [12,15,3,4], BIC 118.9971
    assert second["bic"] == pytest.approx(118.9971497036, rel=1e-6)


def test_a_method_that_refuses_says_why_and_the_exit_code_is_four(csv_file):
    disjoint = csv_file("A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n")
    answer = estimate_of_file(disjoint, methods=["latent-class"])
    assert answer["results"][0]["refused"] is True
    assert answer["results"][0]["estimate"] is None
    assert answer["results"][0]["why"]["code"] == "EST-024"
    assert exit_code(answer) == 4


def test_replicates_of_a_file_are_answered_one_by_one(western_file, tmp_path):
    file = tmp_path / "replicates.csv"
    names = ",".join(f"r{k}" for k in range(1, 14))
    # First rows of R's draws and SparseMSE's estimates for them.
    rows = ["48,88,121,46,18,6,1,4,5,0,5,1,2", "55,83,115,40,24,4,2,6,6,2,6,1,1"]
    file.write_text(names + "\n" + "\n".join(rows * 10) + "\n", encoding="utf-8")
    result = estimate_of_file(western_file, replicates=file)["results"][0]
    assert result["replicate_estimates"][:2] == pytest.approx([2649.311906, 2642.747402], rel=1e-6)
    assert result["replicates"]["run"] == 20
