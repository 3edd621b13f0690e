"""A place in a mapping file that can say what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused


class Node:
    """A place in a mapping file that can say what is wrong with it."""

    def __init__(self, file: str, path: str, raw: object, folder: Path | None = None) -> None:
        self.file, self.path, self.folder = file, path, folder
        if raw is not None and not isinstance(raw, AnyMapping):
            raise self.wrong_kind(path or "/", "{key: value}")
        self.raw: dict[str, Any] = {str(k): v for k, v in (raw or {}).items()}

    def at(self, key: str) -> str:
        """The key's path, as a refusal names it."""
        return f"{self.path}.{key}" if self.path else key

    def wrong_kind(self, path: str, expected: str) -> InputRefused:
        """The refusal that a key holds the wrong kind of value."""
        return InputRefused("INTAKE-094", file=self.file, key=path, expected=expected)

    def only(self, allowed: tuple[str, ...]) -> None:
        """Refuse any other key than these."""
        for key in self.raw:
            if key not in allowed:
                raise InputRefused(
                    "INTAKE-092", file=self.file, key=self.at(key), allowed=_nearest(key, allowed)
                )

    def need(self, key: str) -> Any:
        """The key's value; refused when it is missing."""
        if self.raw.get(key) is None:
            raise InputRefused("INTAKE-093", file=self.file, key=self.at(key))
        return self.raw[key]

    def text(self, key: str, default: Any = ...) -> Any:
        """The value as text; refused when it is missing and no default is given."""
        value = self.need(key) if default is ... else self.raw.get(key, default)
        if value is not None and not isinstance(value, (str, int, float)):
            raise self.wrong_kind(self.at(key), "text")
        return None if value is None else as_text(value)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """One text or several."""
        return default if self.raw.get(key) is None else texts_at(self, key, self.raw[key])

    def number(self, key: str) -> float | None:
        """A number, or None."""
        value = self.raw.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise self.wrong_kind(self.at(key), "1, 2, 3 …")
        return value

    def whole(self, key: str, default: int) -> int:
        """A whole number, zero or more."""
        value = self.number(key)
        if value is not None and (value != int(value) or value < 0):
            raise self.wrong_kind(self.at(key), "0, 1, 2 …")
        return default if value is None else int(value)

    def flag(self, key: str) -> bool:
        """True or false; false when missing."""
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong_kind(self.at(key), "true, false")
        return value

    def choice(self, key: str, allowed: tuple[Any, ...], default: Any = ...) -> Any:
        """One of the allowed values."""
        value = self.need(key) if default is ... else self.raw.get(key, default)
        if value not in allowed and value != default:
            raise self.wrong_kind(self.at(key), ", ".join(map(str, allowed)))
        return value

    def node(self, key: str) -> Node:
        """The place under the key, empty when the key is missing."""
        return Node(self.file, self.at(key), self.raw.get(key), self.folder)

    def nodes(self, key: str) -> list[Node]:
        """The places in a list that may not be empty."""
        value = self.need(key)
        if not isinstance(value, list) or not value:
            raise self.wrong_kind(self.at(key), "- …")
        places = (f"{self.at(key)}[{i}]" for i in range(1, len(value) + 1))
        return [
            Node(self.file, at, raw, self.folder) for at, raw in zip(places, value, strict=True)
        ]

    def optional_nodes(self, key: str) -> list[Node]:
        """The places in a list, none when the key is missing."""
        return self.nodes(key) if self.raw.get(key) else []

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Keys and their texts."""
        return tuple((key, as_text(value)) for key, value in self.raw.items())


def as_text(value: object) -> str:
    """A plain value as it was written."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def texts_at(node: Node, key: str, value: object) -> tuple[str, ...]:
    """One plain value or a list of them, as texts."""
    many = value if isinstance(value, list) else [value]
    if any(isinstance(v, (dict, list)) for v in many):
        raise node.wrong_kind(node.at(key), "[a, b]")
    return tuple("" if v is None else as_text(v) for v in many)


def _nearest(key: str, allowed: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    first = get_close_matches(key, allowed, n=1)
    return ", ".join([*first, *(a for a in allowed if a not in first)])


def pattern_at(node: Node, key: str) -> str | None:
    """A regular expression that can be compiled, or None."""
    text: str | None = node.text(key, None)
    if text is not None:
        try:
            re.compile(text)
        except re.error:
            raise node.wrong_kind(node.at(key), "regex") from None
    return text
