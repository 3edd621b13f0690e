"""``aiqyn figures FILE [--country ISO3]``: the article's figures beside the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

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


def figures_table(found: tuple[Figure, ...], lang: str = "en") -> Table:
    """The figures as a table for the terminal, the reasons under it as text (`figures_reasons`)."""
    from rich.table import Table

    table = Table(show_lines=False)
    for name, side in _HEADINGS.items():
        table.add_column(say(f"figure.heading.{name}", lang), justify=side)  # type: ignore[arg-type]
    for figure in found:
        low, high = figure.shown(figure.low, lang), figure.shown(figure.high, lang)
        table.add_row(
            figure.title(lang),
            figure.shown(figure.stated, lang),
            figure.shown(figure.computed, lang),
            f"{low} … {high}" if figure.low is not None else "",
            say(f"figure.verdict.{figure.verdict}", lang),
        )
    return table


def figures_reasons(found: tuple[Figure, ...], lang: str = "en") -> str:
    """Why each figure agrees, differs or cannot be computed: one paragraph a figure."""
    return "\n\n".join(f"{figure.title(lang)}\n  {figure.why(lang)}" for figure in found)


def print_figures(path: str | Path, country: str | None = None, lang: str = "en") -> None:
    """Print the table and the reasons to stdout."""
    from rich.console import Console

    found, console = read_figures(path, country), Console()
    console.print(figures_table(found, lang))
    console.print()
    console.print(figures_reasons(found, lang), highlight=False, markup=False)


_HEADINGS = {
    "figure": "left",
    "stated": "right",
    "computed": "right",
    "bounds": "right",
    "verdict": "left",
}
