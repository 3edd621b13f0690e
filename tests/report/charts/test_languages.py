"""Each language is whole: nothing English in Kazakh and Russian, the same keys in all three."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter
from xml.etree import ElementTree

import pytest
from babel.messages.pofile import read_po

from aiqyn import words

# What may stand in Latin letters in a Kazakh or Russian chart: the sign x, the criterion BIC,
# the name of the American act.
LATIN = {"x", "BIC", "TVPA"}


def texts(drawing):
    """Every word of the picture, its title, its description and its legend."""
    for element in ElementTree.fromstring(drawing.svg).iter():
        yield element.text or ""
    yield from (key.text for key in (*drawing.legend, *drawing.signs))
    yield drawing.legend_title
    yield drawing.alt


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_english_is_left_in_a_chart(drawings, lang):
    for (kind, language, width), drawing in drawings.items():
        if language == lang:
            plain = [re.sub(r"[A-Z]+-\d+", "", text) for text in texts(drawing)]  # codes: EST-022
            found = {w for text in plain for w in re.findall(r"[A-Za-z]+", text)}
            assert found <= LATIN, (kind, width)


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_latin_letter_hides_in_a_cyrillic_word(lang):
    own = [words.say_raw(key, lang) for key in words.keys(lang) if key.startswith("charts.")]
    mixed = re.compile(r"[А-Яа-яЁёӘ-ӿ][A-Za-z]|[A-Za-z][А-Яа-яЁёӘ-ӿ]")
    bare = [re.sub(r"\{\w+\}", " ", text) for text in own]
    assert not [text for text in bare if mixed.search(text)]


def messages(lang):
    """Key -> all forms of the room's sentences."""
    file = files("aiqyn").joinpath("data", "words", lang, "charts.po")
    with file.open("rb") as stream:
        for message in read_po(stream, locale=lang):
            if message.id:
                key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
                several = isinstance(message.string, (tuple, list))
                yield key, tuple(message.string) if several else (message.string,)


def slots(text):
    """The names of the open slots."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_three_catalogues_have_the_same_keys_and_slots():
    english = dict(messages("en"))
    for lang in ("kk", "ru"):
        own = dict(messages(lang))
        assert own.keys() == english.keys()
        for key, forms in own.items():
            assert all(forms)
            assert {frozenset(slots(f)) for f in forms} == {frozenset(slots(english[key][0]))}, key


def test_a_slot_carries_no_ending():
    glued = re.compile(r"\{\w+\}[-–]?[а-яәғқңөұүһі]", re.IGNORECASE)
    assert not [f for lang in ("kk", "ru") for _, forms in messages(lang) for f in forms
                if glued.search(f)]  # fmt: skip


@pytest.mark.parametrize(
    ("n", "russian", "kazakh"),
    [
        (1, "1 мальчик", "1-еуі – ұл бала"),
        (2, "2 мальчика", "2-еуі – ұл бала"),
        (5, "5 мальчиков", "5-еуі – ұл бала"),
        (6, "6 мальчиков", "6-ауы – ұл бала"),
        (9, "9 мальчиков", "9-ы – ұл бала"),
    ],
)
def test_persons_of_ten_are_counted_as_each_language_counts(n, russian, kazakh):
    for lang, wanted in (("ru", russian), ("kk", kazakh)):
        part = words.say(f"charts.ten_persons.part.{n}", lang)
        assert words.say_n("charts.ten_persons.boys", n, lang, part=part) == wanted
