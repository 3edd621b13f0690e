"""The law of the day: what a definition asked for then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.standard.definitions import definition

Rules = Callable[..., None]


def test_three_forms_count_in_the_eu_from_14_july_2024(rules: Rules) -> None:
    lines = """
        age | acts     | means    | purposes         → eu
        2   | sale     | none     | illegal_adoption → {0}
        27  | receipt  | coercion | surrogacy        → {0}
        27  | receipt  | coercion | forced_marriage  → {0}
        27  | receipt  | coercion | forced_begging   → trafficking
        2   | sale     | none     | none             → not shown: purpose
    """
    rules(lines.format("not covered"), on=date(2024, 7, 13))
    rules(lines.format("trafficking"), on=date(2024, 7, 14))
    rules(lines.format("trafficking"))


def test_a_marriage_in_servitude_counted_in_the_eu_before_it_was_named(rules: Rules) -> None:
    rules(
        """
        age | acts    | means    | purposes                    → eu
        27  | receipt | coercion | forced_marriage + servitude → trafficking
        """,
        on=date(2015, 1, 1),
    )


def test_kazakhstan_asked_for_the_same_before_2015_under_other_numbers(rules: Rules) -> None:
    lines = """
        age | acts        | means | purposes      → kz
        0   | sale        | none  | none          → trafficking
        25  | recruitment | none  | prostitution  → trafficking
        25  | recruitment | force | none          → not shown: purpose
        25  | recruitment | force | surrogacy     → not covered
    """
    for day in (date(2010, 1, 1), date(2014, 12, 31), date(2015, 1, 1), date(2025, 1, 1)):
        rules(lines, on=day)
    assert "133" in definition("kz", date(2014, 12, 31)).citation("minor")
    assert "135" in definition("kz", date(2015, 1, 1)).citation("minor")


def test_a_day_before_the_first_text_is_refused_and_not_answered_with_a_later_law() -> None:
    for name, day in (
        ("palermo", date(2003, 12, 24)),
        ("kz", date(2005, 1, 1)),
        ("eu", date(2011, 4, 14)),
        ("us", date(2000, 10, 27)),
    ):
        with pytest.raises(AnswerRefused) as refused:
            definition(name, day)
        assert refused.value.code == "DEFINITION-002"


def test_the_family_of_offences_changes_with_the_code() -> None:
    kz = definition("kz")
    on_2014 = {o.article for o in kz.related(date(2014, 6, 1))}
    on_2020 = {o.article for o in kz.related(date(2020, 6, 1))}
    on_2026 = {o.article for o in kz.related(date(2026, 1, 1))}
    assert on_2014 == {"128", "132-1", "133", "270"}
    assert on_2020 == {"116", "125", "126", "128", "134", "135", "308", "309"}
    assert on_2026 == on_2020 | {"125-1"}
    assert "113" not in on_2026


def test_the_old_articles_name_what_they_became() -> None:
    became = {o.article: o.becomes for o in definition("kz").related(date(2014, 6, 1))}
    assert became == {"128": "128", "133": "135", "132-1": "134", "270": "308"}
