"""One build at a time in one observatory; a killed build leaves no lock behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiqyn.errors import UsageRefused


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the observatory's lock; the system frees it when the process ends, however it ends.

    The folder is made here, for its owner only (POSIX): what is built holds pseudonymous records.

    Raises
    ------
    UsageRefused OBS-010 when another build holds it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise UsageRefused("OBS-010") from None
