"""The rules of publication that an observatory signs: the shipped ones, or its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aiqyn.disclosure import Rules, load_rules
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.manifest import file_sha256

OWN_RULES = "disclosure.toml"  # beside observatory.toml; as data/disclosure/rules.toml


def rules_of(observatory: Observatory, threshold: int | None = None) -> Rules:
    """The rules, with the threshold of `observatory.toml` or another that was published by."""
    own = observatory.folder / OWN_RULES
    chosen = load_rules(own if own.is_file() else None)
    return replace(chosen, threshold=threshold or observatory.settings.threshold)


def own_rules(observatory: Observatory) -> Mapping[str, str]:
    """The file of its own rules with its hash, where it has one."""
    own = observatory.folder / OWN_RULES
    return {OWN_RULES: file_sha256(own)} if own.is_file() else {}
