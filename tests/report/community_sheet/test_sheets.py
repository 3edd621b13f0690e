"""The page for a community: cleared numbers alone, three languages, nobody's own data."""

from __future__ import annotations

import csv
import re

import numpy as np
import pytest

from aiqyn import words
from aiqyn.disclosure import load_rules
from aiqyn.observatory.where_to_act.answer import where_to_act
from aiqyn.prevention.factors.invented import World, invented
from aiqyn.prevention.where_to_act import rank_areas
from aiqyn.report.community_sheet import Where, sheet_html

SEED = 1
HEADS = ("area", "period", "persons", "population", "detection", "low", "high")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Counts of an invented country; the areas A000 and A001 have a few persons a year."""
    place = tmp_path_factory.mktemp("where")
    o = invented(World(areas=10), np.random.default_rng(SEED))
    rng = np.random.default_rng(2)
    with (place / "measured.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADS)
        for area, period, n, people, share in zip(
            o.area, o.period, o.persons, o.residents, o.detection, strict=True
        ):
            few = int(rng.integers(1, 4)) if area < 2 else int(n)
            out.writerow([o.areas[area], o.periods[period], few, int(people), *share])
    return place


@pytest.fixture(scope="module")
def where(folder):
    return where_to_act(folder, seed=SEED)


def test_an_attack_on_the_printed_counts_opens_nothing(where):
    assert where.openings == 0


def test_areas_whose_counts_are_hidden_have_no_place_and_say_why(where):
    assert set(where.ranking.value.not_ranked) >= {"A000", "A001"}
    assert not {a.code for a in where.areas} & {"A000", "A001"}


def test_hidden_counts_do_not_move_the_page(folder, tmp_path, where):
    """With other numbers under the same marks every page stays as it is, letter for letter."""
    small = range(1, load_rules().threshold)
    text = (folder / "measured.csv").read_text(encoding="utf-8")
    lines = [line.split(",") for line in text.splitlines()]
    hidden = [line for line in lines if line[0] in ("A000", "A001")]
    assert all(int(line[2]) in small for line in hidden)
    for one, other in zip(hidden[:8], hidden[8:], strict=True):
        one[2], other[2] = other[2], one[2]  # A000 and A001 exchange their small counts
    assert [line[2] for line in hidden[:8]] != [line[2] for line in hidden[8:]]
    (tmp_path / "measured.csv").write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    again = where_to_act(tmp_path, seed=SEED)
    assert again.ranking.value == where.ranking.value


def test_a_ranking_that_was_not_cleared_cannot_be_printed(where):
    bare = rank_areas(invented(World(), np.random.default_rng(1)))
    with pytest.raises(TypeError):
        Where(bare, {}, {}, invented=True, openings=0, threshold=5)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_page_is_whole_in_each_language(where, lang):
    area = where.areas[0]
    page = sheet_html(where, area.code, lang)
    assert f'<html lang="{lang}">' in page
    assert page.count("<h1>") == 1
    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert words.say("where.not.persons", lang) in page
    assert page.count('role="img"') == 2  # wide, and for a phone
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_chart_has_the_order_of_the_codes_and_not_of_the_numbers(where):
    page = sheet_html(where, where.areas[3].code, "en")
    svg = page[page.index("<svg") : page.index("</svg>")]
    found = re.findall(r">(A\d{3})<", svg)
    assert found == sorted(found)


def test_the_verb_writes_a_page_for_each_area_and_language(folder, tmp_path, typed):
    told = typed("where", folder, "--sheets", tmp_path / "out", "--seed", SEED, "--json")
    answer = told.json
    assert (told.code, answer["openings"]) == (0, 0)
    assert len(answer["sheets"]) == 3 * len(answer["areas"])
    first = answer["areas"][0]
    assert {"expected", "lo95", "hi95", "rank_low", "rank_high", "tier", "groups"} <= set(first)
    assert first["rank_low"] <= first["rank_high"]


def test_a_folder_without_counts_is_refused(tmp_path, typed):
    told = typed("where", tmp_path)
    assert told.code == 3
    assert "PREV-059" in told.err
