"""The audit chain: what was done, by whom, under which agreement; nobody changes it unseen.

One JSON object a line in ``audit/chain.jsonl``. Each entry has the hash of the one before it and
its own, so a changed, removed or re-ordered line is found. No name of a person and no case text
may be written here: codes, file names and counts only.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain holds: number of entries, and the first one that does not fit (1-based)."""

    entries: int
    broken_at: int | None

    @property
    def holds(self) -> bool:
        """True when every entry fits the one before it."""
        return self.broken_at is None


def append(
    chain: Path, act: str, *, actor: str, when: str, details: Mapping[str, object] | None = None
) -> str:
    """Write one act to the end of the chain; returns the entry's hash.

    Parameters
    ----------
    chain : the file ``audit/chain.jsonl``; made if it is missing.
    when : time of the act, ISO 8601, given by the caller.
    details : codes, counts and file names; never a name of a person.
    """
    chain.parent.mkdir(parents=True, exist_ok=True)
    body = {
        "act": act,
        "actor": actor,
        "when": when,
        "details": dict(details or {}),
        "before": _last_hash(chain),
    }
    entry = {**body, "hash": _hash(body)}
    with chain.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return str(entry["hash"])


def verify(chain: Path) -> Verdict:
    """Read the whole chain and find the first entry that does not fit."""
    before, count = START, 0
    for count, entry in enumerate(entries(chain), start=1):
        body = {key: value for key, value in entry.items() if key != "hash"}
        if entry.get("before") != before or entry.get("hash") != _hash(body):
            return Verdict(count, count)
        before = str(entry["hash"])
    return Verdict(count, None)


def entries(chain: Path) -> Iterator[dict[str, object]]:
    """The acts in the order they were written; a line that is not JSON is an empty entry."""
    if not chain.exists():
        return
    for line in chain.read_text(encoding="utf-8").splitlines():
        yield _entry(line)


def _entry(line: str) -> dict[str, object]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _last_hash(chain: Path) -> str:
    last = START
    for entry in entries(chain):
        last = str(entry.get("hash", ""))
    return last


def _hash(body: Mapping[str, object]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
