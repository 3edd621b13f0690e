"""``aiqyn figures FILE [--country ISO3]``: the article's figures beside the data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from aiqyn.words import say

if TYPE_CHECKING:
    from rich.table import Table

    from aiqyn.profiles.figures import Figure


def figures_of_file(
    path: str | Path, country: str | None = None, lang: str = "en"
) -> list[dict[str, Any]]:
    """The figures as the contract of ``aiqyn figures --json`` has them.

    Raises
    ------
    InputRefused (FIGURES-001) for a file that is no GLOTIP table, (FIGURES-002) for a country that
    is not in it.
    """
    return [figure.to_json(lang) for figure in read_figures(path, country)]


def read_figures(path: str | Path, country: str | None = None) -> tuple[Figure, ...]:
    """The figures of a GLOTIP file; `country` is an alpha-3 code in any case of letters."""
    from aiqyn.intake.glotip import counts
    from aiqyn.profiles.figures import figures

    return figures(counts(path), country.strip().upper() if country else None)


def print_figures(answer: Sequence[dict[str, Any]], lang: str = "en") -> None:
    """Print what `figures_of_file` gave in that language: the table, then the reasons."""
    from rich.console import Console

    console = Console()
    console.print(figures_table(answer, lang))
    console.print()
    console.print(figures_reasons(answer), highlight=False, markup=False)


def figures_table(answer: Sequence[dict[str, Any]], lang: str = "en") -> Table:
    """Stated and computed side by side, with the bounds and the verdict."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name, side in _HEADINGS.items():
        table.add_column(say(f"figure.heading.{name}", lang), justify=side, overflow="fold")
    for figure in answer:
        table.add_row(*_row(figure, lang))
    return table


def figures_reasons(answer: Sequence[dict[str, Any]]) -> str:
    """Why each figure agrees, differs or cannot be computed: a paragraph a figure."""
    return "\n\n".join(f"{figure['title']}\n  {figure['why']}" for figure in answer)


def _row(figure: dict[str, Any], lang: str) -> tuple[str, ...]:
    from aiqyn.profiles.figures.figure import shown

    stated, computed, low, high = (
        shown(figure[name], figure["unit"], lang) for name in ("stated", "computed", "low", "high")
    )
    bounds = f"{low} … {high}" if figure["low"] is not None else ""
    verdict = say(f"figure.verdict.{figure['verdict']}", lang)
    return figure["title"], stated, computed, bounds, verdict


_HEADINGS: dict[str, Literal["left", "right"]] = {
    "figure": "left",
    "stated": "right",
    "computed": "right",
    "bounds": "right",
    "verdict": "left",
}
