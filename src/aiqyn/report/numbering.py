"""Numbers with all that travels with them: counts, shares and rates from cleared cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiqyn.profiles import wilson
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Cell,
    Kind,
    Number,
    NumberRef,
    Sentence,
    Share,
    Slot,
    Unit,
    Year,
    sentence,
)
from aiqyn.report.sources import agencies_in

SMALL_BASE = 20  # persons; a share of fewer is given as x of n only where both may be shown


@dataclass(slots=True)
class Numbering:
    """The report's numbers as its chapters make them, each with an id of its own.

    Ids are counted within a chapter (``V-001``), so that a new number in one chapter moves no
    number of another.
    """

    evidence: Evidence
    made: dict[str, Number] = field(default_factory=dict)

    def persons(
        self,
        chapter: str,
        cell: Cell,
        *,
        title: Sentence,
        filter: Sentence,
        method: str = "report.method.persons",
    ) -> NumberRef:
        """A count of persons."""
        return self._keep(
            chapter,
            cell,
            "persons",
            title=title,
            filter=filter,
            method=sentence(method),
            cautions=self._cautions(),
        )

    def share(
        self,
        chapter: str,
        part: Cell,
        whole: Cell,
        *,
        title: Sentence,
        filter: Sentence,
        unknown: Cell | None = None,
    ) -> NumberRef:
        """A share of persons with its Wilson interval; hidden where its parts are."""
        cell = share_cell(part, whole, self.evidence.threshold)
        shown = cell.value is not None and part.value is not None and whole.value is not None
        counted = (int(part.value or 0), int(whole.value or 0)) if shown else None
        return self._keep(
            chapter,
            cell,
            "share",
            level=0.95,
            counted=counted,
            title=title,
            filter=filter,
            method=sentence("report.method.share"),
            not_known=_if_all(part, whole, unknown),
            cautions=self._cautions(),
        )

    def estimated(
        self,
        chapter: str,
        cell: Cell,
        unit: Unit,
        kind: Kind,
        *,
        title: Sentence,
        filter: Sentence,
        method: Sentence,
        not_known: Sentence,
        cautions: tuple[Sentence, ...],
    ) -> NumberRef:
        """An estimate: a value in its interval, a range, or a lower bound; or its refusal."""
        return self._keep(
            chapter,
            cell,
            unit,
            level=0.95 if cell.state == "shown" else None,
            kind="refused" if cell.state == "refused" else kind,
            title=title,
            filter=filter,
            method=method,
            not_known=not_known,
            cautions=cautions,
        )

    def _keep(self, chapter: str, cell: Cell, unit: Unit, **more: Any) -> NumberRef:
        taken = sum(id_.startswith(f"{chapter}-") for id_ in self.made)
        id_ = f"{chapter}-{taken + 1:03d}"
        number = Number(
            id=id_,
            value=cell.value,
            unit=unit,
            low=cell.low,
            high=cell.high,
            state=cell.state,
            definition=sentence(f"report.definition.{self.evidence.definition}"),
            sources=agencies_in(self.evidence, self.evidence.year),
            **more,
        )
        self.made[id_] = number
        return NumberRef(id_)

    def _cautions(self) -> tuple[Sentence, ...]:
        changed = [c for c in self.evidence.changes if c["year"] == self.evidence.year]
        detection = [
            sentence("report.caution.detection_changed", year=Year(self.evidence.year))
        ] * bool(changed)
        return (*detection, sentence("report.caution.not_linkage"))


def share_cell(part: Cell, whole: Cell, threshold: int) -> Cell:
    """A share (fraction of 1) of one cleared cell in another, with its Wilson interval.

    Hidden where either is hidden, and where the whole is under 20 persons and the part or the rest
    is between zero and the threshold.
    """
    if part.value is None or whole.value is None or not whole.value:
        return Cell(None, "hidden" if part.value is None else "unknown")
    rest = whole.value - part.value
    too_few = any(0 < n < threshold for n in (part.value, rest))
    if whole.value < SMALL_BASE and too_few:
        return Cell(None, "hidden")
    low, high = wilson(part.value, whole.value)
    return Cell(part.value / whole.value, "shown", low, high)


def _if_all(part: Cell, whole: Cell, unknown: Cell | None) -> Sentence | None:
    """What the share would be if all of those not known belonged to the part, or none."""
    if unknown is None or not unknown.value or part.value is None or whole.value is None:
        return None
    everyone = whole.value + unknown.value
    slots: dict[str, Slot] = {
        "high": Share((part.value + unknown.value) / everyone),
        "low": Share(part.value / everyone),
    }
    return sentence("report.not_known.share", n=int(unknown.value), **slots)
