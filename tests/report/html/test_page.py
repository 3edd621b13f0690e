from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from aiqyn.report.html import write_html
from aiqyn.report.model import Text, sentence

LANGUAGES = ("kk", "ru", "en")
BLOCKS = {"p", "div", "details", "dl", "ul", "ol", "table", "figure", "section", "h1", "h2", "h3"}
# Signs, names of laws and authors, and addresses stay as they are in every language.
NOT_WORDS = re.compile(
    r"[0-9a-f]{4}…[0-9a-f]{2}|[0-9a-f]{64}|report\.\w\w\.html\S*|[A-Z]+-\d+|English|TVPA|BIC|SHA-256"
    r"|Wilson|Aalen|Johansen|\S+\.(?:xlsx|csv|ods)"
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_well_nested_and_no_paragraph_holds_a_block(page, lang):
    inside_paragraphs = {e.tag for p in page(lang).all("p") for e in p.all()}
    assert not inside_paragraphs & BLOCKS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_its_language_and_has_one_main_title(page, lang):
    root = page(lang)
    assert next(root.all("html")).attributes["lang"] == lang
    assert len(list(root.all("h1"))) == 1
    assert len(list(root.all("main"))) == 1


def test_no_heading_level_is_skipped(page):
    levels = [int(e.tag[1]) for e in page("en").all() if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_language_links_name_themselves_in_their_own_language(page, lang):
    links = list(next(page(lang).all("nav", class_="languages")).all("a"))
    said = [(a.attributes["href"], a.attributes["lang"], a.text) for a in links]
    assert said == [
        ("report.kk.html", "kk", "Қазақша"),
        ("report.ru.html", "ru", "Русский"),
        ("report.en.html", "en", "English"),
    ]
    assert [a.attributes["lang"] for a in links if "aria-current" in a.attributes] == [lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_nothing_of_any_network(page, lang):
    for element in page(lang).all():
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            target = element.attributes.get(name)
            assert target is None or re.match(r"#|data:|report\.(kk|ru|en)\.html$", target), target
    style = next(page(lang).all("style")).inside[0]
    assert set(re.findall(r"url\((\w+:)", style)) == {"data:"}
    assert "@import" not in style


def test_only_the_named_script_may_run(page):
    import base64
    import hashlib

    policy = next(page("en").all("meta", **{"http-equiv": "Content-Security-Policy"}))
    (script,) = page("en").all("script")
    digest = base64.b64encode(hashlib.sha256(script.inside[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy.attributes["content"]
    assert "default-src 'none'" in policy.attributes["content"]


def test_ids_are_unique_and_every_inner_link_arrives(page):
    root = page("en")
    ids = [e.attributes["id"] for e in root.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    links = [e.attributes["href"] for e in root.all("a")]
    assert {href[1:] for href in links if href.startswith("#")} <= set(ids)


def test_an_invented_country_says_so_and_a_real_one_does_not(samal, pictures):
    real = replace(samal, meta=replace(samal.meta, invented=False))
    assert "Ел мен деректер ойдан шығарылған" in write_html(samal, "kk", pictures)
    assert "Ел мен деректер ойдан шығарылған" not in write_html(real, "kk", pictures)


def test_the_same_model_gives_the_same_bytes(samal, pictures):
    assert write_html(samal, "kk", pictures) == write_html(samal, "kk", pictures)


def test_a_text_from_a_file_cannot_become_markup(samal, pictures):
    opening = samal.chapters[0]
    evil = sentence("report.opening.line", start="", end="", published="", edition=1)
    evil = replace(evil, slots={**evil.slots, "start": Text("<script>alert(1)</script>")})
    model = replace(samal, chapters=(replace(opening, subtitle=evil), *samal.chapters[1:]))
    html = write_html(model, "en", pictures)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_english_is_left_over(page, lang):
    shown = NOT_WORDS.sub("", page(lang).text)
    assert re.findall(r"[A-Za-z]{3,}", shown) == []


def test_a_chart_without_pictures_shows_its_table_opened(samal):
    html = write_html(samal, "en", {})
    assert html.count('<details class="numbers" open>') > 0
    assert '<details class="numbers">' not in html
