"""The consonants of a key: what stays when vowels are misheard, for finding candidate pairs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

VOWELS = re.compile("[aeiou]+")
DIGRAPHS = (("zh", "j"), ("ch", "q"), ("sh", "w"), ("ts", "c"))


def skeleton(key: str) -> str:
    """The consonants, a letter each, words in alphabetical order; a word of vowels stays whole.

    Examples
    --------
    >>> skeleton("zhanar"), skeleton("aigul kasim"), skeleton("aia")
    ('jnr', 'gl ksm', 'aia')
    """
    for digraph, one in DIGRAPHS:
        key = key.replace(digraph, one)
    return " ".join(sorted(VOWELS.sub("", word) or word for word in key.split(" ")))


def skeletons(keys: pl.Expr) -> pl.Expr:
    """`skeleton` of each key of a column: one word or two at the speed of the engine."""
    import polars as pl

    bare = keys
    for digraph, one in DIGRAPHS:
        bare = bare.str.replace_all(digraph, one, literal=True)
    bare = bare.str.replace_all(VOWELS.pattern, "")
    odd = keys.str.contains(rf"(?:^| ){VOWELS.pattern}(?: |$)") | keys.str.contains(" .* ")
    other = pl.when(odd).then(keys).map_elements(skeleton, return_dtype=pl.String)
    words = (bare.str.splitn(" ", 2).struct.field(f"field_{place}") for place in range(2))
    return pl.when(odd).then(other).otherwise(in_order(*words))


def in_order(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Two texts as one, the first in the alphabet first; where one is null the other alone."""
    import polars as pl

    ends = pl.min_horizontal(one, other), pl.max_horizontal(one, other)
    both = pl.concat_str(*ends, separator=" ")
    return pl.when(one.is_null() | other.is_null()).then(pl.coalesce(one, other)).otherwise(both)
