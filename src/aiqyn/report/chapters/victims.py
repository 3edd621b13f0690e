"""Victims: of every ten, sex and age, children over the years, place, citizenship."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiqyn.profiles import per_ten, poisson_rate
from aiqyn.report.chapters.shared_blocks import (
    detection_callout,
    leading,
    left_out,
    said,
    victims_in,
)
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Block,
    Cell,
    Chapter,
    Chart,
    Column,
    Count,
    Heading,
    Label,
    NumberRef,
    OpenNumbers,
    Paragraph,
    Sentence,
    Share,
    Sign,
    Slot,
    Table,
    Value,
    Words,
    Year,
    sentence,
)
from aiqyn.report.numbering import Numbering, share_cell
from aiqyn.report.sources import all_rows

AGES = ("45+", "35-44", "25-34", "18-24", "15-17", "12-14", "6-11", "0-5")  # top of the page first
GROUPS: Mapping[str, tuple[str, str]] = {
    "women": ("female", "18+"),
    "girls": ("female", "0-17"),
    "men": ("male", "18+"),
    "boys": ("male", "0-17"),
}


def victims(evidence: Evidence, numbers: Numbering) -> Chapter:
    """Chapter 2."""
    ten = _ten(evidence)
    children = next(id_ for id_ in numbers.made if id_ == "V-002")
    blocks: tuple[Block, ...] = (
        Paragraph((*_message(evidence, ten), *_children(evidence, NumberRef(children))), "message"),
        *([_ten_chart(evidence, ten)] if ten else []),
        _pyramid(evidence),
        OpenNumbers((children,)),
        _map(evidence),
        detection_callout("caution"),
        _citizenship(evidence),
        Heading(sentence("report.victims.know")),
        Paragraph(_known(evidence)),
    )
    return Chapter(
        "victims",
        2,
        sentence("report.victims.title"),
        sentence("report.victims.subtitle"),
        blocks,
    )


def _group_cells(evidence: Evidence) -> dict[str, Cell]:
    table = evidence.tables["victims_sex_age"]
    return {
        group: table.cell(year=evidence.year, sex=sex, age_group=age)
        for group, (sex, age) in GROUPS.items()
    }


def _ten(evidence: Evidence) -> dict[str, int]:
    """Whole persons of ten, over those whose sex and age are known; empty if one is hidden."""
    counted = {group: cell.value for group, cell in _group_cells(evidence).items()}
    shown = {group: n for group, n in counted.items() if n is not None}
    return per_ten(shown) if len(shown) == len(counted) else {}


def _message(evidence: Evidence, ten: Mapping[str, int]) -> tuple[Sentence, ...]:
    if not ten:
        return ()
    return (sentence("report.victims.message", year=Year(evidence.year), **ten),)


def _children(evidence: Evidence, share: NumberRef) -> tuple[Sentence, ...]:
    """Children's share now; over the years only what the intervals allow to be said."""
    shares = _child_shares(evidence)
    shown = {year: cell for year, cell in shares.items() if cell.value is not None}
    if len(shown) < 2 or evidence.year not in shown:
        return (sentence("report.victims.children.once", share=share, year=Year(evidence.year)),)
    first, last = min(shown), max(shown)
    years: dict[str, Slot] = {"from": Year(first), "to": Year(last)}
    word = _direction(shown[first], shown[last])
    slots: dict[str, Slot] = {
        "a": Share(shown[first].value or 0),
        "b": Share(shown[last].value or 0),
        "low": Share(min(c.value or 0 for c in shown.values())),
        "high": Share(max(c.value or 0 for c in shown.values())),
    }
    wanted = ("low", "high") if word == "same" else ("a", "b")
    chosen = {name: slots[name] for name in wanted}
    return (sentence(f"report.victims.children.{word}", share=share, **years, **chosen),)


def _direction(first: Cell, last: Cell) -> str:
    """Rose or fell only where the interval of the difference leaves out zero (Newcombe, 1998)."""
    if None in (first.value, first.low, first.high, last.value, last.low, last.high):
        return "same"
    a, b = _ends(first), _ends(last)
    difference = b[0] - a[0]
    low = difference - ((b[0] - b[1]) ** 2 + (a[2] - a[0]) ** 2) ** 0.5
    high = difference + ((b[2] - b[0]) ** 2 + (a[0] - a[1]) ** 2) ** 0.5
    return "rose" if low > 0 else "fell" if high < 0 else "same"


def _ends(cell: Cell) -> tuple[float, float, float]:
    return float(cell.value or 0), float(cell.low or 0), float(cell.high or 0)


def _child_shares(evidence: Evidence) -> dict[int, Cell]:
    table = evidence.tables["victims_sex_age"]
    return {
        year: share_cell(
            table.cell(year=year, age_group="0-17"),
            table.cell(year=year),
            evidence.threshold,
        )
        for year in evidence.years
    }


def _ten_chart(evidence: Evidence, ten: Mapping[str, int]) -> Chart:
    known = evidence.tables["victims_sex_age"].cell(year=evidence.year)
    columns = (
        Column("group", sentence("report.column.group"), "label"),
        Column("of_ten", sentence("report.column.of_ten"), "count"),
    )
    rows = tuple(
        {"group": Words(f"report.group.{group}"), "of_ten": Cell(n, "shown" if n else "zero")}
        for group, n in ten.items()
    )
    return Chart(
        "ten",
        "ten_persons",
        sentence("report.victims.ten"),
        None,
        sentence("report.victims.ten.alt", **ten),
        tuple({"group": group, "value": n} for group, n in ten.items()),
        caption=(
            sentence(
                "report.victims.ten.known",
                known=int(known.value or 0),
                unknown=int(left_out(evidence).value or 0),
            ),
        ),
        table=Table("ten", sentence("report.victims.ten"), columns, rows),
    )


def _pyramid(evidence: Evidence) -> Chart:
    title = sentence("report.victims.pyramid", year=Year(evidence.year))
    cells = {
        age: {sex: _age_cell(evidence, sex, age) for sex in ("female", "male")} for age in AGES
    }
    largest = max(
        ((cell, sex, age) for age, pair in cells.items() for sex, cell in pair.items()),
        key=lambda item: item[0].value or 0,
    )
    return Chart(
        "pyramid",
        "pyramid",
        title,
        sentence("report.victims.pyramid.persons"),
        _largest(*largest),
        tuple(
            {
                "age_group": age,
                "sex": sex,
                "value": cell.value,
                "low": cell.low,
                "high": cell.high,
                "state": cell.state,
            }
            for age, pair in cells.items()
            for sex, cell in pair.items()
        ),
        caption=(_caption(evidence.threshold),),
        table=_pyramid_table(evidence, title, cells),
    )


def _caption(threshold: int) -> Sentence:
    """What the hatching means: few persons, up to `threshold` - 1, or a hidden number."""
    return sentence("report.victims.pyramid.caption", sign=Sign("small"), most=Count(threshold - 1))


def _largest(cell: Cell, sex: str, age: str) -> Sentence:
    if not cell.value:
        return sentence("report.victims.pyramid.hidden")
    return sentence(
        "report.victims.pyramid.largest",
        sex=Label("sex", sex),
        age=Label("age_group", age),
        n=int(cell.value),
        low=int(cell.low or 0),
        high=int(cell.high or 0),
    )


def _age_cell(evidence: Evidence, sex: str, age: str) -> Cell:
    return evidence.counted("victims_sex_age", year=evidence.year, sex=sex, age_group=age)


def _pyramid_table(
    evidence: Evidence, title: Sentence, cells: Mapping[str, Mapping[str, Cell]]
) -> Table:
    columns = (
        Column("age", sentence("report.column.age"), "label"),
        *(column for sex in ("female", "male") for column in _sex_columns(sex)),
    )
    rows = tuple({"age": Label("age_group", age), **pair} for age, pair in cells.items())
    total = {sex: _age_cell(evidence, sex, "_all") for sex in ("female", "male")}
    note = sentence("report.victims.pyramid.other", n=int(left_out(evidence).value or 0))
    return Table(
        "pyramid", title, columns, rows, ({"age": Words("report.all"), **total},), note=note
    )


def _sex_columns(sex: str) -> tuple[Column, Column]:
    head = sentence(f"report.column.{sex}")
    between = sentence("report.column.fewest_most")
    return Column(sex, head, "count"), Column(f"{sex}_interval", between, "interval", of=sex)


def _map(evidence: Evidence) -> Chart:
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


def _citizenship(evidence: Evidence) -> Table:
    table = evidence.tables["victims_citizenship"]
    codes = [c for c in table.codes("citizenship") if c not in ("other", "unknown")]
    cells = {
        code: evidence.counted("victims_citizenship", year=evidence.year, citizenship=code)
        for code in (*codes, "other", "unknown")
    }
    everyone = victims_in(evidence, evidence.year)
    order = sorted(codes, key=lambda c: (-(cells[c].value or 0), c))
    labels: dict[str, Value] = {
        "other": Words("report.citizenship_other"),
        "unknown": Words("report.citizenship_unknown"),
    }
    rows = tuple(
        {
            "citizenship": labels.get(code, Label("country", code)),
            "persons": cells[code],
            "share": share_cell(cells[code], everyone, evidence.threshold),
        }
        for code in (*order, "other", "unknown")
    )
    columns = (
        Column("citizenship", sentence("report.column.citizenship"), "label"),
        Column("persons", sentence("report.column.persons"), "count"),
        Column("share", sentence("report.column.share"), "share"),
        Column("interval", sentence("report.column.interval"), "interval", of="share"),
    )
    total = {"citizenship": Words("report.all"), "persons": replace(everyone)}
    return Table(
        "citizenship",
        sentence("report.victims.citizenship", year=Year(evidence.year)),
        columns,
        rows,
        (total,),
    )


def _persons(evidence: Evidence) -> Cell:
    """Persons of all years; a year whose own total is hidden could be subtracted from them."""
    years = [
        evidence.tables["definitions"].cell(year=year, definition=evidence.definition)
        for year in evidence.years
    ]
    hidden = any(cell.value is None for cell in years)
    return Cell(None, "hidden") if hidden else Cell(evidence.persons)


def _known(evidence: Evidence) -> tuple[Sentence, ...]:
    files = evidence.files
    return (
        sentence(
            "report.victims.know.lists",
            agencies=files["agency"].n_unique(),
            records=said(all_rows(evidence)["accepted"]),
            persons=said(_persons(evidence)),
        ),
        sentence("report.victims.know.bounds"),
    )
