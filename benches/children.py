"""A command in a process of its own, and what it spent.

This process must stay small. A child begins as a copy of its parent, so the parent's own peak
would count as the child's: nothing here or in what imports it may import Polars.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parents[1]
_UNIT_OF_PEAK = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command spent, its own children included.

    Attributes
    ----------
    wall, cpu : seconds on the clock, and of processor time
    peak_mb : most memory that one process of it held at once, in MB of 1024 × 1024 bytes
    """

    code: int
    wall: float
    cpu: float
    peak_mb: float
    out: str
    err: str


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> Spent:
    """Run a command to its end.

    `os.wait4` gives the usage of this child alone; ``getrusage(RUSAGE_CHILDREN)`` keeps the
    largest peak of every child so far.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        child = subprocess.Popen(
            list(map(str, command)), cwd=cwd, env=environment, stdout=out, stderr=err
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        texts = [_text(stream) for stream in (out, err)]
    return Spent(
        child.returncode,
        wall,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss * _UNIT_OF_PEAK / 1024**2,
        texts[0],
        texts[1],
    )


def aiqyn(*words: str | Path) -> Spent:
    """The command line as a person runs it."""
    return run([Path(sys.executable).with_name("aiqyn"), *words])


def work(*words: str | Path) -> Spent:
    """A piece of work of `benches.work`, in a process of its own."""
    return run([sys.executable, "-m", "benches.work", *words])


def _text(stream: BinaryIO) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")
