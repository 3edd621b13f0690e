"""Missing information is never a "no"; a settled absence beats a gap."""

# ruff: noqa: E501  (a rule is one line, however many definitions it asks)

from __future__ import annotations

from collections.abc import Callable

Rules = Callable[..., None]


def test_what_is_not_recorded_is_unknown(rules: Rules) -> None:
    rules("""
        age | acts        | means | purposes      → palermo                     | kz                    | eu
        29  | harbouring  | —     | forced_labour → unknown: means              | trafficking           | unknown: means
        29  | —           | force | forced_labour → unknown: act                | unknown: act          | unknown: act
        29  | recruitment | force | —             → unknown: purpose            | unknown: purpose      | unknown: purpose
        29  | —           | —     | forced_labour → unknown: act, means         | unknown: act          | unknown: act, means
        29  | —           | —     | —             → unknown: act, means, purpose | unknown: act, purpose | unknown: act, means, purpose
        12  | —           | —     | forced_labour → unknown: act                | unknown: act          | unknown: act
        12  | —           | —     | —             → unknown: act, purpose       | unknown: act, purpose | unknown: act, purpose
        —   | —           | —     | —             → unknown: act, means, purpose, age | unknown: act, purpose | unknown: act, means, purpose, age
    """)


def test_a_settled_absence_beats_a_gap(rules: Rules) -> None:
    rules("""
        age | acts        | means | purposes      → palermo                     | kz                     | eu                          | us
        29  | —           | none  | forced_labour → not shown: means            | unknown: act           | not shown: means            | not shown: means
        29  | —           | none  | —             → not shown: means            | unknown: act, purpose  | not shown: means            | not shown: means
        29  | recruitment | —     | none          → not shown: purpose          | not shown: purpose     | not shown: purpose          | not shown: purpose
        29  | recruitment | none  | —             → not shown: means            | unknown: purpose       | not shown: means            | not shown: means
        29  | none        | —     | —             → not shown: act              | not shown: act         | not shown: act              | not shown: act
        29  | none        | none  | —             → not shown: act, means       | not shown: act         | not shown: act, means       | not shown: act, means
        29  | recruitment | none  | none          → not shown: means, purpose   | not shown: purpose     | not shown: means, purpose   | not shown: means, purpose
        29  | none        | none  | none          → not shown: act, means, purpose | not shown: act, purpose | not shown: act, means, purpose | not shown: act, means, purpose
    """)


def test_a_form_that_is_not_known_comes_before_anything_that_is_absent(rules: Rules) -> None:
    rules("""
        age | acts        | means | purposes      → palermo          | us
        29  | recruitment | none  | organ_removal → not shown: means | not covered
        29  | none        | none  | organ_removal → not shown: act, means | not covered
        29  | —           | —     | organ_removal → unknown: act, means   | not covered
        29  | recruitment | none  | surrogacy     → not covered      | not covered
        29  | —           | —     | surrogacy     → not covered      | not covered
        29  | none        | —     | surrogacy     → not covered      | not covered
    """)


def test_the_word_unknown_leaves_an_element_open(rules: Rules) -> None:
    rules("""
        age | acts                  | means                            | purposes            → palermo          | us
        29  | recruitment           | unknown                          | forced_labour       → unknown: means   | unknown: means
        29  | recruitment           | abuse_of_vulnerability + unknown | forced_labour       → trafficking      | unknown: means
        29  | recruitment           | abuse_of_vulnerability           | forced_labour       → trafficking      | not shown: means
        29  | recruitment           | force                            | surrogacy + unknown → unknown: purpose | unknown: purpose
        29  | recruitment + unknown | force                            | forced_labour       → trafficking      | trafficking
        29  | recruitment           | force                            | other               → unknown: purpose | unknown: purpose
    """)


def test_each_means_of_palermo_is_enough_alone_and_the_us_knows_five(rules: Rules) -> None:
    rules("""
        age | acts        | means                  | purposes      → palermo     | eu          | us
        33  | recruitment | force                  | forced_labour → trafficking | trafficking | trafficking
        33  | recruitment | coercion               | forced_labour → trafficking | trafficking | trafficking
        33  | recruitment | abduction              | forced_labour → trafficking | trafficking | trafficking
        33  | recruitment | fraud                  | forced_labour → trafficking | trafficking | trafficking
        33  | recruitment | deception              | forced_labour → trafficking | trafficking | trafficking
        33  | recruitment | abuse_of_power         | forced_labour → trafficking | trafficking | not shown: means
        33  | recruitment | abuse_of_vulnerability | forced_labour → trafficking | trafficking | not shown: means
        33  | recruitment | payment_to_controller  | forced_labour → trafficking | trafficking | not shown: means
        33  | recruitment | abuse_of_power + fraud | forced_labour → trafficking | trafficking | trafficking
    """)


def test_each_act_is_enough_alone(rules: Rules) -> None:
    rules("""
        age | acts           | means | purposes      → palermo        | kz          | eu             | us
        33  | recruitment    | force | forced_labour → trafficking    | trafficking | trafficking    | trafficking
        33  | transportation | force | forced_labour → trafficking    | trafficking | trafficking    | trafficking
        33  | transfer       | force | forced_labour → trafficking    | trafficking | trafficking    | trafficking
        33  | harbouring     | force | forced_labour → trafficking    | trafficking | trafficking    | trafficking
        33  | receipt        | force | forced_labour → trafficking    | trafficking | trafficking    | trafficking
        33  | sale           | force | forced_labour → trafficking    | trafficking | trafficking    | trafficking
        33  | exploitation   | force | forced_labour → not shown: act | trafficking | not shown: act | trafficking
    """)
