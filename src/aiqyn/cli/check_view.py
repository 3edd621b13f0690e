"""How the answer of ``aiqyn check`` looks in a terminal (design/LOOK.md §10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from aiqyn.words import number, say, say_n

if TYPE_CHECKING:
    from rich.text import Text

SHOWN = 5  # refusals in the terminal; all are in the JSON and in the error workbook
WIDTH = 100
ROUTINE = ("INTAKE-106",)  # identities left out, as they should be: told in the JSON only
LOOK = {"done": ("✓", "green"), "mend": ("!", "bold yellow"), "unread": ("✕", "bold red")}


def view(answer: dict[str, Any], lang: str = "en") -> Iterator[Text]:
    """The lines of `print_check`."""
    from rich.text import Text

    yield _heading(answer, lang)
    yield from _table(answer["files"], lang)
    yield from _cautions(answer["files"], lang)
    if answer["refusals"]:
        yield Text()
    for entry in answer["refusals"][:SHOWN]:
        yield from _entry(entry, lang)
    yield from _more(answer, lang)
    yield Text()
    ended = say(f"intake.check.exit.{3 if answer['refusals'] else 0}", lang)
    yield Text.assemble(say("intake.check.nothing_changed", lang), " ", (ended, "dim"))


def _cautions(files: list[dict[str, Any]], lang: str) -> Iterator[Text]:
    from rich.text import Text

    told = [c["message"] for f in files for c in f["cautions"] if not _routine(c)]
    for caution in told[:SHOWN]:
        yield Text.assemble(("! ", "bold yellow"), (caution, "dim"))
    if len(told) > SHOWN:
        more = say_n("intake.check.more_cautions", len(told) - SHOWN, lang)
        yield Text(f"  {more}", "dim")


def _routine(caution: dict[str, Any]) -> bool:
    """What goes as it should: the blank workbook's own examples are set aside on every sheet."""
    return caution["code"] in ROUTINE or caution["reason"] == "example"


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
