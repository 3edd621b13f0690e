"""The label of a code in each language: the total, the country's own lists, the shipped ones."""

from __future__ import annotations

from aiqyn import words
from aiqyn.report.open_data.about import About
from aiqyn.report.open_data.open_tables import EVERYONE, TOTAL
from aiqyn.standard import code_list

LISTS = {"citizenship": "country"}  # a dimension whose code list has another name
SAID = {TOTAL: "report.all", EVERYONE: "open_data.everyone"}


def label(dim: str, code: str, about: About, lang: str) -> str:
    """What a code of a dimension of the standard is called."""
    if code in SAID:
        return words.say(SAID[code], lang)
    if dim == "year":
        return code
    if dim == "history":
        return _history(code, about, lang)
    if dim == "verdict":
        return words.say(f"report.verdict.{code}", lang)
    if dim == "citizenship" and code == "other":
        return words.say("cli.profile.other", lang)
    name = LISTS.get(dim, dim)
    if found := about.labels.get(name, {}).get(code):
        return found[lang]
    return code_list(name).label(code, lang)


def _history(code: str, about: About, lang: str) -> str:
    """Lists by the names of their agencies, as far as these are known."""
    if words.has(f"open_data.history.{code}", lang):
        return words.say(f"open_data.history.{code}", lang)
    agencies = about.labels.get("agency", {})
    return " + ".join(agencies[a][lang] if a in agencies else a for a in code.split("+"))


def column_title(column: str, lang: str) -> str:
    """What a column is called."""
    return words.say(f"open_data.column.{column}", lang)


def table_title(name: str, lang: str) -> str:
    """What a table is called."""
    return words.say(f"open_data.table.{name}", lang)
