"""A share that sinks below what Splink takes ends a round early; the linkage goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from aiqyn.linkage.model.learning_rounds import learn_round

if TYPE_CHECKING:
    from splink import Linker


@dataclass(frozen=True)
class Passes:
    max_iterations: int


@dataclass
class Core:
    comparisons: tuple[str, ...]


@dataclass
class Splinks:
    """What Splink 5.0 does in a round: its share falls 1e-20-fold a pass, and below 1e-300 it gives
    up, with the comparisons of the rule already taken out of its settings."""

    fall: float
    _settings_obj: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(
            training_settings=Passes(25), core_model_settings=Core(("name", "region"))
        )
    )
    tried: list[int] = field(default_factory=list)

    @property
    def training(self) -> Splinks:
        return self

    def estimate_parameters_using_expectation_maximisation(
        self, rule: str, **asked: Mapping[str, object]
    ) -> None:
        passes = self._settings_obj.training_settings.max_iterations
        self.tried.append(passes)
        whole = self._settings_obj.core_model_settings
        assert whole.comparisons == ("name", "region"), "an earlier failure was not undone"
        whole.comparisons = ("region",)
        if self.fall * passes > 300:
            raise ValueError("m_probability value is below the minimum allowed value of 1e-300")
        self._settings_obj.core_model_settings = Core(("name", "region"))


@pytest.mark.parametrize(
    ("fall", "tried", "taught"),
    [(1, [25], True), (20, [25, 12], True), (400, [25, 12, 6, 3, 1], False)],
)
def test_a_round_is_run_with_fewer_passes_until_no_share_vanishes(
    fall: float, tried: list[int], taught: bool
) -> None:
    linker = Splinks(fall)
    assert learn_round(cast("Linker", linker), "l.dob = r.dob", 1e6) is taught
    assert linker.tried == tried
    assert linker._settings_obj.core_model_settings.comparisons == ("name", "region")
