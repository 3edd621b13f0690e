"""The stages on a terminal: unchanged, running, done; on stderr, a line each when it is a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.observatory import Observatory, Step

SIGNS = {
    "unchanged": ("=", "cyan"),
    "made": ("✓", "green"),
    "running": ("▸", "cyan"),
    "waiting": ("·", "dim"),
}
BAR = 20  # characters


class Progress:
    """A line a stage, drawn anew as stages go; on a pipe one line when a stage ends."""

    def __init__(self, observatory: Observatory, stages: Sequence[str], lang: str) -> None:
        self.observatory, self.stages, self.lang = observatory, list(stages), lang
        self.steps: dict[str, Step] = {}
        self.states: dict[str, str] = {}
        self.console = Console(stderr=True, highlight=False)
        self.live = Live(console=self.console, refresh_per_second=8, transient=False)

    def __enter__(self) -> Progress:
        if self.console.is_terminal:
            self.live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None
    ) -> None:
        if self.console.is_terminal:
            self.live.stop()

    def head(self, stale: Sequence[str], year: int | None = None) -> None:
        """Country and year, how many stages there are and how many will run."""
        settings = self.observatory.settings
        text = words.say("cli.stages", self.lang, n=len(self.stages), stale=len(stale))
        title = f"{settings.names[self.lang]}, {year or settings.report_year}"
        self.console.print(Text.assemble((title, "bold"), f"  {text}"))

    def tell(self, step: Step) -> None:
        """One step of the build."""
        self.steps[step.stage] = step
        self.states[step.stage] = step.state
        if step.stage not in self.stages:
            self.stages.append(step.stage)
        if self.console.is_terminal:
            self.live.update(self._table())
        elif step.state != "running":
            self.console.print(self._line(step))

    def spent(self, stage: str) -> tuple[float, float]:
        """Seconds on the clock and of processor time; zeros for a stage that did not run."""
        step = self.steps.get(stage)
        return (round(step.seconds, 3), round(step.cpu_seconds, 3)) if step else (0.0, 0.0)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        for justify in ("left", "left", "left", "right", "right"):
            table.add_column(justify=justify)
        for name in self.stages:
            table.add_row(*self._cells(name))
        return table

    def _cells(self, name: str) -> tuple[Text, ...]:
        step = self.steps.get(name)
        state = step.state if step else "waiting"
        sign, style = SIGNS[state]
        return (
            Text(f"  {sign}", style=style),
            Text(name),
            self._doing(step),
            Text(self._counts(step), style="dim"),
            Text(self._seconds(step), style="dim"),
        )

    def _doing(self, step: Step | None) -> Text:
        if step is None:
            return Text(words.say("cli.step.waiting", self.lang), style="dim")
        if step.state != "running":
            return Text(words.say(f"cli.step.{step.state}", self.lang))
        full = int(BAR * step.done)
        bar = Text("━" * full, style="cyan") + Text("┄" * (BAR - full), style="dim")
        return bar + Text(f" {words.percent(step.done, self.lang)} {step.doing}")

    def _line(self, step: Step) -> Text:
        sign, style = SIGNS[step.state]
        state = words.say(f"cli.step.{step.state}", self.lang)
        rest = "   ".join(x for x in (state, self._counts(step), self._seconds(step)) if x)
        return Text.assemble((f"  {sign} ", style), f"{step.stage:<12}{rest}")

    def _counts(self, step: Step | None) -> str:
        notes: dict[str, Any] = dict(step.notes) if step else {}
        said = []
        for note, key in (("rows", "rows"), ("refused", "refused"), ("persons", "persons")):
            if notes.get(note):
                said.append(self._say_number(f"cli.{key}", notes[note]))
        if "tables" in notes and isinstance(notes["tables"], int):
            said.append(self._say_number("cli.tables", notes["tables"]))
        if "cells" in notes:
            said.append(
                words.say(
                    "cli.cells",
                    self.lang,
                    n=words.number(notes["cells"], self.lang),
                    hidden=words.number(notes.get("hidden", 0), self.lang),
                )
            )
        return ", ".join(said)

    def _say_number(self, key: str, n: float) -> str:
        return words.say(key, self.lang, n=words.number(n, self.lang))

    def _seconds(self, step: Step | None) -> str:
        if step is None or step.state == "running":
            return ""
        return words.say(
            "cli.seconds", self.lang, n=words.number(step.seconds, self.lang, decimals=1)
        )
