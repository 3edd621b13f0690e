"""The note at the foot of the page: what the web page opens behind a number, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.charts.lettering import capital
from aiqyn.report.model import Number, Sentence
from aiqyn.report.pdf.letters import printable
from aiqyn.report.pdf.speech import Speech
from aiqyn.report.sources import short_hash

SHORT = 60  # letters; what is longer is said once a chapter, and referred to after that
FEW = 6  # files that a note names one by one; more are counted, and listed in the report's tables


Said = dict[tuple[str, str], int]  # (chapter, text) -> the number of the note that said it


def notes(keys: Sequence[str], speech: Speech) -> dict[str, dict[str, str]]:
    """The notes of ``chapter/number`` keys, in the order in which the page numbers them."""
    said: Said = {}
    made = {}
    for place, key in enumerate(keys, start=1):
        chapter, _, id_ = key.partition("/")
        made[key] = note(speech.model.numbers[id_], speech.within(chapter), said, place)
    return made


def note(number: Number, speech: Speech, said: Said, place: int) -> dict[str, str]:
    """The note of `number`: its bold head and its text, the id last.

    What an earlier note of the chapter said at length is not said again: see note 1.
    """
    body = (piece for piece in _pieces(number, speech, said, place) if piece)
    return {"head": _head(number, speech), "body": " ".join(map(_ended, body))}


def _head(number: Number, speech: Speech) -> str:
    name = capital(speech.plain(number.title)) if number.title else number.id
    return _ended(speech.say("page.origin.title", title=name, value=_value(number, speech)))


def _value(number: Number, speech: Speech) -> str:
    if number.state in voice.ABSENT:
        return speech.state_words(number.state)
    value = voice.shown(number, speech.lang, speech.model)
    shown = " ".join(filter(None, (value, speech.unit(number))))
    interval = voice.shown_interval(number, speech.lang)
    if interval is None:
        return shown
    name = speech.interval_name(number)
    return speech.say("page.origin.value_interval", value=shown, name=name, interval=interval)


def _pieces(number: Number, speech: Speech, said: Said, place: int) -> Iterator[str]:
    if number.counted is not None:
        part, whole = (words.number(n, speech.lang) for n in number.counted)
        counted = speech.say("page.origin.counted_text", part=part, whole=whole)
        yield _named("counted", counted, speech)
    yield from _said((number.definition, number.filter, number.method), speech)
    yield _named("not_known", ". ".join(_said((number.not_known,), speech)), speech)
    cautions = ". ".join(_said(number.cautions, speech))
    for term, text in (("inputs", _inputs(number, speech)), ("caution", cautions)):
        first = said.setdefault((speech.chapter, text), place)
        again = first < place and len(text) > SHORT
        yield _named(term, speech.say("pdf.note.see", n=first) if again else text, speech)
    yield speech.say("page.origin.number", id=printable(number.id))


def _inputs(number: Number, speech: Speech) -> str:
    sources = [speech.model.sources[id_] for id_ in number.sources]
    if len(sources) <= FEW:
        return ", ".join(
            f"{speech.label('agency', s.agency)} {printable(short_hash(s.sha256))}" for s in sources
        )
    named = ", ".join(f"{speech.label('agency', s.agency)} ({s.files})" for s in sources)
    files = sum(source.files for source in sources)
    return printable(words.say_n("pdf.note.files", files, speech.lang, agencies=named))


def _named(term: str, text: str, speech: Speech) -> str:
    name = speech.say(f"page.origin.{term}")
    return speech.say("page.origin.title", title=name, value=text) if text else ""


def _said(sentences: tuple[Sentence | None, ...], speech: Speech) -> list[str]:
    return [capital(speech.plain(s)).rstrip(".") for s in sentences if s is not None]


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
