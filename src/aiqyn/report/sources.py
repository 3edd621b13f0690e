"""The files behind a number, as the report tells them: file by file, or an agency at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from aiqyn.report.evidence import Evidence
from aiqyn.report.model import Source

SHORT_HEAD, SHORT_TAIL = 4, 2  # digits of a hash that a reader compares by eye


@dataclass(frozen=True, slots=True)
class AgencySources:
    """What one agency sent: number of files and rows, and one hash over the files' hashes.

    With a single file the hash is the file's own SHA-256; with more it is the SHA-256 of their
    hexadecimal hashes in the order of the files' names, a line each.
    """

    agency: str
    files: int
    rows: int
    sha256: str


def by_agency(sources: Iterable[Source]) -> tuple[AgencySources, ...]:
    """The sources an agency at a time, in order of the agencies' codes."""
    ordered = sorted(sources, key=lambda source: (source.agency, source.file))
    return tuple(
        _together(agency, tuple(sent))
        for agency, sent in groupby(ordered, key=lambda source: source.agency)
    )


def sources_of(evidence: Evidence) -> dict[str, Source]:
    """Every file of the evidence, by its id."""
    rows = evidence.files.sort("agency", "file").to_dicts()
    return {f"{row['agency']}:{row['file']}": _source(row) for row in rows}


def short_hash(sha256: str) -> str:
    """A hash short enough to compare by eye: ``2a7f…c1``."""
    return f"{sha256[:SHORT_HEAD]}…{sha256[-SHORT_TAIL:]}"


def _source(row: dict[str, str | int]) -> Source:
    names = ("agency", "file", "sha256", "rows", "accepted", "refused")
    return Source(f"{row['agency']}:{row['file']}", *(row[name] for name in names))  # type: ignore[arg-type]


def _together(agency: str, sent: tuple[Source, ...]) -> AgencySources:
    lines = "\n".join(source.sha256 for source in sent)
    digest = sent[0].sha256 if len(sent) == 1 else hashlib.sha256(lines.encode()).hexdigest()
    return AgencySources(agency, len(sent), sum(source.rows for source in sent), digest)
