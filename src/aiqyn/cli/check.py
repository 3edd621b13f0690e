"""``aiqyn check FILES…``: which rows are accepted, which refused, and how to mend each."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn.words import number, say, say_n

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from aiqyn.intake import Intake, Mapping

SHOWN = 5  # refusals in the terminal; all are in the JSON and in the error workbook
WIDTH = 100
LOOK = {"done": ("✓", "green"), "mend": ("!", "bold yellow"), "unread": ("✕", "bold red")}


def check_files(
    paths: Sequence[str | Path],
    mapping: str | None = None,
    lang: str = "en",
    today: date | None = None,
    errors: str | Path | None = None,
) -> dict[str, Any]:
    """The answer of ``aiqyn check --json``.

    Parameters
    ----------
    mapping : name or file; None: chosen for each file by its headings
    today : no date may lie after it
    errors : where to write the agency's error workbook; nothing is written without it

    Returns
    -------
    ``{"files": [{"file", "mapping", "rows", "accepted", "refused", "state", "cautions"}],
    "refusals": [{"file", "sheet", "row", "column", "code", "message", "mend", "what"}],
    "errors": path or None}``. The files sent are only read.

    Raises
    ------
    InputRefused INTAKE-090 … -094 when the mapping itself is wrong.
    """
    from aiqyn.intake import load_mapping

    chosen = load_mapping(mapping) if mapping else None
    day = today or date.today()
    read = [_one(Path(path), chosen, day) for path in paths]
    names = list(_names(paths))
    if errors is not None and any(intake.refusals for intake in read):
        from aiqyn.intake import write_error_workbook

        write_error_workbook(read, errors, lang)
    else:
        errors = None
    return {
        "files": [_file(intake, name, lang) for intake, name in zip(read, names, strict=True)],
        "refusals": [
            entry
            for intake, name in zip(read, names, strict=True)
            for entry in _refusals(intake, name, lang)
        ],
        "errors": None if errors is None else str(errors),
    }


def print_check(answer: dict[str, Any], lang: str = "en", console: Console | None = None) -> None:
    """Print the answer for a person: a table of files, the first refusals, what was changed."""
    from rich.console import Console

    console = console or Console(width=WIDTH, highlight=False, soft_wrap=True)
    for line in view(answer, lang):
        console.print(line)


def view(answer: dict[str, Any], lang: str = "en") -> Iterator[Text]:
    """The lines of `print_check`."""
    from rich.text import Text

    yield _heading(answer, lang)
    yield from _table(answer["files"], lang)
    for caution in [c for file in answer["files"] for c in file["cautions"]]:
        yield Text.assemble(("! ", "bold yellow"), (caution, "dim"))
    if answer["refusals"]:
        yield Text()
    for entry in answer["refusals"][:SHOWN]:
        yield from _entry(entry, lang)
    yield from _more(answer, lang)
    yield Text()
    ended = say(f"intake.check.exit.{3 if answer['refusals'] else 0}", lang)
    yield Text.assemble(say("intake.check.nothing_changed", lang), " ", (ended, "dim"))


def _one(path: Path, mapping: Mapping | None, day: date) -> Intake:
    from aiqyn.intake import read
    from aiqyn.intake.reading import failed

    try:
        return read(path, mapping, today=day)
    except Exception:
        # Our own fault. The other files are still checked; AIQYN_DEBUG=1 shows the fault itself.
        if os.environ.get("AIQYN_DEBUG"):
            raise
        return failed(path.name, day)


def _names(paths: Sequence[str | Path]) -> Iterator[str]:
    """File names; the whole path only where two files have one name."""
    often = Counter(Path(path).name for path in paths)
    for path in paths:
        name = Path(path).name
        yield name if often[name] == 1 else str(path)


def _file(intake: Intake, name: str, lang: str) -> dict[str, Any]:
    return {
        "file": name,
        "mapping": intake.mapping,
        "rows": intake.rows,
        "accepted": intake.accepted,
        "refused": intake.refused,
        "state": "unread" if not intake.readable else "mend" if intake.refusals else "done",
        "cautions": [caution.text(lang) for caution in intake.cautions],
    }


def _refusals(intake: Intake, name: str, lang: str) -> Iterator[dict[str, Any]]:
    for refusal in intake.refusals:
        yield {
            "file": name,
            "sheet": refusal.sheet,
            "row": refusal.row,
            "column": refusal.column,
            "code": refusal.code,
            "message": refusal.message(lang),
            "mend": refusal.mend(lang),
            "what": refusal.what(lang),
        }


def _heading(answer: dict[str, Any], lang: str) -> Text:
    from rich.text import Text

    used = {file["mapping"] for file in answer["files"] if file["mapping"]}
    text = Text.assemble((say("intake.check.heading", lang), "bold"), "  ")
    if len(used) == 1:
        text.append(say("intake.check.mapping", lang, mapping=next(iter(used))), "dim")
    elif used:
        text.append(say("intake.check.mappings", lang), "dim")
    return text


def _table(files: list[dict[str, Any]], lang: str) -> Iterator[Text]:
    from rich.text import Text

    heads = [say(f"intake.check.{key}", lang) for key in ("rows", "accepted", "refused")]
    wide = [max(9, len(head)) for head in heads]
    name_width = min(max([len(f["file"]) for f in files] + [12]), 44)
    yield Text("  " + " " * name_width + _columns(heads, wide))
    for file in files:
        sign, style = LOOK[file["state"]]
        counts = [number(file[key], lang) for key in ("rows", "accepted", "refused")]
        line = Text("  ")
        line.append(_clip(file["file"], name_width).ljust(name_width), "cyan")
        line.append(_columns(counts, wide))
        line.append(f"  {sign} {say('intake.check.state.' + file['state'], lang)}", style)
        yield line
    if len(files) > 1:
        yield Text("  " + " " * name_width + _columns(["─" * w for w in wide], wide), "dim")
        sums = [number(sum(f[k] for f in files), lang) for k in ("rows", "accepted", "refused")]
        total = say("intake.check.total", lang).ljust(name_width)
        yield Text("  " + total + _columns(sums, wide))


def _columns(cells: list[str], widths: list[int]) -> str:
    return "".join(cell.rjust(width + 2) for cell, width in zip(cells, widths, strict=True))


def _clip(name: str, width: int) -> str:
    return name if len(name) <= width else name[: width - 1] + "…"


def _entry(entry: dict[str, Any], lang: str) -> Iterator[Text]:
    from rich.text import Text

    whole = entry["row"] is None
    where = (
        say("intake.check.file", lang) if whole else say("intake.check.row", lang, row=entry["row"])
    )
    sign, style = LOOK["unread" if whole else "mend"]
    line = Text.assemble((f"{sign} {where}", style))
    for key in ("column", "sheet"):
        if entry[key]:
            line.append(f", {say(f'intake.check.{key}', lang, **{key: entry[key]})}")
    line.append(", ")
    line.append(entry["file"], "cyan")
    line.append(f"  {entry['code']}", "dim")
    yield line
    yield from _wrapped(Text(entry["what"]))
    how = Text.assemble((say("intake.check.how", lang), "bold"), " ", entry["mend"])
    yield from _wrapped(how)


def _wrapped(text: Text) -> Iterator[Text]:
    from rich.console import Console
    from rich.text import Text

    for line in text.wrap(Console(width=WIDTH), WIDTH - 6):
        line.rstrip()
        yield Text.assemble("    ", line)


def _more(answer: dict[str, Any], lang: str) -> Iterator[Text]:
    from rich.text import Text

    left = len(answer["refusals"]) - SHOWN
    if answer["errors"] is not None:
        sheet = say("intake.errors.sheet.errors", lang)
        more = [say_n("intake.check.more", left, lang)] if left > 0 else []
        told = " ".join([*more, say("intake.check.more_in", lang, sheet=sheet)])
        yield Text(f"  {told}", "dim")
        yield Text(f"  {answer['errors']}", "cyan")
    elif left > 0:
        told = f"{say_n('intake.check.more', left, lang)} {say('intake.check.more_option', lang)}"
        yield Text(f"  {told}", "dim")
