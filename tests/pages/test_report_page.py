from __future__ import annotations

import pytest

LANGUAGES = ("kk", "ru", "en")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing(visit, lang, width):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(lang, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["impact"], v["nodes"][0]["html"][:120]) for v in found] == []


@pytest.mark.parametrize("width", [360, 640, 700, 960, 1280])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_width_scrolls_sideways(visit, lang, width):
    page = visit(lang, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_for_itself_and_nothing_else(visit, lang):
    page = visit(lang)
    page.wait_for_timeout(300)
    assert [url for url in page.asked if not url.startswith("data:")] == [page.url]
    assert page.said == []


def test_the_embedded_faces_are_the_ones_shown(visit):
    page = visit("kk")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family + f.weight)"
    )
    assert sorted(name.replace('"', "") for name in loaded) == [
        "Noto Sans400",
        "Noto Sans700",
        "Noto Serif400",
    ]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_number_in_a_sentence_opens_its_box(visit, scripts):
    page = visit("en", scripts=scripts)
    box = page.locator("#n-V-001")
    assert not box.is_visible()
    page.locator("p.message a.number").first.click()
    page.wait_for_timeout(200)
    assert box.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_where_does_this_number_come_from_opens_in_place(visit, scripts):
    page = visit("ru", scripts=scripts)
    page.locator(".figures summary").nth(2).click()
    assert page.locator("#n-V-017").is_visible()
    assert "Wilson (1927)" in page.locator("#n-V-017").inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_with_scripts_off_every_chart_and_table_can_be_read(visit, lang):
    page = visit(lang, scripts=False)
    for figure in page.locator("figure.chart").all():
        assert figure.locator(".picture.page svg").is_visible()
        table = figure.locator("table")
        if not table.is_visible():
            figure.locator("summary").click()
        assert table.is_visible()


def test_a_phone_is_given_the_charts_drawn_for_it(visit):
    page = visit("kk", width=360)
    assert page.locator(".picture.phone svg").first.is_visible()
    assert not page.locator(".picture.page svg").first.is_visible()


def test_touch_targets_are_large_enough(visit):
    page = visit("kk", width=360)
    heights = page.evaluate(
        "[...document.querySelectorAll('summary, .languages a, .contents a')]"
        ".map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 32  # px; LOOK, grid and space


def test_the_first_tab_leads_past_the_head_of_the_page(visit):
    page = visit("en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"


def test_print_shows_every_box_and_the_pictures_drawn_for_print(visit):
    page = visit("en", scripts=False)
    page.emulate_media(media="print")
    boxes = page.locator(".origin .box").all()
    assert boxes
    assert all(box.bounding_box()["height"] > 50 for box in boxes)
    assert page.locator(".picture.print svg").first.is_visible()
    assert not page.locator(".languages").is_visible()
