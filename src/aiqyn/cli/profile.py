"""`aiqyn profile`: the cleared tables on a terminal or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words
from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    from rich.table import Table

    from aiqyn.observatory.evidence_labels import Labels

ALL = "_all"
LISTS = {"citizenship": "country"}  # a dimension whose code list has another name


def profile_tables(folder: Path, *, table: str | None, year: int | None) -> dict[str, Any]:
    """The tables that disclosure cleared; a hidden cell has no number in the answer at all."""
    from aiqyn.observatory import STAGES, Observatory, asked_for, build
    from aiqyn.observatory import table as read

    observatory = Observatory.open(folder)
    if year is not None:
        asked_for(observatory, year, ())
    cleared = sorted(build(observatory, STAGES)["disclosure"].outputs)
    names = [name for name in cleared if words.has(f"cli.profile.{name}")]
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


def print_profile(answer: dict[str, Any], folder: Path, lang: str) -> None:
    """Tables as they may be published, codes by their labels; hidden cells by their signs."""
    from rich.console import Console
    from rich.text import Text

    from aiqyn.observatory import Observatory
    from aiqyn.observatory.evidence_labels import labels

    own = labels(Observatory.open(folder), ())
    console = Console(highlight=False, soft_wrap=True)
    for name, rows in answer["tables"].items():
        if rows:
            console.print(Text(words.say(f"cli.profile.{name}", lang), style="bold"))
            console.print(_table(rows, answer["threshold"], own, lang))
            console.print()
    most = answer["threshold"] - 1
    told = words.say("cli.profile.symbols", lang, threshold=answer["threshold"], most=most)
    console.print(Text(told))


def _table(rows: list[dict[str, Any]], threshold: int, own: Labels, lang: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    dims = [key for key in rows[0] if key not in ("n", "status")]
    shown = Table(box=None, pad_edge=False)
    for dim in dims:
        shown.add_column(words.say(f"cli.profile.dim.{dim}", lang))
    shown.add_column(words.say("cli.profile.dim.n", lang), justify="right")
    for row in sorted(rows, key=lambda row: [_place(dim, row[dim]) for dim in dims]):
        cells = (_label(dim, str(row[dim]), own, lang) for dim in dims)
        shown.add_row(*map(Text, cells), _sign(row, threshold, lang))
    return shown


def _label(dim: str, code: str, own: Labels, lang: str) -> str:
    """The code's label: the total, the observatory's own lists, the shipped ones."""
    from aiqyn.standard import code_list

    if dim == "year" or code == ALL:
        return code if dim == "year" and code != ALL else words.say("report.all", lang)
    name = LISTS.get(dim, dim)
    if found := own.get(name, {}).get(code):
        return found[lang]
    if dim == "verdict":
        return words.say(f"report.verdict.{code}", lang)
    if dim == "citizenship" and code == "other":
        return words.say("cli.profile.other", lang)
    return code_list(name).label(code, lang)


def _place(dim: str, code: Any) -> tuple[int, str]:
    """Where a code stands: as in its list, what is not known after it, the total last."""
    from aiqyn.standard import code_list

    name = LISTS.get(dim, dim)
    if str(code) in (ALL, "unknown"):
        return (10_000 + (code == ALL), "")
    listed = () if name in ("year", "definition", "country", "region") else code_list(name).codes()
    return (listed.index(code) if code in listed else 9_000 * (code == "other"), str(code))


def _sign(row: dict[str, Any], threshold: int, lang: str) -> str:
    if row["n"] is not None:
        return words.number(row["n"], lang)
    return f"<{threshold}" if row["status"] == "small" else "x"
