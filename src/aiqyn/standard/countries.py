"""Countries by ISO 3166-1 alpha-3, found by their letters or by a name in any spelling."""

from __future__ import annotations

from functools import cache

from aiqyn.standard.code_lists import code_list


def country(text: str) -> str | None:
    """The alpha-3 code that a text means, or None; ``"KZ"``, ``"Қазақстан"``, ``"Kazahstan"``."""
    return code_list("country").find(text)


def alpha_2(code: str) -> str | None:
    """The two letters of an alpha-3 code; None for people without a citizenship and the like."""
    return code_list("country").value(code, "alpha_2")


@cache
def from_alpha_2() -> dict[str, str]:
    """Two letters -> three, for whole columns; the letters of former countries too."""
    two = code_list("country").crosswalk("alpha_2")
    return {letters: code for code, letters in two.items()}
