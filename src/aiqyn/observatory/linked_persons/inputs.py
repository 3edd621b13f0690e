"""The linkage's files as the stages see them: read when a stage runs, hashed to tell what is stale.

The file of persons belongs to the stage of linkage and the audit to that of estimates: when one of
them changes, these stages and what follows from them run again, and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from aiqyn.linkage.audit.patterns import read_patterns
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.linked_persons.answer import read_persons
from aiqyn.observatory.linked_persons.correcting import LinkageAudited
from aiqyn.observatory.linked_persons.joining import joined
from aiqyn.observatory.manifest import file_sha256


def persons_input(observatory: Observatory) -> Mapping[str, str]:
    """The file of persons, by its hash; nothing where none is named."""
    return _input(observatory, observatory.settings.linkage.persons)


def audit_input(observatory: Observatory) -> Mapping[str, str]:
    """The audit, by its hash; nothing where none is named."""
    return _input(observatory, observatory.settings.linkage.audit)


def with_named_persons(
    observatory: Observatory, records: pl.DataFrame
) -> tuple[pl.DataFrame, dict[str, Any]]:  # Any: counts
    """The records with the linkage's persons as their codes, and counts for the terminal.

    Raises
    ------
    InputRefused (OBS-041 … OBS-044) for the file.
    """
    path = observatory.settings.linkage.persons
    if path is None:
        return records, {}
    agencies = frozenset(agency.code for agency in observatory.agencies)
    found = joined(records, read_persons(observatory.folder / path, agencies))
    counts = {name: getattr(found, name) for name in ("named", "not_named", "same_code")}
    return found.records, {**counts, "same_code_held": found.same_code_held}


def audited_linkage(observatory: Observatory, list_of: Mapping[str, str]) -> LinkageAudited | None:
    """The audit of the linkage by which the persons are counted; None where there is none.

    Parameters
    ----------
    list_of : agency -> its list in the estimate

    Raises
    ------
    InputRefused (LINK-029) when the file holds no audit, (LINK-035) an audit of other persons.
    """
    told = observatory.settings.linkage
    if told.persons is None or told.audit is None:
        return None
    found = read_patterns(observatory.folder / told.audit, observatory.folder / told.persons)
    return LinkageAudited(found, list_of)


def _input(observatory: Observatory, path: str | None) -> Mapping[str, str]:
    return {} if path is None else {path: file_sha256(observatory.folder / path)}
