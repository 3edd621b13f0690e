"""A measured number beside its limit, and the table of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

HEADINGS = ("what", "value", "unit", "limit", "verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured number.

    Attributes
    ----------
    what : what was measured
    value : the number in `unit`; None when it could not be measured, and `why` says so
    limit : what it may reach at most; None when nothing was promised
    failed : the program that was to be measured failed, and `why` says how
    """

    what: str
    value: float | None
    unit: str = ""
    limit: float | None = None
    why: str = ""
    failed: bool = False

    @property
    def verdict(self) -> str:
        """``ok``, ``over``, ``failed``, ``skipped``; ``-`` where there is no limit."""
        if self.failed:
            return "failed"
        if self.value is None:
            return "skipped"
        if self.limit is None:
            return "-"
        return "ok" if self.value <= self.limit else "over"


def skipped(what: str, why: str) -> Row:
    """A row for what could not be measured here."""
    return Row(what, None, why=why)


def failed(what: str, why: str) -> Row:
    """A row for a program that failed instead of being measured."""
    return Row(what, None, why=why, failed=True)


def ratio(what: str, large: float, small: float, limit: float | None) -> Row:
    """How many times `large` is of `small`; skipped when there is nothing to divide by."""
    if small <= 0:
        return skipped(what, "the smaller one took no measurable time")
    return Row(what, large / small, "×", limit)


def as_text(rows: Sequence[Row]) -> str:
    """The rows as a table for a terminal; why something was skipped stands in its line."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(HEADINGS))]
    lines = [_line(line, widths) for line in cells]
    told = [f"{line}  {row.why}".rstrip() for line, row in zip(lines[1:], rows, strict=True)]
    return "\n".join([lines[0].rstrip(), *told])


def as_json(rows: Iterable[Row], machine: dict[str, object]) -> str:
    """The rows and the machine that they were measured on."""
    told = [{**asdict(row), "verdict": row.verdict} for row in rows]
    return json.dumps({"machine": machine, "rows": told}, ensure_ascii=False, indent=2)


def _cells(row: Row) -> tuple[str, ...]:
    limit = "" if row.limit is None else _number(row.limit)
    return row.what, "" if row.value is None else _number(row.value), row.unit, limit, row.verdict


def _number(value: float) -> str:
    """Three digits that tell, thousands apart."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    what, value, unit, limit, verdict = cells
    w = widths
    numbers = f"{value:>{w[1]}}  {unit:<{w[2]}}  {limit:>{w[3]}}"
    return f"{what:<{w[0]}}  {numbers}  {verdict:<{w[4]}}"
