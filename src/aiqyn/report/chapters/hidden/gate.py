"""The gate of publication as a panel: may it be printed, and which checks say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiqyn.report.chapters.hidden.lines import list_namer
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import GateCheck, HiddenEvidence
from aiqyn.report.model import (
    Check,
    Count,
    Gate,
    Sentence,
    Several,
    Slot,
    Text,
    sentence,
)

WHOLE = 100  # from here on a number has no decimals


def gate(hidden: HiddenEvidence, evidence: Evidence) -> Gate:
    """The panel: the verdict in words, then each check with its figure."""
    doubtful = any(check.verdict == "caution" for check in hidden.checks)
    key = f"{hidden.publish}.cautions" if hidden.publish == "estimate" and doubtful else None
    return Gate(
        sentence("report.gate.ask"),
        sentence(f"report.gate.verdict.{key or hidden.publish}"),
        hidden.publish,
        tuple(Check(c.verdict, check_sentence(c, evidence)) for c in hidden.checks),
    )


def check_sentences(
    hidden: HiddenEvidence, evidence: Evidence, verdict: str
) -> tuple[Sentence, ...]:
    """The sentences of the checks with one verdict."""
    return tuple(check_sentence(c, evidence) for c in hidden.checks if c.verdict == verdict)


def check_sentence(check: GateCheck, evidence: Evidence) -> Sentence:
    """The check's sentence with its slots typed."""
    slots = {name: _slot(value, evidence) for name, value in check.slots.items()}
    return Sentence(check.key, slots)


def _slot(value: Any, evidence: Evidence) -> Slot:
    """A number, a code of a list (or of two, ``a+b``), several of them, or a text.

    Numbers are written as `aiqyn estimate` does: two decimals for what is no count.
    """
    if isinstance(value, (list, tuple)):
        return Several(tuple(_slot(one, evidence) for one in value))
    if isinstance(value, str):
        return _code(value, evidence)
    if isinstance(value, (int, float)):
        whole = isinstance(value, int) or abs(value) >= WHOLE
        return Count(value, 0 if whole else 2)
    slot: Slot = value
    return slot


def _code(value: str, evidence: Evidence) -> Slot:
    lists: Sequence[str] = evidence.hidden.lists if evidence.hidden else ()
    parts = value.split("+")
    if all(part in lists for part in parts):
        return Several(tuple(map(list_namer(evidence), parts)), " × ")
    return Text(value)
