"""A form that names its act: who records "sale of a child" has recorded that a child was sold."""

from __future__ import annotations

import pytest

FIELDS = """
record_id: Case
age: Age
date_detected: Found
acts: Act
forms: Form
"""


def acts_of(csv, mapping_of, took, cells: str, fields: str = FIELDS) -> list[list[str] | None]:
    text = f"Case\tAge\tFound\tAct\tForm\n{cells}"
    return took(csv(text), mapping_of(fields)).tables["victims"]["acts"].to_list()


def test_a_sold_child_without_an_act_was_sold(csv, mapping_of, took):
    cells = "A\t0\t\t\tsale_of_child\nB\t0\t\t\tother;баланы сату\nC\t0\t\t\tother\nD\t0\t\t\t\n"
    assert acts_of(csv, mapping_of, took, cells) == [["sale"], ["sale"], None, None]


@pytest.mark.parametrize("recorded", ["transfer", "none", "unknown", "sale"])
def test_an_act_that_is_recorded_stays_as_it_is(recorded, csv, mapping_of, took):
    cells = f"A\t0\t\t{recorded}\tsale_of_child\n"
    assert acts_of(csv, mapping_of, took, cells) == [[recorded]]


def test_it_holds_where_the_file_has_no_acts_at_all(csv, mapping_of, took):
    fields = FIELDS.replace("acts: Act\n", "")
    cells = "A\t0\t\ttransfer\tsale_of_child\nB\t0\t\t\tother\n"
    assert acts_of(csv, mapping_of, took, cells, fields) == [["sale"], None]


def test_a_file_without_forms_says_nothing_of_acts(csv, mapping_of, took):
    fields = FIELDS.replace("forms: Form\n", "")
    assert acts_of(csv, mapping_of, took, "A\t0\t\t\tsale_of_child\n", fields) == [None]


def test_what_a_form_implies_is_an_act_of_the_list():
    from aiqyn.standard import code_list

    implied = code_list("form").crosswalk("implies_act")
    assert implied == {"sale_of_child": "sale"}
    assert set(implied.values()) <= set(code_list("act").codes())


def test_a_newborn_that_was_sold_is_trafficked_in_kazakhstan_and_not_under_palermo(
    csv, mapping_of, took
):
    """In Kazakhstan a sale needs no purpose; under Palermo it does, and none is recorded."""
    from aiqyn.standard import classify

    path = csv("Case\tAge\tFound\tAct\tForm\nA\t0\t2025-03-04\t\tпродажа ребёнка\n")
    told = classify(took(path, mapping_of(FIELDS)).tables["victims"], ("palermo", "kz"))
    verdicts = told.select("verdict", "missing").rows()
    assert verdicts == [("unknown", ["purpose"]), ("trafficking", [])]
