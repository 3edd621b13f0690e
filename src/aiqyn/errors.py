"""The errors that people meet. Everything else is our own fault and keeps its traceback.

AiqynError                 exit 1   never raised itself
├── UsageRefused           exit 2   the command's words are off
├── InputRefused           exit 3   a file, a row or a cell cannot be taken (codes INTAKE-…, OBS-…)
├── AnswerRefused          exit 4   no honest answer exists (codes EST-…, REPORT-…)
└── NotPermitted           exit 5   a rule or an agreement forbids it (codes DISC-…, EXCH-…)

An error carries a code and its slots, not a sentence: the sentences stand in the catalogue under
``CODE`` (what and where) and ``CODE.mend`` (how to mend), in each language. A slot never holds a
name, a document number or free text from a case.
"""

from __future__ import annotations

from typing import Any

from aiqyn import words


class AiqynError(Exception):
    """A refusal that a person can mend, in the reader's language."""

    exit_code = 1

    def __init__(self, code: str, **slots: object) -> None:
        self.code = code
        self.slots = slots
        super().__init__(code)

    def text(self, lang: str = "en") -> str:
        """What is wrong, and where."""
        return words.say(self.code, lang, **self.slots)

    def mend(self, lang: str = "en") -> str:
        """What would mend it."""
        return words.say(f"{self.code}.mend", lang, **self.slots)

    def details(self, lang: str = "en") -> dict[str, Any]:  # Any: JSON
        """What else the answer as JSON says of it."""
        return {}

    def __str__(self) -> str:
        return f"{self.code}: {self.text()} {self.mend()}"


class UsageRefused(AiqynError):
    """The command's words are off."""

    exit_code = 2


class InputRefused(AiqynError):
    """A file, a row or a cell cannot be taken."""

    exit_code = 3


class AnswerRefused(AiqynError):
    """No honest answer exists for the question as it was put."""

    exit_code = 4


class NotPermitted(AiqynError):
    """A disclosure rule or an agreement forbids it."""

    exit_code = 5
