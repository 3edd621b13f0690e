"""Kill a build at random moments, then compare it with one that was left in peace, byte for byte.

``python -m benches.kill_build [--persons 20000] [--kills 20] [--seed 1] [--verb build|report]``

The moments are drawn evenly over the time that an undisturbed run takes from its first line on.
With ``--verb report`` the publication and the audit chain are compared too. Ends with 1 when a
byte differs or a kill left a half-written stage.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from benches.children import work

DERIVED = ("build", "published", "audit", "returned")
COMMAND = "from aiqyn.cli import main; main()"


def main(words: Sequence[str] | None = None) -> int:
    """Run, and print what happened as JSON."""
    asked = _arguments().parse_args(words)
    with tempfile.TemporaryDirectory(prefix="aiqyn-kill-") as place:
        told = disturb(Path(place), asked.persons, asked.kills, asked.seed, asked.verb)
    print(json.dumps(told, indent=2))
    return 0 if told["same_bytes"] and not told["half_written"] else 1


def disturb(place: Path, persons: int, kills: int, seed: int, verb: str) -> dict[str, object]:
    """One country twice: built in peace, and killed again and again; what came of it."""
    whole, killed = place / "whole", place / "killed"
    work("write", whole, str(persons))
    shutil.copytree(whole, killed)
    whole_seconds = _run(whole, verb)
    chance, at, moments = random.Random(seed), Counter[str](), list[float]()
    half = ended = 0
    while len(moments) < kills:
        moment = chance.uniform(0, whole_seconds)
        if not _killed(killed, verb, moment):
            ended += 1  # it was done before the kill: begin anew
            _forget(killed)
            continue
        moments.append(round(moment, 2))
        at[", ".join(sorted(_stages(killed))) or "none"] += 1
        half += _half_written(killed, _stages(whole))
        print(f"  kill {len(moments)} after {moment:.1f} s", file=sys.stderr, flush=True)
    _run(killed, verb)
    first, second = contents(whole), contents(killed)
    return {
        "verb": verb,
        "persons": persons,
        "kills": kills,
        "undisturbed_seconds": round(whole_seconds, 1),
        "moments": moments,
        "stages_finished_at_the_kill": dict(at),
        "runs_that_ended_before_the_kill": ended,
        "half_written": half,
        "files_compared": len(first),
        "bytes_compared": sum(map(len, first.values())),
        "differing": sorted(n for n in {*first, *second} if first.get(n) != second.get(n)),
        "same_bytes": first == second,
    }


def contents(folder: Path) -> dict[str, bytes]:
    """Every derived file: tables, manifests, agencies' workbooks, publications, the chain."""
    files = (f for f in folder.rglob("*") if f.is_file() and f.name != ".lock")
    inside = ((f.relative_to(folder), f) for f in files)
    return {n.as_posix(): f.read_bytes() for n, f in sorted(inside) if {*n.parts} & {*DERIVED}}


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benches.kill_build", description=__doc__)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verb", choices=("build", "report"), default="build")
    return parser


def _start(folder: Path, verb: str) -> subprocess.Popen[bytes]:
    """The command, up to its first line: the program is loaded and the work begins."""
    command = [sys.executable, "-c", COMMAND, verb, str(folder)]
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    assert child.stderr is not None
    child.stderr.readline()
    return child


def _run(folder: Path, verb: str) -> float:
    """Run to the end; seconds from the first line on."""
    child = _start(folder, verb)
    started = time.perf_counter()
    _, rest = child.communicate()
    if child.returncode:
        raise SystemExit(rest.decode())
    return time.perf_counter() - started


def _killed(folder: Path, verb: str, moment: float) -> bool:
    """Start, wait, kill; whether it was still running."""
    child = _start(folder, verb)
    time.sleep(moment)
    running = child.poll() is None
    child.kill()
    child.wait()
    with suppress(ProcessLookupError):  # what the killed one left running
        os.killpg(child.pid, signal.SIGKILL)
    if child.stderr:
        child.stderr.close()
    return running


def _forget(folder: Path) -> None:
    """Remove what is derived, as if nothing had been built or published."""
    for place in [*(folder / name for name in DERIVED), *folder.glob("agencies/*/returned")]:
        shutil.rmtree(place, ignore_errors=True)


def _stages(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    manifests = folder.glob("build/*/manifest.json")
    return {m.parent.name: json.loads(m.read_text())["outputs"] for m in manifests}


def _half_written(folder: Path, whole: dict[str, dict[str, dict[str, str]]]) -> int:
    """How many stages say that they are finished and are not what they should be."""
    return sum(
        outputs != whole[name]
        or any(not (folder / "build" / name / out["file"]).is_file() for out in outputs.values())
        for name, outputs in _stages(folder).items()
    )


if __name__ == "__main__":
    sys.exit(main())
