"""Whose lists are lists of their own, and what observatory.toml and agency.toml may say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiqyn.errors import InputRefused
from aiqyn.observatory import Observatory, write_new
from aiqyn.observatory.hidden_part.agency_lists import agency_lists
from aiqyn.observatory.settings import Agency
from aiqyn.standard import code_list


def agency(code: str, kind: str, own: str | None = None) -> Agency:
    return Agency(code, kind, {}, "own_workbook", (), own)


def test_prosecutors_and_courts_have_nobody_whom_the_police_did_not_have() -> None:
    found = agency_lists(
        [agency("mia", "police"), agency("gp", "prosecutor"), agency("c", "court")]
    )
    assert found.by_agency == {"mia": "mia"}
    assert found.left_out == dict.fromkeys(("gp", "c"), "estimate.left_out.follows")


def test_an_agency_knows_better_than_its_kind() -> None:
    found = agency_lists([agency("gp", "prosecutor", "own"), agency("s", "shelter", "follows:gp")])
    assert found.by_agency == {"gp": "gp"}
    assert found.left_out == {"s": "estimate.left_out.follows"}


def test_departments_of_the_police_keep_one_list_and_shelters_each_their_own() -> None:
    told = [agency("north", "police"), agency("south", "police")]
    told += [agency("hope", "shelter"), agency("home", "shelter")]
    found = agency_lists(told)
    assert found.by_agency["north"] == found.by_agency["south"] == "all_police"
    assert found.by_agency["hope"] != found.by_agency["home"]
    assert found.groups == {"all_police": "police"}
    apart = agency_lists(told, one_list=())
    assert len(set(apart.by_agency.values())) == 4


def test_every_kind_of_agency_has_a_judgement_with_its_reason() -> None:
    for kind in code_list("agency_kind").codes():
        found = agency_lists([agency("a", kind)])
        assert ("a" in found.by_agency) != ("a" in found.left_out)


def test_a_list_of_an_agency_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputRefused) as refused:
        agency_lists([agency("mia", "police")], chosen=["mvd"])
    assert refused.value.code == "OBS-023"
    assert "mia" in refused.value.mend()


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    folder = tmp_path / "observatory"
    write_new(folder, country="KZ", year=2025, lang="en")
    return folder


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('methods = ["stepwise", "magic"]', "estimate.methods"),
        ("methods = []", "estimate.methods"),
        ("boot = 5", "estimate.boot"),
        ("part_boot = 19", "estimate.part_boot"),
        ("seed = -1", "estimate.seed"),
        ('one_list = ["polic"]', "estimate.one_list"),
        ('lists = ["police", "police"]', "estimate.lists"),
        ("least_persons = 0", "estimate.least_persons"),
    ],
)
def test_a_setting_that_no_estimate_could_take_is_refused_by_its_key(
    fresh: Path, line: str, key: str
) -> None:
    file = fresh / "observatory.toml"
    file.write_text(f"{file.read_text('utf-8')}\n[estimate]\n{line}\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        Observatory.open(fresh)
    assert (refused.value.code, refused.value.slots["key"]) == ("OBS-016", key)


def test_a_key_of_the_estimates_that_is_misspelt_is_refused(fresh: Path) -> None:
    file = fresh / "observatory.toml"
    file.write_text(f"{file.read_text('utf-8')}\n[estimate]\nbooot = 1000\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        Observatory.open(fresh)
    assert refused.value.code == "OBS-015"
    assert "estimate.boot" in refused.value.text() + refused.value.mend()


def test_what_an_agency_says_of_its_list_must_be_one_of_three_things(fresh: Path) -> None:
    file = fresh / "agencies" / "court" / "agency.toml"
    told = file.read_text("utf-8")
    for said, held in (("own", "own"), ("follows:police", "follows:police"), ("none", "none")):
        file.write_text(f'{told}\nlist = "{said}"\n', "utf-8")
        court = next(a for a in Observatory.open(fresh).agencies if a.code == "court")
        assert court.list == held
    file.write_text(f'{told}\nlist = "follows"\n', "utf-8")
    with pytest.raises(InputRefused) as refused:
        Observatory.open(fresh)
    assert (refused.value.code, refused.value.slots["key"]) == ("OBS-016", "list")
