"""Functions compiled to machine code; what the compiler made is kept in the user's cache folder.

The folder's name holds a digest of this package's sources: a change of any of them compiles anew,
for a compiled function holds the code of those that it calls. Where no folder can be written, the
compiler runs once a process.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., object])

SOURCES = Path(__file__).parent


def compiled(function: F) -> F:
    """The function as machine code, at the first call; a cached one where a folder is there."""
    import numba

    config: Any = numba.config  # Any: numba has no types

    place, before = _cache_folder(), config.CACHE_DIR
    if place is None:
        return cast(F, numba.njit(error_model="numpy")(function))
    config.CACHE_DIR = before or str(place)  # read once, while the function is made
    try:
        return cast(F, numba.njit(cache=True, error_model="numpy")(function))
    finally:
        config.CACHE_DIR = before


@cache
def _cache_folder() -> Path | None:
    """``$XDG_CACHE_HOME/aiqyn/compiled/<digest>``; None where nothing can be written."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    place = Path(home) / "aiqyn" / "compiled" / _digest()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return place if os.access(place, os.W_OK) else None


def _digest() -> str:
    """The first letters of a hash of this package's sources."""
    together = sha256()
    for file in sorted(SOURCES.rglob("*.py")):
        together.update(file.read_bytes())
    return together.hexdigest()[:16]
