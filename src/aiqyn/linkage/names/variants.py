"""Other names that a person of this name goes by: short forms, variants, parts of compounds."""

from __future__ import annotations

from functools import cache

from aiqyn.linkage.names.endings import without_ending
from aiqyn.linkage.names.sounds import name_key, name_keys
from aiqyn.linkage.names.tables import rows


def full_names(key: str) -> frozenset[str]:
    """Keys of the full names of which this may be a short form or a variant.

    Examples
    --------
    >>> sorted(full_names(name_key("Саша")))
    ['aleksandr', 'aleksandra']
    """
    return _full().get(key, frozenset())


def other_names(key: str) -> frozenset[str]:
    """Full names of a short form, and the name without -жан, -бек, -гүл and their like."""
    shorter = without_ending(key)
    full = full_names(key)
    return full | {shorter} if shorter else full


@cache
def _full() -> dict[str, frozenset[str]]:
    told = [(row["form"], row["full"].split("|")) for row in rows("given_variants")]
    name_keys(name for form, fulls in told for name in (form, *fulls))
    found: dict[str, set[str]] = {}
    for form, fulls in told:
        short = name_key(form)
        found.setdefault(short, set()).update({name_key(full) for full in fulls} - {short})
    return {short: frozenset(fulls) for short, fulls in found.items() if fulls}
