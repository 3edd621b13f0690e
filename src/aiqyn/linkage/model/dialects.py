"""The few functions of the plan in the words of each database."""

from __future__ import annotations

FUNCTIONS = {
    "duckdb": {
        "SIMILAR": "jaro_winkler_similarity",
        "EDITS": "damerau_levenshtein",
        "SHARED": "list_has_any",
        "HOLDS": "list_contains",
    },
    "spark": {
        "SIMILAR": "jaro_winkler",
        "EDITS": "damerau_levenshtein",
        "SHARED": "arrays_overlap",
        "HOLDS": "array_contains",
    },
}


def in_dialect(condition: str, dialect: str) -> str:
    """The condition with the plan's functions under the names that the database has for them."""
    for name, its_name in FUNCTIONS[dialect].items():
        condition = condition.replace(f"{name}(", f"{its_name}(")
    return condition
