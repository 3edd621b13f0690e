"""From lists with errors to a corrected total: linked, audited by hand, estimated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aiqyn.cli.estimate import estimate_of_file
from aiqyn.cli.link import link_lists
from aiqyn.cli.link_audit import draw_audit_file
from aiqyn.demo.overlapping_lists import answer_audit, write_lists
from aiqyn.errors import InputRefused
from aiqyn.estimates.multiple_systems import ALL


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A linkage of 4,000 persons' records, an answered audit of 600, the true histories."""
    place = tmp_path_factory.mktemp("audited")
    truth = write_lists(place / "lists", persons=4000, seed=1)
    truth.histories().write_csv(place / "true.csv")
    link_lists(list(truth.files), out=place / "linked")
    draw_audit_file(place / "linked", 600, seed=1, out=place / "audit.csv")
    answer_audit(place / "audit.csv", truth, place / "answers.csv")
    return place


def test_the_corrected_total_is_nearer_to_the_one_on_true_histories(folder):
    true = estimate_of_file(folder / "true.csv", boot=0)["results"][0]["estimate"]
    answer = estimate_of_file(
        folder / "linked" / "histories.csv", boot=100, linkage_audit=folder / "answers.csv"
    )
    result = answer["results"][0]
    corrected = result["corrected"]
    assert {"estimate", "lo95", "hi95", "recall", "precision"} <= set(corrected)
    assert abs(corrected["estimate"] / true - 1) < abs(result["estimate"] / true - 1)
    assert corrected["lo95"] <= true <= corrected["hi95"]
    codes = {c["code"] for c in result["cautions"]}
    assert "EST-162" in codes
    assert "EST-108" not in codes
    json.dumps(answer, allow_nan=False)


def test_the_gate_prints_the_corrected_interval_and_not_the_naive_one(folder):
    answer = estimate_of_file(
        folder / "linked" / "histories.csv", boot=100, linkage_audit=folder / "answers.csv"
    )
    corrected, gate = answer["results"][0]["corrected"], answer["gate"]
    if gate["low"] is not None:
        assert gate["low"] <= corrected["lo95"]
    if gate["high"] is not None:
        assert gate["high"] >= corrected["hi95"]
    assert gate["publish"] != "nothing"


def test_every_method_that_answers_is_corrected_towards_its_own_total_on_true_histories(folder):
    """Latent classes take a minute of chains: `test_posteriors_without_error.py`, `benches`."""
    methods = [m for m in ALL if m != "latent-class"]
    true = estimate_of_file(folder / "true.csv", methods=methods, boot=0)["results"]
    audited = estimate_of_file(
        folder / "linked" / "histories.csv",
        methods=methods,
        boot=20,
        linkage_audit=folder / "answers.csv",
    )["results"]
    for truth, result in zip(true, audited, strict=True):
        corrected = result["corrected"]
        assert abs(corrected["estimate"] / truth["estimate"] - 1) < 0.5 * abs(
            result["estimate"] / truth["estimate"] - 1
        ), result["method"]
        assert corrected["lo95"] <= truth["estimate"] <= corrected["hi95"], result["method"]
        assert corrected["by_hand"]["lo95"] <= truth["estimate"] <= corrected["by_hand"]["hi95"]
        assert not {"EST-163", "EST-108"} & {c["code"] for c in result["cautions"]}


def test_a_table_that_is_not_of_a_linkage_cannot_be_corrected(folder):
    with pytest.raises(InputRefused) as refusal:
        estimate_of_file(folder / "true.csv", boot=0, linkage_audit=folder / "answers.csv")
    assert refusal.value.code == "LINK-007"
