"""What leaves the place that may see the names: who is who by number, and what an audit found.

    persons.parquet    list, record_id, person_id: no name, no date, no number of a document
    audit.json         patterns of audited persons, counted (`audit.patterns`), for these persons

Sealed records are among the others and not marked: who counts the records of its own must be able
to count these too, and nobody can tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aiqyn.linkage.audit.measuring import audited_linkage
from aiqyn.linkage.audit.patterns import patterns, to_json
from aiqyn.linkage.known_persons import WHO
from aiqyn.linkage.linkage_folder import LinkageFolder, write_owner_only, write_text_owner_only
from aiqyn.linkage.stored_plan import Caution

PERSONS, AUDIT = "persons.parquet", "audit.json"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The files that were written, and what must be said of the audit: codes with their slots."""

    files: tuple[Path, ...]
    cautions: tuple[Caution, ...] = ()


def hand_over(folder: str | Path, to: str | Path, answers: str | Path | None = None) -> HandedOver:
    """Write the two files for an observatory; an audit that was there before does not stay alone.

    Parameters
    ----------
    folder : a linkage
    answers : the answered file of its audit

    Raises
    ------
    InputRefused (LINK-007) no linkage, (LINK-011 … LINK-014, LINK-034) for the answers.
    """
    linkage, place = LinkageFolder.open(folder), Path(to)
    audit = None if answers is None else audited_linkage(folder, answers)
    place.mkdir(parents=True, exist_ok=True)
    (place / AUDIT).unlink(missing_ok=True)
    keys = linkage.persons().select(*WHO, "person_id").sort(*WHO)
    write_owner_only(keys, place / PERSONS)
    if audit is None:
        return HandedOver((place / PERSONS,))
    told = to_json(patterns(audit.drawn), (place / PERSONS).read_bytes())
    write_text_owner_only(told, place / AUDIT)
    return HandedOver((place / PERSONS, place / AUDIT), audit.cautions)
