"""A command lives for seconds: what Python would spend on looking for lost objects is saved.

Again and again, and three times more when it ends, Python looks through all objects for rings that
nobody holds any more. What was loaded stays to the end, so it need not be looked through at all.
"""

from __future__ import annotations

import gc
import sys

NEW_OBJECTS = 50_000  # after so many Python looks through them; by itself it does so after 700


def live_shortly() -> None:
    """Look for lost objects seldom in this process."""
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])


def keep_what_is_loaded() -> None:
    """Never look for lost objects among those that are there now.

    Not where DuckDB is among them: its types must be found at the end, or they are told as lost.
    """
    if "duckdb" not in sys.modules:
        gc.freeze()
