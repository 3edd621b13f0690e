"""Records to persons, across agencies."""

from aiqyn.linkage.common_code import persons

__all__ = ["persons"]
