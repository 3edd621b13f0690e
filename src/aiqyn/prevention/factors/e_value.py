"""How strong an unmeasured factor would have to be to stand behind an association alone."""

from __future__ import annotations

from math import sqrt


def e_value(ratio: float) -> float:
    """The least rate ratio by which an unmeasured factor would have to go with both.

    VanderWeele & Ding (2017), Ann. Intern. Med. 167, 268-274, eq. for a ratio above 1; below 1 its
    inverse is taken.

    Examples
    --------
    >>> round(e_value(3.9), 2)
    7.26
    """
    above = max(ratio, 1 / ratio)
    return above + sqrt(above * (above - 1))


def e_value_of_limit(low: float, high: float) -> float:
    """The same for the interval's limit nearer to 1; 1 where the interval holds 1.

    Examples
    --------
    >>> e_value_of_limit(1.8, 8.7)
    3.0
    >>> e_value_of_limit(0.9, 1.4)
    1.0
    """
    if low <= 1 <= high:
        return 1.0
    return e_value(low if low > 1 else high)
