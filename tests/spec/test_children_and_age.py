"""Who is a child, what a child need not show, and what happens when the age is not known."""

# ruff: noqa: E501  (a rule is one line, however many definitions it asks)

from __future__ import annotations

from collections.abc import Callable

Rules = Callable[..., None]


def test_a_child_is_under_eighteen_in_every_definition(rules: Rules) -> None:
    rules("""
        age  | acts        | means | purposes     → palermo          | eu               | us
        0    | transfer    | none  | prostitution → trafficking      | trafficking      | trafficking
        17   | recruitment | none  | prostitution → trafficking      | trafficking      | trafficking
        17.9 | recruitment | none  | prostitution → trafficking      | trafficking      | trafficking
        18   | recruitment | none  | prostitution → not shown: means | not shown: means | not shown: means
    """)


def test_a_minor_needs_no_means_under_palermo_art_3c(rules: Rules) -> None:
    rules("""
        age | acts        | means | purposes       → palermo
        16  | recruitment | —     | forced_begging → trafficking
        16  | recruitment | none  | forced_begging → trafficking
        16  | recruitment | force | forced_begging → trafficking
        24  | recruitment | none  | forced_begging → not shown: means
        24  | recruitment | —     | forced_begging → unknown: means
        24  | recruitment | force | forced_begging → trafficking
    """)


def test_a_minor_needs_no_means_in_the_eu_art_2_5(rules: Rules) -> None:
    rules("""
        age | acts       | means | purposes           → eu
        15  | harbouring | —     | forced_labour      → trafficking
        15  | harbouring | none  | forced_criminality → trafficking
        15  | transfer   | —     | forced_marriage    → trafficking
        19  | transfer   | —     | forced_marriage    → unknown: means
    """)


def test_in_the_us_only_the_commercial_sex_limb_spares_a_child_the_means(rules: Rules) -> None:
    """22 USC 7102(11)(A) has "has not attained 18 years of age"; (B) has no such words."""
    rules("""
        age | acts        | means     | purposes                     → us
        17  | recruitment | none      | prostitution                 → trafficking
        17  | recruitment | none      | other_sexual                 → trafficking
        17  | recruitment | none      | pornography                  → trafficking
        17  | recruitment | none      | forced_labour                → not shown: means
        17  | recruitment | none      | forced_begging               → not shown: means
        17  | recruitment | —         | forced_labour                → unknown: means
        17  | recruitment | —         | forced_begging               → unknown: means
        17  | recruitment | coercion  | forced_begging               → trafficking
        17  | recruitment | deception | forced_labour                → trafficking
        17  | recruitment | none      | forced_labour + prostitution → trafficking
        17  | harbouring  | none      | —                            → unknown: purpose
        17  | harbouring  | —         | —                            → unknown: means, purpose
        17  | harbouring  | none      | none                         → not shown: purpose
    """)


def test_a_means_is_never_asked_for_in_kazakhstan(rules: Rules) -> None:
    rules("""
        age | acts        | means     | purposes      → kz
        17  | recruitment | none      | forced_labour → trafficking
        40  | recruitment | none      | forced_labour → trafficking
        40  | recruitment | —         | forced_labour → trafficking
        40  | recruitment | deception | forced_labour → trafficking
        —   | recruitment | none      | forced_labour → trafficking
    """)


def test_an_unknown_age_matters_only_where_it_would_change_the_verdict(rules: Rules) -> None:
    rules("""
        age | acts        | means | purposes      → palermo            | kz                 | eu                 | us
        —   | recruitment | force | prostitution  → trafficking        | trafficking        | trafficking        | trafficking
        —   | recruitment | none  | prostitution  → unknown: age       | trafficking        | unknown: age       | unknown: age
        —   | recruitment | —     | prostitution  → unknown: means, age | trafficking       | unknown: means, age | unknown: means, age
        —   | recruitment | none  | forced_labour → unknown: age       | trafficking        | unknown: age       | not shown: means
        —   | recruitment | —     | forced_labour → unknown: means, age | trafficking       | unknown: means, age | unknown: means
        —   | recruitment | force | none          → not shown: purpose | not shown: purpose | not shown: purpose | not shown: purpose
        —   | recruitment | none  | none          → not shown: purpose | not shown: purpose | not shown: purpose | not shown: purpose
        —   | none        | none  | prostitution  → not shown: act     | not shown: act     | not shown: act     | not shown: act
        —   | —           | force | prostitution  → unknown: act       | unknown: act       | unknown: act       | unknown: act
        —   | —           | none  | prostitution  → unknown: act, age  | unknown: act       | unknown: act, age  | unknown: act, age
        —   | recruitment | —     | surrogacy     → not covered        | not covered        | unknown: means, age | not covered
    """)
