"""The codebook: every column and code, in every language, as CSV and to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from aiqyn import words
from aiqyn.report.open_data.about import About
from aiqyn.report.open_data.labels import column_title, label, table_title
from aiqyn.report.open_data.open_tables import STATUS, OpenTable, used_codes

STATUSES = ("shown", "small", "hidden")


def codebook(tables: Sequence[OpenTable], about: About) -> pl.DataFrame:
    """`column`, `code` (empty for the column itself), and a label in each language."""
    rows: list[dict[str, str]] = []
    for column, codes in used_codes(tables).items():
        rows.append(_row(column, "", {x: column_title(column, x) for x in words.LANGUAGES}))
        if column != "year":
            rows += [
                _row(column, code, {x: label(dim, code, about, x) for x in words.LANGUAGES})
                for code, dim in codes
            ]
    for value in sorted({table.value for table in tables}):
        rows.append(_row(value, "", {x: column_title(value, x) for x in words.LANGUAGES}))
        rows += [_row(value, mark, said) for mark, said in _marks(about)]
    rows.append(_row(STATUS, "", {x: column_title(STATUS, x) for x in words.LANGUAGES}))
    return pl.DataFrame([*rows, *(_row(STATUS, s, _status(s)) for s in STATUSES)])


def codebook_page(tables: Sequence[OpenTable], book: pl.DataFrame, about: About, lang: str) -> str:
    """The codebook as a page of Markdown."""
    lines = [f"# {words.say('open_data.codebook', lang)}", "", about.title(lang), ""]
    lines += [f"## {words.say('open_data.tables', lang)}", ""]
    for table in tables:
        columns = ", ".join(f"`{column}`" for column in (*table.dims, table.value, STATUS))
        lines.append(f"- `{table.name}.csv`: {table_title(table.name, lang)} ({columns})")
    head = words.say("open_data.code", lang), words.say("open_data.meaning", lang)
    for column in book["column"].unique(maintain_order=True):
        own = book.filter(column=column)
        lines += ["", f"## `{column}`", "", own.filter(code="")[f"label_{lang}"].item(), ""]
        codes = own.filter(pl.col("code") != "").select("code", f"label_{lang}").rows()
        if codes:
            lines += [f"| {head[0]} | {head[1]} |", "| --- | --- |"]
            lines += [f"| `{code}` | {said} |" for code, said in codes]
    return "\n".join(lines) + "\n"


def _row(column: str, code: str, said: Mapping[str, str]) -> dict[str, str]:
    return {"column": column, "code": code, **{f"label_{x}": said[x] for x in words.LANGUAGES}}


def _marks(about: About) -> list[tuple[str, dict[str, str]]]:
    small = {
        str(x): words.say("open_data.mark.small", x, most=about.threshold - 1)
        for x in words.LANGUAGES
    }
    hidden = {str(x): words.say("open_data.mark.hidden", x) for x in words.LANGUAGES}
    return [(f"<{about.threshold}", small), ("x", hidden)]


def _status(status: str) -> dict[str, str]:
    return {str(x): words.say(f"open_data.status.{status}", x) for x in words.LANGUAGES}
