"""The article's figures on small tables whose answers can be worked out by hand."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn import words
from aiqyn.errors import InputRefused
from aiqyn.profiles.figures import Figure, figures
from aiqyn.profiles.figures.bounds import Sum, share
from aiqyn.profiles.figures.statements import article

SCHEMA = {
    "country": pl.String,
    "indicator": pl.String,
    "dimension": pl.String,
    "form_group": pl.String,
    "sex": pl.String,
    "age_group": pl.String,
    "year": pl.Int64,
    "value": pl.Int64,
    "low": pl.Int64,
    "high": pl.Int64,
}


def cell(n, sex="_all", age="_all", country="AAA", indicator="detected_victims", form="_all",
         dimension="total", year=2018):  # fmt: skip
    value, low, high = (None, 0, 4) if n == "<5" else (n, n, n)
    return (country, indicator, dimension, form, sex, age, year, value, low, high)


def table(*cells) -> pl.DataFrame:
    return pl.DataFrame(list(cells), schema=SCHEMA, orient="row")


def four(women, girls, men, boys, **about) -> list:
    return [
        cell(women, "female", "18+", **about),
        cell(girls, "female", "0-17", **about),
        cell(men, "male", "18+", **about),
        cell(boys, "male", "0-17", **about),
    ]


def figure(counts: pl.DataFrame, name: str, country: str | None = None) -> Figure:
    return next(f for f in figures(counts, country) if f.id == name)


def test_five_women_of_ten_are_five_of_ten():
    found = figure(table(*four(50, 20, 20, 10)), "women_per_ten_2018")
    assert (found.computed, found.low, found.high) == (5, 5, 5)
    assert found.verdict == "agrees"
    assert (found.basis.persons, found.basis.countries) == (100, 1)


def test_fewer_than_five_counts_as_two_and_spans_zero_to_four():
    found = figure(table(*four(96, "<5", 0, "<5")), "girls_per_ten_2018")
    assert found.computed == pytest.approx(10 * 2 / 100)
    assert found.low == pytest.approx(0)
    assert found.high == pytest.approx(10 * 4 / 100)  # four girls of 96 + 4 + 0


def test_bounds_wider_than_five_points_decide_nothing():
    found = figure(table(*four(20, "<5", 20, "<5")), "men_share_2018")
    assert found.high - found.low > 0.05
    assert found.verdict == "cannot_be_computed"


def test_a_country_that_prints_no_sex_cannot_be_asked_about_sex():
    counts = table(*four(50, 20, 20, 10), cell(88, country="KAZ"))
    found = figure(counts, "women_per_ten_2018", "KAZ")
    assert (found.computed, found.low, found.high) == (None, None, None)
    assert found.verdict == "cannot_be_computed"
    assert found.basis.countries == 0
    assert "KAZ" in found.why("en")


def test_a_part_that_is_not_printed_is_not_a_part_of_zero():
    found = figure(table(cell(40, "male", "18+")), "women_per_ten_2018")
    assert found.computed is None


def test_a_country_cannot_be_asked_how_many_countries_report():
    found = figure(table(cell(88, country="KAZ", year=2015)), "countries_reporting", "KAZ")
    assert found.verdict == "cannot_be_computed"


def test_countries_are_counted_by_their_totals_of_2014_to_2016():
    counts = table(
        cell(9, country="AAA", year=2014), cell(9, country="AAA", year=2016),
        cell("<5", country="BBB", year=2015), cell(9, country="CCC", year=2017),
    )  # fmt: skip
    found = figure(counts, "countries_reporting")
    assert found.computed == 2
    assert found.verdict == "differs"


def test_rows_of_one_cell_add_up_and_the_other_reading_is_shown():
    counts = table(
        *(cell(n, form=form, dimension="form") for form, n in
          [("sexual", 50), ("labour", 30), ("other", 15), ("other", 5)])
    )  # fmt: skip
    found = figure(counts, "sexual_share_2018")
    assert found.computed == pytest.approx(0.50)
    assert found.basis.largest_row_only == pytest.approx(50 / 95)


def test_only_the_twelve_states_count_as_eastern_europe_and_central_asia():
    counts = table(
        cell(80, "female", country="UZB", indicator="convicted"),
        cell(20, "male", country="UZB", indicator="convicted"),
        cell(500, "male", country="EST", indicator="convicted"),
    )
    found = figure(counts, "eeca_convicted_women_2018")
    assert found.computed == pytest.approx(0.8)
    assert found.counted == "persons"


def test_a_growth_must_be_above_zero_whatever_the_small_cells_hold():
    grown = [*four(40, 10, 40, 10, year=2007), *four(40, 10, 30, 20, year=2018)]
    assert figure(table(*grown), "boys_faster_than_girls").verdict == "agrees"
    same = [*four(40, 10, 40, 10, year=2007), *four(40, 10, 40, 10, year=2018)]
    assert figure(table(*same), "boys_faster_than_girls").verdict == "differs"


def test_a_country_that_is_not_in_the_file_is_refused():
    with pytest.raises(InputRefused) as refused:
        figures(table(cell(1)), "XXX")
    assert refused.value.code == "FIGURES-002"
    assert refused.value.mend("kk")


def test_every_figure_of_the_contract_is_there():
    wanted = {
        "women_per_ten_2018", "girls_per_ten_2018", "children_share_2018", "men_share_2018",
        "sexual_share_2018", "children_trend", "prosecuted_women_2018", "convicted_boys_2018",
        "eeca_convicted_women_2018", "countries_reporting", "organ_removal",
    }  # fmt: skip
    assert wanted <= {statement.id for statement in article().figures}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_each_figure_has_its_words_in_each_language(lang):
    for found in figures(table(*four(50, 20, 20, 10))):
        assert found.title(lang)
        assert found.why(lang)
        words.say(f"figure.{found.id}.why", lang, **_any_slots())
        assert words.has(f"figure.verdict.{found.verdict}", lang)


def test_the_catalogue_has_the_same_slots_in_all_languages():
    import re

    for key in (k for k in words.keys("en") if k.startswith(("figure.", "FIGURES-"))):
        slots = {
            lang: sorted(set(re.findall(r"{(\w+)}", words._forms(lang)[key])))
            for lang in words.LANGUAGES
        }
        assert slots["kk"] == slots["ru"] == slots["en"], key


SMALL_CELLS = st.lists(st.one_of(st.just("<5"), st.integers(5, 40)), min_size=1, max_size=2)


@given(SMALL_CELLS, SMALL_CELLS, SMALL_CELLS)
def test_the_bounds_are_those_of_trying_every_value(part, less, rest):
    def tried(cells):
        return product(*(range(5) if c == "<5" else [c] for c in cells))

    ratios = [
        (sum(p) - sum(q)) / (sum(p) + sum(q) + sum(r))
        for p in tried(part) for q in tried(less) for r in tried(rest)
        if sum(p) + sum(q) + sum(r)
    ]  # fmt: skip
    found = share(_summed(part), _summed(rest), _summed(less))
    if found is None:
        assert {*part, *less, *rest} == {"<5"}
        return
    assert found.low == pytest.approx(min(ratios))
    assert found.high == pytest.approx(max(ratios))
    assert found.low <= found.value <= found.high


def _summed(cells) -> Sum:
    low, value, high = (sum(n if c == "<5" else c for c in cells) for n in (0, 2, 4))
    return Sum(low, value, high)


def _any_slots() -> dict[str, str]:
    names = {name for statement in article().figures for name in statement.also}
    fixed = {"computed", "low", "high", "stated", "n", "countries", "small", "largest", "country"}
    return dict.fromkeys(names | fixed, "1")
