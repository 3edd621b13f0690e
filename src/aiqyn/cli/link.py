"""``aiqyn link FILE…`` and ``aiqyn link explain``: lists to persons, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words
from aiqyn.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiqyn.linkage.linking import Linkage
    from aiqyn.linkage.stored_plan import Caution

ENGINES = ("duckdb", "spark")


def link_lists(
    files: Sequence[Path],
    *,
    out: Path,
    mappings: Sequence[str] = (),
    model: Path | None = None,
    plan: Path | None = None,
    previous: Path | None = None,
    decisions: Path | None = None,
    engine: str = "duckdb",
    seed: int | None = None,
    lang: str = "en",
    progress: bool = False,
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn link --json``; the folder `out` holds the linkage afterwards.

    Raises
    ------
    InputRefused (LINK-001 … LINK-007, LINK-023 … LINK-027, LINK-033, LINK-036), UsageRefused
    (LINK-019) for an unknown engine, (LINK-028) for a mapping of a list that is not there.
    """
    from aiqyn.cli.link_sources import list_sources
    from aiqyn.cli.short_life import keep_what_is_loaded
    from aiqyn.linkage import linking
    from aiqyn.linkage.linkage_folder import LinkageFolder, write_linkage
    from aiqyn.linkage.model.parameters import read_parameters
    from aiqyn.linkage.model.plan import read_plan_file
    from aiqyn.linkage.review.decisions import read_settled

    keep_what_is_loaded()
    if engine not in ENGINES:
        raise UsageRefused("LINK-019", allowed=", ".join(ENGINES))
    if out.is_file():
        raise InputRefused("LINK-033", folder=out.name)
    with _bar(lang, show=progress) as tell:
        made = linking.link(
            list_sources(files, mappings),
            plan=None if plan is None else read_plan_file(plan),
            numbers=None if model is None else read_parameters(model),
            seed=linking.SEED if seed is None else seed,
            known=None if previous is None else LinkageFolder.open(previous).known(),
            decided=None if decisions is None else read_settled(decisions),
            engine=engine,
            advance=tell,
        )
    write_linkage(made, out)
    return _answer(made, linking.SEED if seed is None else seed, lang)


def with_cautions(
    told: Mapping[str, Any], text: str, cautions: Sequence[Caution], lang: str
) -> dict[str, Any]:
    """The answer with `cautions`, and with `text` in which each has its line."""
    said = [{"code": code, "text": words.say(code, lang, **slots)} for code, slots in cautions]
    lines = [text, *(f"! {caution['text']} ({caution['code']})" for caution in said)]
    return {**told, "cautions": said, "text": "\n".join(lines)}


def _answer(made: Linkage, seed: int, lang: str) -> dict[str, Any]:
    from aiqyn.linkage.refused_files import told_refused

    persons = made.persons
    return {
        "records": persons.height,
        "persons": persons["person_id"].n_unique(),
        "case_persons": persons["case_person_id"].n_unique(),
        "lists": dict(sorted(persons.group_by("list").len().iter_rows())),
        "thresholds": dict(made.plan.thresholds),
        "seed": seed,
        "seconds": {k: round(v, 3) for k, v in made.seconds.items()},
        "changes": {kind: made.changes.filter(change=kind).height for kind in ("merged", "split")},
        "cautions": [{"code": c, "text": words.say(c, lang, **s)} for c, s in made.cautions],
        "refused": told_refused(made.refused, lang),
    }


def print_link(answer: Mapping[str, Any], lang: str = "en") -> None:
    """Counts, cautions, what was refused, and what to do next."""
    from rich.console import Console

    from aiqyn.linkage.refused_files import refused_lines

    shown = {k: words.number(answer[k], lang) for k in ("records", "persons", "case_persons")}
    lines = [words.say("link.done", lang, **shown)]
    lines += [f"! {caution['text']} ({caution['code']})" for caution in answer["cautions"]]
    lines += refused_lines(answer["refused"])
    Console().print("\n".join(lines), highlight=False, markup=False)


def explain_pair(folder: Path, one: str, other: str, *, lang: str = "en") -> dict[str, Any]:
    """Levels and weights of two records, as JSON and as `text`.

    Raises
    ------
    InputRefused (LINK-018) when one of them is no record that may be shown.
    """
    from aiqyn.linkage.explaining import explain
    from aiqyn.linkage.linkage_folder import LinkageFolder

    linkage = LinkageFolder.open(folder)
    shown = linkage.open_records()
    left, right = (_number(shown, name) for name in (one, other))
    stored, features = linkage.plan(), linkage.open_features()
    found = explain(features, left, right, stored.applied, linkage.numbers())
    return with_cautions(found.to_json(), found.text(lang), stored.cautions, lang)


def _number(records: Any, name: str) -> int:  # Any: a Polars table
    wanted = name.split(":", 1)
    found = records.filter(list=wanted[0], record_id=wanted[-1])["record"]
    if len(wanted) != 2 or not len(found):
        raise InputRefused("LINK-018")
    return int(found[0])


@contextmanager
def _bar(lang: str, *, show: bool) -> Iterator[Callable[[float, str], None]]:
    """A bar on stderr when it is a terminal; else nothing, and nothing is loaded for it."""
    if not show:
        yield lambda done, what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    off = not console.is_terminal
    with Progress(*columns, console=console, disable=off, transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def tell(done: float, what: str) -> None:
            bar.update(task, completed=done, description=words.say(f"link.step.{what}", lang))

        yield tell
