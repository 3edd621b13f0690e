"""What became of a signal: new, reviewed, acted on, closed with an outcome; and the way back.

Each step is an act in the audit chain, which nobody changes unseen. The chain holds codes only; a
note stands in ``signals/notes.jsonl``, for its owner only, and the chain holds its hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from aiqyn import audit, words
from aiqyn.errors import UsageRefused
from aiqyn.observatory.signals.register import Register, write_private
from aiqyn.profiles import wilson

State = Literal["new", "reviewed", "acted", "closed"]
Outcome = Literal["true", "false", "unclear"]
STATES: tuple[State, ...] = get_args(State)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
ACT = "signal.mark"
NOTES = "notes.jsonl"
BACK_TO: State = "reviewed"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a signal stands: `outcome` only while it is closed, `when` of the latest step."""

    state: State = "new"
    outcome: Outcome | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the closed signals were true.

    Attributes
    ----------
    true, closed : signals; unclear ones are closed and not true
    low, high : Wilson's 95 % interval of the share; None where none is closed
    """

    true: int
    closed: int
    low: float | None
    high: float | None


def mark(
    chain: Path,
    folder: Path,
    register: Register,
    id_: str,
    *,
    state: str,
    outcome: str | None = None,
    note: str = "",
    actor: str,
    when: str,
) -> Standing:
    """Move a signal on, or open it again; returns where it stands now.

    Parameters
    ----------
    chain, folder : the audit chain, and the folder of signals for the note
    when : time of the act, ISO 8601

    Raises
    ------
    UsageRefused SIG-095 no such signal, SIG-096 no such step, SIG-097 an outcome is missing or out
    of place, SIG-098 opened again without a note.
    """
    if id_ not in {entry.id for entry in register.entries}:
        raise UsageRefused("SIG-095", id=id_)
    old = standings(chain).get(id_, Standing())
    _check(id_, old, state, outcome, note)
    details: dict[str, object] = {"signal": id_, "state": state, "outcome": outcome}
    if note:
        details["note_sha256"] = _keep(folder, id_, note, when)
    audit.append(chain, ACT, actor=actor, when=when, details=details)
    return standings(chain)[id_]


def standings(chain: Path) -> dict[str, Standing]:
    """Where each signal that was marked stands; the others are new."""
    found: dict[str, Standing] = {}
    for entry in audit.entries(chain):
        details = entry.get("details")
        if entry.get("act") == ACT and isinstance(details, Mapping):
            id_, when = str(details["signal"]), str(entry["when"])
            found[id_] = Standing(details["state"], details["outcome"], when)
    return found


def precision(found: Mapping[str, Standing]) -> Precision:
    """The measured precision of the closed signals."""
    closed = [one for one in found.values() if one.state == "closed"]
    true = sum(one.outcome == "true" for one in closed)
    low, high = wilson(true, len(closed)) if closed else (None, None)
    return Precision(true, len(closed), low, high)


def precision_sentence(measured: Precision, lang: str) -> str:
    """The measured precision with its interval, or that nothing is known of it yet."""
    if measured.low is None or measured.high is None:
        return words.say("signals.ended.none", lang)
    return words.say(
        "signals.ended.precision",
        lang,
        closed=words.number(measured.closed, lang),
        true=words.number(measured.true, lang),
        share=words.percent(measured.true / measured.closed, lang),
        low=words.number(100 * measured.low, lang),
        high=words.percent(measured.high, lang),
    )


def last_note(folder: Path, id_: str) -> str:
    """The latest note on a signal, for those inside."""
    file = folder / NOTES
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    told = [json.loads(line) for line in lines]
    return next((note["note"] for note in reversed(told) if note["signal"] == id_), "")


def _check(id_: str, old: Standing, state: str, outcome: str | None, note: str) -> None:
    back = old.state == "closed" and state == BACK_TO
    forward = state in STATES and STATES.index(state) > STATES.index(old.state)
    if not back and not forward:
        raise UsageRefused("SIG-096", id=id_, old=old.state, new=state)
    if (state == "closed") != (outcome in OUTCOMES) or (outcome and outcome not in OUTCOMES):
        raise UsageRefused("SIG-097", id=id_)
    if back and not note.strip():
        raise UsageRefused("SIG-098", id=id_)


def _keep(folder: Path, id_: str, note: str, when: str) -> str:
    """The note at the end of the private file; returns its hash."""
    file = folder / NOTES
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    line = json.dumps({"signal": id_, "when": when, "note": note}, ensure_ascii=False)
    write_private(file, f"{before}{line}\n")
    return hashlib.sha256(note.encode("utf-8")).hexdigest()
