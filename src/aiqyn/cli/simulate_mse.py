"""``aiqyn simulate-mse SOURCE``: how often the intervals hold a truth that is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiqyn.estimates.simulation.scenarios import Scenario

MODELS = ("stepwise", "bic", "independence")  # what a table's population may be fitted by


def simulate_mse(
    source: str | Path,
    *,
    methods: Sequence[str] = ("stepwise",),
    model: str = "stepwise",
    tables: int = 200,
    boot: int = 200,
    pthresh: float = 0.02,
    order: int = 2,
    seed: int | None = None,
    delta: float | None = None,
    lang: str = "en",
    progress: bool = False,
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn simulate-mse --json``, `Simulation.to_json`.

    Parameters
    ----------
    source : a table (CSV), whose fitted model is taken for the truth; a scenario file (TOML); or
        the name of a scenario that ships with the package
    model : "stepwise", "bic" or "independence": what is fitted to the table; no part in scenarios
    tables, boot : data sets, and replicates for the interval of each
    progress : draw a bar on stderr when it is a terminal

    Raises
    ------
    InputRefused (EST-001 …, EST-040, EST-041) for the source, UsageRefused (EST-031, EST-032) for
    the options, AnswerRefused when the table's own model gives no number.
    """
    from aiqyn.estimates.intervals.resampling import SEED
    from aiqyn.estimates.multiple_systems import Options
    from aiqyn.estimates.simulation.simulating import simulate

    options = Options(pthresh, order, boot, SEED if seed is None else seed, None, delta)
    scenario = _scenario(source, model, options.pthresh, options.order)
    with _bar(tables, lang, show=progress) as tell:
        return simulate(scenario, methods, options, tables=tables, tell=tell).to_json()


def print_simulation(answer: Mapping[str, Any], lang: str = "en") -> None:
    """A line on the population, a row a method, what the gate let through, how to read it."""
    from rich.console import Console

    console = Console(highlight=False)
    console.print(_head(answer, lang), markup=False)
    console.print(_grid(answer["methods"], lang))
    console.print(_gate(answer["gate"], lang), markup=False)
    console.print(_printed(answer, lang), markup=False)
    console.print(words.say("simulate.note", lang), markup=False)


def _scenario(source: str | Path, model: str, pthresh: float, order: int) -> Scenario:
    from aiqyn.errors import UsageRefused
    from aiqyn.estimates import best_model, independence, stepwise
    from aiqyn.estimates.simulation.scenarios import fitted_scenario, read_scenario, scenario_names
    from aiqyn.estimates.tables.table_files import read_table

    if model not in MODELS:
        raise UsageRefused("EST-032", option="model", allowed=", ".join(MODELS))
    file = Path(source)
    if str(source) in scenario_names() or file.suffix == ".toml" or not file.is_file():
        return read_scenario(source)
    table = read_table(source)
    match model:
        case "stepwise":
            fitted = stepwise(table, pthresh=pthresh, boot=0)
        case "bic":
            fitted = best_model(table, order=order, boot=0)
        case _:
            fitted = independence(table, boot=0)
    return fitted_scenario(table, fitted)


@contextmanager
def _bar(tables: int, lang: str, *, show: bool) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not (show and console.is_terminal)) as bar:
        task = bar.add_task(words.say("simulate.running", lang), total=tables)
        yield lambda done: bar.update(task, completed=done)


def _head(answer: Mapping[str, Any], lang: str) -> str:
    slots = {k: words.number(answer[k], lang) for k in ("truth", "tables", "unusable", "boot")}
    slots |= {"scenario": answer["scenario"], "seed": str(answer["seed"])}
    share = words.percent(answer["on_a_list"], lang)
    return words.say("simulate.head", lang, share=share, **slots)


def _grid(methods: Sequence[Mapping[str, Any]], lang: str) -> Any:  # Any: rich, imported late
    from rich.table import Table

    grid = Table()
    grid.add_column(words.say("simulate.column.method", lang))
    for name in ("refused", "bias", "coverage95", "coverage80", "width"):
        grid.add_column(words.say(f"simulate.column.{name}", lang), justify="right")
    for m in methods:
        grid.add_row(*_cells(m, lang))
    return grid


def _cells(method: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    width = method["width95"]
    return (
        words.say(f"estimate.method.{method['method']}", lang),
        words.number(method["refused"], lang),
        _percent(method["bias"], lang),
        _covered(method, "95", lang),
        _covered(method, "80", lang),
        "–" if width is None else words.number(width, lang, decimals=2),
    )


def _covered(method: Mapping[str, Any], level: str, lang: str) -> str:
    bounds = method[f"coverage{level}_bounds"]
    if bounds is None:
        return "–"
    low, high = (_percent(b, lang) for b in bounds)
    return f"{_percent(method[f'coverage{level}'], lang)} ({low} – {high})"


def _percent(share: float | None, lang: str) -> str:
    return "–" if share is None else words.percent(share, lang)


def _gate(gate: Mapping[str, int], lang: str) -> str:
    return words.say("simulate.gate", lang, **{k: words.number(n, lang) for k, n in gate.items()})


def _printed(answer: Mapping[str, Any], lang: str) -> str:
    printed = answer["printed"]
    low, high = printed["coverage_bounds"] or (None, None)
    useful = printed["true"]["estimate"] + printed["true"]["range"]
    return words.say(
        "simulate.printed",
        lang,
        share=_percent(printed["coverage"], lang),
        low=_percent(low, lang),
        high=_percent(high, lang),
        use=_percent(useful / answer["tables"], lang),
    )
