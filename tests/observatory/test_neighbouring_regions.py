"""Which regions of an observatory's country lie beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiqyn.errors import InputRefused
from aiqyn.observatory import Observatory
from aiqyn.observatory.signals.neighbouring import FILE, neighbours


@pytest.fixture
def samal(tmp_path) -> Observatory:
    from aiqyn.demo import write_country

    write_country(tmp_path / "samal", persons=200)
    return Observatory.open(tmp_path / "samal")


def kazakhstan(folder: Path, typed) -> Observatory:
    assert typed("new", folder).code == 0
    return Observatory.open(folder)


def test_kazakhstans_neighbours_are_those_of_the_map_and_not_of_the_tiles(tmp_path, typed) -> None:
    beside = neighbours(kazakhstan(tmp_path / "kz", typed))
    assert beside["KZ-47"] == {"KZ-23", "KZ-15"}  # Mangystau: Atyrau and Aktobe, no other
    assert beside["KZ-10"] == {"KZ-33", "KZ-35", "KZ-55", "KZ-63"}  # Abai
    assert beside["KZ-71"] == {"KZ-11"}  # Astana lies within Akmola
    assert len(beside) == 20
    assert all(one in beside[other] for one, others in beside.items() for other in others)


def test_an_invented_country_goes_by_the_tiles_of_its_map(samal) -> None:
    beside = neighbours(samal)
    assert beside["XSA-05"] == {"XSA-03", "XSA-12", "XSA-01", "XSA-04"}
    assert "XSA-09" in beside["XSA-02"]


def test_the_observatorys_own_file_stands_before_the_map_and_a_pair_may_stand_once(samal) -> None:
    own = samal.reference / FILE
    own.write_text("region,neighbour\nXSA-01,XSA-09\nXSA-01,XSA-77\n", encoding="utf-8")
    assert neighbours(samal) == {"XSA-01": {"XSA-09"}, "XSA-09": {"XSA-01"}}


def test_a_file_without_the_columns_is_refused(samal) -> None:
    (samal.reference / FILE).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="OBS-018"):
        neighbours(samal)
