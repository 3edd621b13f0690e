"""What is explained, reviewed and audited is the linkage that was made, by the plan of that day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from aiqyn.cli.link import explain_pair, link_lists
from aiqyn.cli.link_audit import draw_audit_file
from aiqyn.cli.link_review import write_queue
from aiqyn.demo.overlapping_lists import write_lists
from aiqyn.errors import InputRefused
from aiqyn.linkage import LinkageFolder, shipped_plan
from aiqyn.linkage.stored_plan import read_stored_plan, stored_plan

OWN = Path(__file__).parents[2] / "src/aiqyn/data/linkage/model.toml"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A linkage by a plan of one's own: the sex is not compared, casework begins at 0.6."""
    folder = tmp_path_factory.mktemp("own")
    truth = write_lists(folder / "lists", persons=1200, seed=9)
    text = OWN.read_text(encoding="utf-8").replace("casework = 0.95", "casework = 0.6")
    before, sex, after = text.partition('[[comparison]]\nname = "sex"')
    assert sex
    rest = after[after.find("[[comparison]]") :] if "[[comparison]]" in after else ""
    (folder / "plan.toml").write_text(before + rest, encoding="utf-8")
    link_lists(truth.files, out=folder / "out", plan=folder / "plan.toml")
    return folder / "out"


def _names(folder: Path) -> tuple[str, str, float]:
    kept = LinkageFolder.open(folder)
    left, right, p = kept.pairs().sort("probability").row(0)
    who = kept.records().select("record", pl.format("{}:{}", "list", "record_id"))
    by_number = dict(who.iter_rows())
    return by_number[left], by_number[right], p


def test_a_pair_is_explained_by_the_plan_that_scored_it(own: Path) -> None:
    one, other, probability = _names(own)
    told = explain_pair(own, one, other)
    assert "sex" not in {step["comparison"] for step in told["steps"]}
    assert told["probability"] == pytest.approx(probability, abs=2e-3)
    assert told["cautions"] == []


def test_the_readers_get_the_pairs_that_were_in_doubt_by_that_plan(own: Path) -> None:
    drawn = write_queue(own, 10_000)
    between = pl.col("probability").is_between(shipped_plan().kept, 0.6, closed="left")
    assert drawn["pairs"] == LinkageFolder.open(own).pairs().filter(between).height


def test_a_plan_that_has_changed_since_is_told(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = write_lists(tmp_path / "lists", persons=300, seed=3)
    link_lists(truth.files, out=tmp_path / "out")
    assert draw_audit_file(tmp_path / "out", 5)["cautions"] == []
    monkeypatch.setattr(
        "aiqyn.linkage.stored_plan.shipped_plan", lambda: replace(shipped_plan(), counting=0.9)
    )
    told = draw_audit_file(tmp_path / "out", 5)
    assert [c["code"] for c in told["cautions"]] == ["LINK-109"]
    assert told["cautions"][0]["text"] in told["text"]
    assert draw_audit_file(own, 5)["cautions"] == [], "one's own plan has nothing to change from"


def test_the_plan_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = stored_plan(shipped_plan(), 100)
    (tmp_path / "plan.json").write_text(kept.to_json(), encoding="utf-8")
    assert read_stored_plan(tmp_path) == kept
    assert kept.applied == shipped_plan().without_frequencies()
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputRefused, match="LINK-022"):
        read_stored_plan(tmp_path)


def test_numbers_of_another_plan_are_refused_and_own_names_are_shown(tmp_path: Path) -> None:
    truth = write_lists(tmp_path / "lists", persons=300, seed=3)
    link_lists(truth.files, out=tmp_path / "out")
    text = OWN.read_text(encoding="utf-8").replace('name = "sex"', 'name = "gender"')
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    plan = tmp_path / "plan.toml"
    with pytest.raises(InputRefused, match="LINK-031"):
        link_lists(truth.files, out=tmp_path / "no", plan=plan, model=tmp_path / "out/model.json")
    link_lists(truth.files, out=tmp_path / "own", plan=plan)
    one, other, _ = _names(tmp_path / "own")
    assert "gender: " in explain_pair(tmp_path / "own", one, other)["text"]


def test_how_rare_a_name_is_among_sealed_records_shows_in_no_explanation(tmp_path: Path) -> None:
    """The same open records, with and without sealed ones of the same name."""
    rows = [f"{i},Самал{i % 40},Желкен{i % 50},19{50 + i % 45}-03-1{i % 9}" for i in range(700)]
    head = "record_id,given,surname,dob,sealed"
    names = [f"{i},Самал1,Желкен1,1975-01-01,1" for i in range(900, 1000)]
    told = []
    for name, more in (("open", []), ("sealed", names)):
        (tmp_path / name).mkdir()
        lines = [head, *(f"{row}," for row in rows), *more]
        file = tmp_path / name / "police.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        link_lists([file], out=tmp_path / name / "out")
        kept = LinkageFolder.open(tmp_path / name / "out")
        told.append(kept.open_features().drop("record"))
    levels = [level for c in shipped_plan().comparisons for level in c.levels]
    rare = {level.frequency for level in levels if level.frequency is not None}
    assert rare
    assert [c for c in rare if not told[0][c].equals(told[1][c])] == []
