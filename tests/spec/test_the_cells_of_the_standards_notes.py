"""The cases that the sources themselves decide: same facts, four laws.

Sources: Palermo Protocol art. 3; Criminal Code of Kazakhstan arts. 128, 135 with Supreme Court
resolution No. 7 of 2012, para. 2; Directive 2011/36/EU with 2024/1712; 22 USC 7102(11).
"""

# ruff: noqa: E501  (a rule is one line, however many definitions it asks)

from __future__ import annotations

from collections.abc import Callable

Rules = Callable[..., None]


def test_an_adult_recruited_by_deceit_for_forced_labour_is_trafficked_everywhere(
    rules: Rules,
) -> None:
    rules("""
        age | acts        | means     | purposes      → palermo     | kz          | eu          | us
        30  | recruitment | deception | forced_labour → trafficking | trafficking | trafficking | trafficking
        30  | recruitment | fraud     | forced_labour → trafficking | trafficking | trafficking | trafficking
    """)


def test_an_adult_recruited_without_means_for_prostitution_is_trafficked_only_in_kazakhstan(
    rules: Rules,
) -> None:
    rules("""
        age | acts        | means | purposes     → palermo          | kz          | eu               | us
        25  | recruitment | none  | prostitution → not shown: means | trafficking | not shown: means | not shown: means
        18  | receipt     | none  | prostitution → not shown: means | trafficking | not shown: means | not shown: means
    """)


def test_a_newborn_sold_for_no_exploitation_is_article_135_and_nothing_else(rules: Rules) -> None:
    rules("""
        age | acts | means | purposes → palermo            | kz          | eu                 | us
        0   | sale | none  | none     → not shown: purpose | trafficking | not shown: purpose | not shown: purpose
        0   | sale | —     | none     → not shown: purpose | trafficking | not shown: purpose | not shown: purpose
    """)


def test_a_newborn_sold_for_illegal_adoption_counts_in_kazakhstan_and_in_the_eu_since_2024(
    rules: Rules,
) -> None:
    rules("""
        age | acts | means | purposes         → palermo     | kz          | eu          | us
        0   | sale | none  | illegal_adoption → not covered | trafficking | trafficking | not covered
        4   | sale | none  | illegal_adoption → not covered | trafficking | trafficking | not covered
    """)


def test_a_kidney_taken_by_abuse_of_need_is_not_known_to_the_us_act(rules: Rules) -> None:
    rules("""
        age | acts           | means                  | purposes      → palermo     | kz          | eu          | us
        31  | transportation | abuse_of_vulnerability | organ_removal → trafficking | trafficking | trafficking | not covered
        31  | transportation | deception              | organ_removal → trafficking | trafficking | trafficking | not covered
    """)


def test_a_girl_of_17_in_commercial_sex_whom_nobody_forced_is_trafficked_everywhere(
    rules: Rules,
) -> None:
    rules("""
        age | acts        | means | purposes     → palermo     | kz          | eu          | us
        17  | recruitment | none  | prostitution → trafficking | trafficking | trafficking | trafficking
        17  | harbouring  | —     | prostitution → trafficking | trafficking | trafficking | trafficking
    """)


def test_a_woman_married_by_threat_and_kept_in_servitude_is_trafficked_by_the_servitude(
    rules: Rules,
) -> None:
    rules("""
        age | acts    | means    | purposes                    → palermo     | kz          | eu          | us
        22  | receipt | coercion | forced_marriage + servitude → trafficking | trafficking | trafficking | trafficking
        22  | receipt | coercion | servitude                   → trafficking | trafficking | trafficking | trafficking
    """)


def test_forced_marriage_alone_is_named_only_by_the_eu(rules: Rules) -> None:
    """Palermo by a reading (servile marriage), see docs/decisions/0003."""
    rules("""
        age | acts    | means    | purposes        → palermo     | kz          | eu          | us
        22  | receipt | coercion | forced_marriage → trafficking | not covered | trafficking | not covered
    """)


def test_an_adult_forced_to_pick_pockets_by_threats_is_trafficked(rules: Rules) -> None:
    rules("""
        age | acts        | means    | purposes                           → palermo     | kz          | eu          | us
        28  | recruitment | coercion | forced_criminality                 → trafficking | trafficking | trafficking | trafficking
        28  | recruitment | coercion | forced_criminality + forced_labour → trafficking | trafficking | trafficking | trafficking
    """)


def test_surrogacy_under_coercion_is_named_only_by_the_eu(rules: Rules) -> None:
    rules("""
        age | acts        | means    | purposes  → palermo     | kz          | eu          | us
        27  | recruitment | coercion | surrogacy → not covered | not covered | trafficking | not covered
    """)
