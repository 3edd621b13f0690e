"""A sale: an act of its own in Kazakhstan, a transfer and a receipt elsewhere."""

# ruff: noqa: E501  (a rule is one line, however many definitions it asks)

from __future__ import annotations

from collections.abc import Callable

Rules = Callable[..., None]


def test_a_sale_needs_no_purpose_and_no_means_in_kazakhstan(rules: Rules) -> None:
    rules("""
        age | acts                 | means | purposes  → kz
        30  | sale                 | none  | none      → trafficking
        30  | sale                 | —     | —         → trafficking
        3   | sale                 | —     | —         → trafficking
        —   | sale                 | —     | —         → trafficking
        30  | sale + harbouring    | none  | none      → trafficking
        30  | sale                 | none  | surrogacy → trafficking
        30  | harbouring           | none  | none      → not shown: purpose
        30  | transfer + receipt   | none  | none      → not shown: purpose
        30  | transfer             | force | —         → unknown: purpose
    """)


def test_elsewhere_a_sale_counts_as_transfer_and_receipt(rules: Rules) -> None:
    rules("""
        age | acts | means     | purposes      → palermo            | eu                 | us
        30  | sale | coercion  | prostitution  → trafficking        | trafficking        | trafficking
        30  | sale | deception | forced_labour → trafficking        | trafficking        | trafficking
        30  | sale | none      | forced_labour → not shown: means   | not shown: means   | not shown: means
        30  | sale | coercion  | none          → not shown: purpose | not shown: purpose | not shown: purpose
        30  | sale | coercion  | —             → unknown: purpose   | unknown: purpose   | unknown: purpose
        9   | sale | none      | prostitution  → trafficking        | trafficking        | trafficking
        9   | sale | none      | forced_labour → trafficking        | trafficking        | not shown: means
        9   | sale | none      | none          → not shown: purpose | not shown: purpose | not shown: purpose
        9   | sale | none      | —             → unknown: purpose   | unknown: purpose   | unknown: purpose
    """)


def test_an_act_not_recorded_may_have_been_a_sale_so_kazakhstan_cannot_say_no(
    rules: Rules,
) -> None:
    rules("""
        age | acts | means | purposes      → kz
        30  | —    | none  | none          → unknown: act
        30  | —    | none  | surrogacy     → unknown: act
        30  | —    | none  | forced_labour → unknown: act
        30  | —    | none  | —             → unknown: act, purpose
        30  | none | none  | —             → not shown: act
        30  | none | none  | none          → not shown: act, purpose
        30  | none | none  | surrogacy     → not covered
    """)
    rules("""
        age | acts                  | means | purposes      → kz
        30  | recruitment + unknown | force | none          → unknown: act
        30  | recruitment + unknown | force | forced_labour → trafficking
        30  | sale + unknown        | none  | none          → trafficking
    """)


def test_a_finer_transaction_of_the_code_list_counts_as_the_one_above_it(rules: Rules) -> None:
    rules("""
        age | acts              | means       | purposes           → kz          | palermo            | eu
        3   | other_transaction | none        | none               → trafficking | not shown: purpose | not shown: purpose
        30  | exchange_control  | threat      | domestic_servitude → trafficking | trafficking        | trafficking
        30  | recruitment       | dependence  | drug_trade         → trafficking | trafficking        | trafficking
    """)
