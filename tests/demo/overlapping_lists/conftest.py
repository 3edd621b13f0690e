"""Small overlapping lists in both ways of writing, for all tests of this folder."""

from __future__ import annotations

import pytest

from aiqyn.demo.overlapping_lists import Truth, write_lists

PERSONS = 6_000


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return write_lists(tmp_path_factory.mktemp("first"), persons=PERSONS, seed=3)


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    folder = tmp_path_factory.mktemp("second")
    return write_lists(folder, persons=PERSONS, seed=3, scheme="second")


@pytest.fixture(scope="session", params=["first", "second"])
def truth(request: pytest.FixtureRequest) -> Truth:
    return request.getfixturevalue(request.param)
