"""Where a panel comes from: a CSV with named columns, or a programme of an observatory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    from aiqyn.prevention.effects.panel import Panel
    from aiqyn.prevention.register import Programme


@dataclass(frozen=True, slots=True)
class PanelSource:
    """What a person typed to name the panel.

    Attributes
    ----------
    path : a CSV, or the folder of an observatory
    unit, time, outcome, start : headings of the CSV
    treated, since : one area and its first period under the programme, instead of `start`
    programme : code of the registered programme; of a CSV, the name for the card
    score, cutoff : column and value that decide who is eligible (rdd)
    """

    path: Path
    unit: str | None = None
    time: str | None = None
    outcome: str | None = None
    start: str | None = None
    treated: str | None = None
    since: str | None = None
    programme: str | None = None
    score: str | None = None
    cutoff: float | None = None

    @property
    def is_registered(self) -> bool:
        """Whether the path is an observatory."""
        return self.path.is_dir()


def registered_programme(source: PanelSource) -> Programme:
    """The programme of the observatory, as its register has it."""
    from aiqyn.observatory import Observatory
    from aiqyn.observatory.programmes import registered

    return registered(Observatory.open(source.path), source.programme)


def registered_panel(source: PanelSource, programme: Programme) -> Panel:
    """Its panel, from the observatory's build or its own file."""
    from aiqyn.observatory import Observatory
    from aiqyn.observatory.programmes import panel_of

    return panel_of(Observatory.open(source.path), programme)


def panel_of_csv(source: PanelSource, beside: Sequence[str], design: str) -> Panel:
    """The panel of a CSV with its programme, from the starts or from one area and its start.

    Parameters
    ----------
    beside : further columns that are wanted
    design : for which it is asked; named where a column is lacking

    Raises
    ------
    UsageRefused (PREV-016) when a column, or the programme's start, was not named.
    """
    from aiqyn.prevention.effects.panel_files import Columns, read_panel

    lacking = [name for name in ("unit", "time", "outcome") if getattr(source, name) is None]
    if lacking:
        option = ", ".join(f"--{name}" for name in lacking)
        raise UsageRefused("PREV-016", design=design, option=option)
    if (source.treated is None) != (source.since is None) or (
        source.treated is None and source.start is None
    ):
        raise UsageRefused("PREV-016", design=design, option=_start_option(source, design))
    assert source.unit is not None
    assert source.time is not None
    assert source.outcome is not None
    others = tuple(dict.fromkeys(name for name in beside if name != source.outcome))
    columns = Columns(source.unit, source.time, source.outcome, source.start, others)
    panel = read_panel(source.path, columns)
    if source.treated is None:
        return panel
    return panel.treated_from(source.treated, source.since or "")


ONE_AREA = ("sdid", "sc", "its")  # designs of one area, which --treated and --from name


def _start_option(source: PanelSource, design: str) -> str:
    return "--treated, --from" if design in ONE_AREA or source.start else "--start"
