"""Sentences and signs as HTML: a number in a sentence is a link to its box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.model import Number, ReportModel, Sentence, State

NO_BREAK, NO_BREAK_HYPHEN = words.NO_BREAK, "\u2011"
CODE = re.compile(r"\b([A-Z]{3,}-\d+)\b")


@dataclass(frozen=True, slots=True)
class Prose:
    """The report's words in one language, for one chapter of the page.

    Attributes
    ----------
    anchors : (chapter id, number id) -> the id of the number's box.
    chapter : id of the chapter that speaks.
    """

    model: ReportModel
    lang: str
    anchors: Mapping[tuple[str, str], str]
    chapter: str = ""

    def within(self, chapter: str) -> Prose:
        """The same words in another chapter."""
        return Prose(self.model, self.lang, self.anchors, chapter)

    def say(self, key: str, **slots: object) -> str:
        """A sentence of the page's own furniture."""
        return words.say(key, self.lang, **slots)

    def plain(self, sentence: Sentence) -> str:
        """The sentence without links: for titles, captions of tables and attributes."""
        return voice.text(sentence, self.lang, self.model)

    def label(self, code_list: str, code: str) -> str:
        """The label of a code."""
        return voice.label(code_list, code, self.lang, self.model)

    def sentence(self, sentence: Sentence) -> Markup:
        """The sentence with its numbers as links."""
        parts = voice.parts(sentence, self.lang, self.model)
        written = [self._part(part) for part in parts]
        return Markup("").join(_ranges_kept_whole(written))

    def sentences(self, sentences: Iterable[Sentence]) -> Markup:
        """Sentences one after another."""
        return Markup(" ").join(self.sentence(sentence) for sentence in sentences)

    def _part(self, part: voice.Part) -> Markup:
        if part.number is not None:
            return self.link(part.number, part.text)
        text = part.text.replace(" –", f"{NO_BREAK}–").replace(" —", f"{NO_BREAK}—")
        # An ordinal stays whole, and so does a code: 3-сурет, EST-020.
        text = NO_BREAK_HYPHEN + text[1:] if text.startswith("-") else text
        return Markup(CODE.sub(r'<span class="whole">\1</span>', str(Markup.escape(text))))

    def link(self, number_id: str, text: str | None = None) -> Markup:
        """The number (or `text`, an end of its interval) as a link to its box, where it has one."""
        number, anchor = self.model.numbers[number_id], self.anchors.get((self.chapter, number_id))
        absent = text is None or number.state in voice.ABSENT
        value = self.value(number) if absent else Markup.escape(text)
        if anchor is None:
            return value
        return Markup('<a class="number" href="#{}" title="{}">{}</a>').format(
            anchor, self.say("page.origin.ask"), value
        )

    def value(self, number: Number) -> Markup:
        """The number's value, or the sign of its state with the words behind it."""
        return self.state(number.state) or Markup.escape(voice.shown(number, self.lang, self.model))

    def large(self, number: Number) -> str:
        """The number's value as a key figure shows it."""
        return voice.shown_large(number, self.lang, self.model)

    def state(self, state: State) -> Markup | None:
        """The sign of a state that hides its value, as an abbreviation that says its words."""
        if state not in voice.ABSENT:
            return None
        written = Markup('<abbr class="state {}" title="{}">{}</abbr>')
        return written.format(state, self.state_words(state), self.sign(state))

    def sign(self, state: State) -> str:
        """The sign of a state, bare."""
        return voice.sign(state, self.model)

    def state_words(self, state: State) -> str:
        """The words behind the sign of a state."""
        return voice.state_words(state, self.lang, self.model)

    def unit(self, number: Number) -> str:
        """The unit after the number, in the form that the number asks for."""
        return voice.unit(number, self.lang)

    def interval_name(self, number: Number) -> str:
        """What the number's interval is called: a level of chance, or bounds."""
        return voice.interval_name(number, self.lang)


def _ranges_kept_whole(parts: list[Markup]) -> list[Markup]:
    """The parts, with ``low–high`` in one piece that no line break can split."""
    kept: list[Markup] = []
    for place, part in enumerate(parts):
        joins = 0 < place < len(parts) - 1 and part == words.EN_DASH
        if joins:
            kept[-1] = Markup('<span class="whole">{}{}').format(kept[-1], part)
        elif place > 1 and parts[place - 1] == words.EN_DASH:
            kept.append(Markup("{}</span>").format(part))
        else:
            kept.append(part)
    return kept
