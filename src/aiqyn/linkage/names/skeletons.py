"""The consonants of a key: what stays when vowels are misheard, for finding candidate pairs."""

from __future__ import annotations

import re

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
