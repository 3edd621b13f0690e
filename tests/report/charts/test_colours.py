"""A colour belongs to a code; found and estimated never look alike; contrasts by WCAG 2.2."""

from __future__ import annotations

import pytest

from aiqyn.report.charts import draw
from aiqyn.report.charts.palette import palette

WHITE = "#FFFFFF"


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def scales(part):
    """Every colour or shape scale of a specification, in order."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("color", "shape") and isinstance(value, dict) and value.get("scale"):
                yield key, value["scale"]
            yield from scales(value)
    elif isinstance(part, list):
        for value in part:
            yield from scales(value)


@pytest.mark.parametrize("kind", ["small_multiples", "pyramid"])
def test_a_code_keeps_its_colour_in_every_language(drawings, kind):
    seen = [list(scales(drawings[kind, lang, "page"].spec)) for lang in ("kk", "ru", "en")]
    assert seen[0]
    assert seen[0] == seen[1] == seen[2]
    for _, scale in seen[0]:
        assert len(scale["domain"]) == len(scale["range"])


def test_a_form_keeps_its_colour_when_other_forms_are_missing(model, charts):
    chart = charts["small_multiples"]
    rows = tuple(row for row in chart.rows if row["form_group"] in ("marriage", "labour"))
    fewer = type(chart)(chart.id, chart.kind, chart.title, None, chart.alt, rows)
    found = dict(scales(draw(fewer, model, "ru").spec))["color"]
    assert dict(zip(found["domain"], found["range"], strict=True)) == {
        "labour": "#0E6E78",
        "marriage": "#B84A3A",
    }


def test_found_and_estimated_differ_in_colour_shape_filling_and_dash():
    found, estimated = (palette()["series"][name] for name in ("found", "estimated"))
    assert all(found[part] != estimated[part] for part in ("colour", "shape", "filled", "dash"))


def test_each_form_has_a_shape_of_its_own():
    shapes = [form["shape"] for form in palette()["form_group"].values()]
    assert len(set(shapes)) == len(shapes) == 6


@pytest.mark.parametrize("role", ["ink", "ink_2", "petrol", "ochre_text", "brick"])
def test_words_can_be_read(role):
    assert contrast(palette()["role"][role], WHITE) >= 4.5


def test_marks_can_be_seen():
    marks = [form["colour"] for form in palette()["form_group"].values()]
    marks += [sex["colour"] for sex in palette()["sex"].values()]
    marks += [palette()["role"]["ochre_mark"], palette()["role"]["axis"]]
    assert all(contrast(mark, WHITE) >= 3 for mark in marks)


def test_the_value_in_a_tile_can_be_read_on_every_shade():
    sequence = palette()["sequence"]
    for fill, text in zip(sequence["fill"], sequence["text"], strict=True):
        assert contrast(fill, text) >= 4.5


def test_whiskers_can_be_seen_on_the_bars_of_the_pyramid():
    ink = palette()["role"]["ink"]
    assert all(contrast(sex["colour"], ink) >= 3 for sex in palette()["sex"].values())
