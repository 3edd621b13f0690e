from __future__ import annotations

import pytest

from aiqyn.report.html.anchors import anchors, boxes

LANGUAGES = ("kk", "ru", "en")


def chapter_of(page, lang, chapter_id):
    return next(page(lang).all("section", id=chapter_id))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_in_a_sentence_leads_to_a_box_in_the_same_chapter(page, lang):
    for chapter in page(lang).all("section"):
        ids = {e.attributes["id"] for e in chapter.all() if "id" in e.attributes}
        for link in chapter.all("a", class_="number"):
            assert link.attributes["href"][1:] in ids


def test_the_address_to_cite_is_the_first_box(samal):
    found = anchors(samal.chapters)
    assert found["opening", "V-017"] == "n-V-017"
    assert found["victims", "V-017"] == "n-V-017-victims"


def test_a_number_has_one_box_in_a_chapter_and_key_figures_come_first(samal):
    opening = samal.chapters[0]
    homes = boxes(opening)
    assert homes[0] == ()  # the message names them first, the key figures under it hold them
    assert homes[1] == ("V-001", "H-001", "V-017", "J-003")


def test_an_opened_number_says_all_that_it_hangs_on(page):
    box = next(chapter_of(page, "en", "opening").all("div", id="n-V-017"))
    assert "27% (95% uncertainty interval: 23–31%)" in box.text
    assert "111 of 412" in box.text
    assert "Palermo Protocol, art. 3" in box.text
    assert "Wilson (1927)" in box.text
    assert "2a7f…c1 · 231 rows" in box.text
    assert "two regions began screening" in box.text.lower()
    assert "2025.1, edition 1" in box.text
    assert "report.en.html#n-V-017" in box.text


def test_each_key_figure_says_its_interval_and_what_it_is_not(page):
    cards = list(chapter_of(page, "en", "opening").all("div", class_="card"))
    assert len(cards) == 4
    for card in cards:
        assert "What this is not" in card.text
        assert "95% uncertainty interval" in card.text
    assert "398–427" in cards[0].text


def test_an_estimate_is_marked_otherwise_than_a_count(page):
    counted, estimated, *_ = chapter_of(page, "en", "opening").all("svg", class_="interval")
    assert next(counted.all("circle", class_="dot"))
    assert not list(estimated.all("circle"))
    assert "estimated" in estimated.attributes["class"]


def test_numbers_are_written_as_the_language_writes_them(page):
    values = {
        lang: [s.text for s in chapter_of(page, lang, "opening").all("span", class_="value")]
        for lang in LANGUAGES
    }
    # The reader of the tree folds a no-break space into a space.
    assert values["kk"] == ["412", "2 060", "27%", "14,2"]
    assert values["ru"] == ["412", "2 060", "27 %", "14,2"]
    assert values["en"] == ["412", "2,060", "27%", "14.2"]
