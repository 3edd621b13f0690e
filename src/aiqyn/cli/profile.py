"""`aiqyn profile`: the cleared tables on a terminal or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiqyn import words
from aiqyn.errors import UsageRefused


def profile_tables(folder: Path, *, table: str | None, year: int | None) -> dict[str, Any]:
    """The tables that disclosure cleared; a hidden cell has no number in the answer at all."""
    from aiqyn.observatory import STAGES, Observatory, build
    from aiqyn.observatory import table as read

    observatory = Observatory.open(folder)
    names = sorted(build(observatory, STAGES)["disclosure"].outputs)
    if table is not None and table not in names:
        raise UsageRefused("OBS-014", table=table, tables=", ".join(names))
    chosen = [table] if table else names
    return {
        "threshold": observatory.settings.threshold,
        "tables": {name: _rows(read(observatory, "disclosure", name), year) for name in chosen},
    }


def _rows(frame: Any, year: int | None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.to_dicts()
    return [row for row in rows if year is None or str(row["year"]) == str(year)]


def print_profile(answer: dict[str, Any], lang: str) -> None:
    """Tables as they may be published; hidden cells by their signs."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    for name, rows in answer["tables"].items():
        dims = [key for key in (rows[0] if rows else {}) if key not in ("n", "status")]
        shown = Table(title=name, title_justify="left", box=None, pad_edge=False)
        for dim in dims:
            shown.add_column(dim)
        shown.add_column("n", justify="right")
        for row in rows:
            shown.add_row(*(str(row[dim]) for dim in dims), _sign(row, answer["threshold"], lang))
        console.print(shown)
        console.print()
    console.print(
        words.say(
            "cli.profile.symbols",
            lang,
            threshold=answer["threshold"],
            most=answer["threshold"] - 1,
        )
    )


def _sign(row: dict[str, Any], threshold: int, lang: str) -> str:
    if row["n"] is not None:
        return words.number(row["n"], lang)
    return f"<{threshold}" if row["status"] == "small" else "x"
