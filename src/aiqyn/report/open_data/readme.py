"""What a reader needs before the tables: whom they count, how they were protected, the terms."""

from __future__ import annotations

from collections.abc import Sequence

from aiqyn import words
from aiqyn.report.open_data.about import About, choices
from aiqyn.report.open_data.labels import table_title
from aiqyn.report.open_data.open_tables import OpenTable


def readme(tables: Sequence[OpenTable], others: Sequence[str], about: About, lang: str) -> str:
    """The page ``README.<lang>.md``.

    Parameters
    ----------
    others : further files of the folder that the page describes
    """
    licence = choices()["licence"]
    lines = [f"# {about.title(lang)}", "", _counted(about, lang), ""]
    if about.invented:
        lines += [words.say("open_data.invented", lang), ""]
    lines += [f"## {words.say('open_data.files', lang)}", ""]
    lines += [f"- `data/{t.name}.csv`, `.parquet`: {table_title(t.name, lang)}" for t in tables]
    lines += [f"- `{name}`: {words.say(f'open_data.file.{_key(name)}', lang)}" for name in others]
    lines += ["", f"## {words.say('open_data.protected', lang)}", ""]
    lines += [f"{at}. {said}" for at, said in enumerate(protection(about, lang), 1)]
    lines += ["", f"## {words.say('open_data.terms', lang)}", ""]
    lines += [words.say("open_data.licence", lang, licence=licence["title"], path=licence["path"])]
    lines += ["", words.say("open_data.cite", lang), "", f"> {about.citation(lang)}", ""]
    return "\n".join(lines)


def protection(about: About, lang: str) -> list[str]:
    """How the tables were protected, a sentence a step."""
    said = [
        words.say("open_data.protected.small", lang, threshold=about.threshold),
        words.say("open_data.protected.others", lang),
        words.say("open_data.protected.earlier", lang),
        words.say("open_data.protected.attack", lang, values=about.threshold - 1),
        words.say("open_data.protected.exact", lang),
    ]
    if about.kept_years:
        years = ", ".join(map(str, about.kept_years))
        said.append(words.say("open_data.protected.kept", lang, years=years))
    return said


def _counted(about: About, lang: str) -> str:
    definition = about.labels["definition"][about.definition][lang]
    first, last = about.years
    return words.say("open_data.counted", lang, first=first, last=last, definition=definition)


def _key(name: str) -> str:
    """The catalogue's key of a file: its name without language, folder and ending."""
    return name.rpartition("/")[2].split(".")[0]
