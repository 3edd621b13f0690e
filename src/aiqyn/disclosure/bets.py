"""The reader who bets that an ``x`` stands for `threshold` persons or more, and is right.

Such a bet is no attack: small numbers stand under ``x`` too. But where every ``x`` of a sum is
large, it comes true, and may leave a "<5" fewer values. So "<5" is said only where it would keep
all of them beside a reader with the best of luck: she bets on every large ``x`` and on no small
one. Any other bet that comes true tells her less. Elsewhere a small number is an ``x`` too.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiqyn.disclosure.known import HIDDEN, SHOWN, SMALL, Known
from aiqyn.disclosure.rules import Rules


def luckiest(known: Known, n: np.ndarray, rules: Rules) -> Known:
    """What she knows; only "<5" are asked about, every other cell counts as shown.

    Parameters
    ----------
    known : what is printed
    n : (cells,) persons; -1 where the number is not ours to know, and no bet is looked at
    """
    hidden = known.status == HIDDEN
    least = np.where(n > rules.largest, rules.threshold, rules.smallest)
    low = known.low.copy()
    printed = low[: len(hidden)]
    printed[hidden] = np.maximum(printed, least)[hidden]
    return replace(known, status=np.where(known.status == SMALL, SMALL, SHOWN), low=low)
