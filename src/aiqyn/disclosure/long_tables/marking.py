"""What the marks of one true table tell its reader."""

from __future__ import annotations

import numpy as np

from aiqyn.disclosure.known import SHOWN, SMALL, Known
from aiqyn.disclosure.rules import Rules


def rules_small(n: np.ndarray, rules: Rules) -> np.ndarray:
    """Whether each count must not be printed."""
    return np.asarray((n >= rules.smallest) & (n <= rules.largest))


def known_after(n: np.ndarray, status: np.ndarray, rules: Rules) -> Known:
    """What a reader knows of each cell before anything is subtracted."""
    shown, small = status == SHOWN, status == SMALL
    low = np.where(shown, n, np.where(small, rules.smallest, rules.hidden_at_least))
    ceiling = 10.0 * rules.threshold * len(n) + 2.0 * n.sum()
    high = np.where(shown, n, np.where(small, rules.largest, ceiling))
    return Known(status, low.astype(float), high.astype(float))
