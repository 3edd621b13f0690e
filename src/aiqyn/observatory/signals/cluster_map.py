"""Where a cluster lies, for the pages: tiles, and a table of its regions."""

from __future__ import annotations

from collections.abc import Iterator

from aiqyn.observatory.evidence_labels import tiles
from aiqyn.observatory.signals.desk import Desk, rate
from aiqyn.report.early_signals import RegionTile
from aiqyn.signals.watching_country.signal import RegionOfCluster, Signal


def region_tiles(signal: Signal, desk: Desk) -> tuple[RegionTile, ...]:
    """The country's tiles, those of the cluster with found and expected; none for other signals."""
    if not signal.regions:
        return ()
    mine = {region.code: _value(region, desk) for region in signal.regions}
    return tuple(
        RegionTile(row, column, desk.names.place_briefly(code), mine.get(code, ""))
        for code, (row, column) in tiles(desk.observatory).items()
    )


def region_rows(signal: Signal, desk: Desk) -> Iterator[tuple[str, ...]]:
    """A row a region: its name, found, expected."""
    for region in signal.regions:
        found = desk.number(region.observed)
        yield desk.names.place(region.code), found, rate(region.expected, desk)


def _value(region: RegionOfCluster, desk: Desk) -> str:
    return f"{desk.number(region.observed)} / {rate(region.expected, desk)}"
