"""The report's words in one language as runs: plain text, and numbers that have a note.

A run is a string, or ``{"text": "27%", "note": "victims/V-017"}``. The template prints the string
as it is and sets the note at the foot of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from string import Formatter
from typing import Any

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.charts.lettering import capital
from aiqyn.report.model import Number, ReportModel, Sentence, State
from aiqyn.report.pdf.letters import printable

Run = str | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Speech:
    """Who speaks: the model, its language, and the chapter that the notes belong to."""

    model: ReportModel
    lang: str
    chapter: str = ""

    def within(self, chapter: str) -> Speech:
        """The same words in another chapter."""
        return replace(self, chapter=chapter)

    def say(self, key: str, **slots: object) -> str:
        """A sentence of the report's own furniture."""
        return printable(words.say(key, self.lang, **slots))

    def label(self, code_list: str, code: str) -> str:
        """The label of a code."""
        return printable(voice.label(code_list, code, self.lang, self.model))

    def plain(self, sentence: Sentence) -> str:
        """The sentence without notes: for headings, bookmarks and alt texts."""
        return printable(_dashed(voice.text(sentence, self.lang, self.model)))

    def runs(self, sentence: Sentence) -> list[Run]:
        """The sentence as runs; a number that it names twice has its note behind the last."""
        parts = voice.parts(sentence, self.lang, self.model)
        later = [{part.number for part in parts[place + 1 :]} for place in range(len(parts))]
        return [
            part.text if part.number in after and part.number else self._run(part)
            for part, after in zip(parts, later, strict=True)
        ]

    def sentences(self, sentences: Iterable[Sentence]) -> list[Run]:
        """Sentences one after another."""
        found: list[Run] = []
        for sentence in sentences:
            found += [" ", *self.runs(sentence)] if found else self.runs(sentence)
        return found

    def titled_number(self, number: Number) -> list[Run]:
        """The number with its title before it and its note behind it."""
        name = self.plain(number.title) if number.title else number.id
        slots: dict[str, Run] = {"title": capital(name), "value": self.number(number.id)}
        template = Formatter().parse(words.say_raw("page.origin.title", self.lang))
        pairs = ((text, slots.get(slot or "")) for text, slot, _, _ in template)
        return [run for pair in pairs for run in pair if run]

    def number(self, id_: str) -> Run:
        """A number with its note."""
        text = printable(voice.shown(self.model.numbers[id_], self.lang, self.model))
        return {"text": text, "note": f"{self.chapter}/{id_}"}

    def unit(self, number: Number) -> str:
        """The unit after the number, in the form that the number asks for."""
        return voice.unit(number, self.lang)

    def state_words(self, state: State) -> str:
        """The words behind the sign of a state."""
        return printable(voice.state_words(state, self.lang, self.model))

    def interval_name(self, number: Number) -> str:
        """What the number's interval is called."""
        return voice.interval_name(number, self.lang)

    def _run(self, part: voice.Part) -> Run:
        if part.number is not None:
            return {"text": printable(part.text), "note": f"{self.chapter}/{part.number}"}
        return printable(_dashed(part.text))


def _dashed(text: str) -> str:
    """A dash never opens a line."""
    return text.replace(" –", f"{words.NO_BREAK}–").replace(" —", f"{words.NO_BREAK}—")


def bare(runs: Iterable[Run]) -> str:
    """The runs as one string, without their notes."""
    return "".join(run if isinstance(run, str) else run["text"] for run in runs)
