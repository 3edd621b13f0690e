"""Where victims were identified: the tile map, the rates and their table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiqyn.profiles import poisson_rate
from aiqyn.report.chapters.shared_blocks import (
    leading,
)
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Cell,
    Chart,
    Column,
    Count,
    Label,
    Sentence,
    Table,
    Words,
    Year,
    sentence,
)


def tile_map(evidence: Evidence) -> Chart:
    """A tile a region: persons, shaded by the rate per 100,000 residents."""
    regions = tuple(evidence.tiles)
    counts = {r: _region_cell(evidence, r) for r in regions}
    rates = {r: _rate(evidence, r, counts[r]) for r in regions}
    rated = any(rate.value is not None for rate in rates.values())
    breaks = _breaks([rate.value for rate in rates.values() if rate.value]) if rated else ()
    title = sentence("report.victims.map", year=Year(evidence.year))
    return Chart(
        "map",
        "tile_map",
        title,
        sentence(
            "report.victims.map.subtitle" if rated else "report.victims.map.subtitle.counts",
            year=Year(evidence.year),
        ),
        _map_alt(counts, rates, leading(evidence, "victims_region", "region")),
        tuple(
            {
                "region": region,
                "tile_row": row,
                "tile_col": column,
                "value": counts[region].value,
                "state": counts[region].state,
                "shade": _shade(rates[region].value, breaks),
            }
            for region, (row, column) in evidence.tiles.items()
        ),
        table=_map_table(evidence, title, counts, rates if rated else {}),
        extra={"breaks": breaks, "unit": "per_100k"},
    )


def _map_alt(counts: Mapping[str, Cell], rates: Mapping[str, Cell], top: str | None) -> Sentence:
    """The map in a sentence: the region with the most, and its rate if residents are known."""
    if top is None or top not in counts:
        return sentence("report.victims.map.alt.hidden")
    said: dict[str, Any] = {"region": Label("region", top), "n": int(counts[top].value or 0)}
    rate = rates[top]
    if rate.value is None:
        return sentence("report.victims.map.alt.counts", **said)
    numbers = {"rate": rate.value, "low": rate.low, "high": rate.high}
    per_100k = {name: Count(n or 0, 1) for name, n in numbers.items()}
    return sentence("report.victims.map.alt", **said, **per_100k)


def _region_cell(evidence: Evidence, region: str) -> Cell:
    """Victims of a region; where nobody reported the number is not known, even if it is zero."""
    cell = evidence.counted("victims_region", year=evidence.year, region=region)
    silent = region in evidence.no_report and cell.state == "zero"
    return Cell(None, "unknown") if silent else cell


def _rate(evidence: Evidence, region: str, count: Cell) -> Cell:
    """Victims per 100,000 residents with the exact Poisson interval; hidden where the count is."""
    residents = evidence.population_of(evidence.year, region)
    if count.value is None:
        return Cell(None, "unknown" if count.state == "unknown" else "hidden")
    if not residents:
        return Cell(None, "unknown")
    low, high = poisson_rate(count.value, residents)
    return Cell(1e5 * count.value / residents, "shown" if count.value else "zero", low, high)


def _breaks(rates: list[float]) -> tuple[float, ...]:
    """Lower ends of five classes of equal width, on round numbers."""
    if not rates:
        return (0.1, 1.0, 2.0, 3.0, 4.0)
    widths = (0.1, 0.2, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0)
    width = next((w for w in widths if 5 * w > max(rates)), 1000.0)
    return (0.1, *(round(width * k, 1) for k in range(1, 5)))


def _shade(rate: float | None, breaks: tuple[float, ...]) -> int | None:
    return None if not rate else max(0, sum(round(rate, 1) >= b for b in breaks) - 1)


def _map_table(
    evidence: Evidence, title: Sentence, counts: Mapping[str, Cell], rates: Mapping[str, Cell]
) -> Table:
    rows: list[Mapping[str, Any]] = [
        {
            "region": Label("region", r),
            "persons": counts[r],
            **({"rate": rates[r]} if rates else {}),
        }
        for r in counts
    ]
    unknown = evidence.counted("victims_region", year=evidence.year, region="unknown")
    rows.append(
        {
            "region": Words("report.region_unknown"),
            "persons": unknown,
            **({"rate": Cell(None, "not_asked")} if rates else {}),
        }
    )
    columns = (
        Column("region", sentence("report.column.region"), "label"),
        Column("persons", sentence("report.column.persons"), "count"),
        *(_rate_columns() if rates else ()),
    )
    return Table("map", title, columns, tuple(rows))


def _rate_columns() -> tuple[Column, Column]:
    return (
        Column("rate", sentence("report.column.per_100k"), "rate"),
        Column("interval", sentence("report.column.interval"), "interval", of="rate"),
    )
