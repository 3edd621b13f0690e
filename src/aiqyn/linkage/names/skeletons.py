"""The consonants of a key: what stays when vowels are misheard, for finding candidate pairs."""

from __future__ import annotations

import re

VOWELS = re.compile("[aeiou]+")
DIGRAPHS = (("zh", "j"), ("ch", "q"), ("sh", "w"), ("ts", "c"))


def skeleton(key: str) -> str:
    """The consonants, a letter each; a key of vowels only stays whole.

    Examples
    --------
    >>> skeleton("zhanar"), skeleton("aigul"), skeleton("aia")
    ('jnr', 'gl', 'aia')
    """
    for digraph, one in DIGRAPHS:
        key = key.replace(digraph, one)
    bare = " ".join(part for word in key.split(" ") if (part := VOWELS.sub("", word)))
    return bare or key
