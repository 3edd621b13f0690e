"""``[linkage]`` of observatory.toml: the files that `aiqyn link hand-over` wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkageFiles:
    """Paths of what `aiqyn link hand-over` wrote, from the observatory's folder; or nothing.

    Attributes
    ----------
    persons : `list` (an agency), `record_id`, `person_id`
    audit : patterns of audited persons
    """

    persons: str | None = None
    audit: str | None = None

    def named(self) -> Iterator[tuple[str, str]]:
        """Key of observatory.toml, and the file that it names."""
        for key, path in (("persons", self.persons), ("audit", self.audit)):
            if path is not None:
                yield f"linkage.{key}", path
