"""When a stated figure agrees with the data, differs, or cannot be told."""

from __future__ import annotations

from aiqyn.profiles.figures.bounds import Bounded
from aiqyn.profiles.figures.figure import Verdict
from aiqyn.profiles.figures.statements import Statement, Statements


def verdict(statement: Statement, number: Bounded | None, rules: Statements) -> Verdict:
    """The verdict by the contract of ``aiqyn figures``.

    The number's unit is the statement's. Bounds wider than 5 points decide nothing; otherwise the
    stated value agrees when it lies within the bounds widened by 2 points (0.5 of ten).
    """
    if number is None or is_wide(statement, number, rules):
        return "cannot_be_computed"
    if statement.claim == "more_than":
        return "agrees" if number.low > statement.stated else "differs"
    widened = rules.tolerance[statement.unit]
    inside = number.low - widened <= statement.stated <= number.high + widened
    return "agrees" if inside else "differs"


def is_wide(statement: Statement, number: Bounded, rules: Statements) -> bool:
    """Whether the "<5" cells leave too much open."""
    limit = rules.too_wide.get(statement.unit)
    return limit is not None and number.high - number.low > limit
