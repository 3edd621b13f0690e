"""The numbers of the chapter that open: the total, the share that was found, those on the lists."""

from __future__ import annotations

from dataclasses import dataclass

from aiqyn.report.chapters.hidden.gate import check_sentences
from aiqyn.report.chapters.hidden.lines import main_line
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import HiddenEvidence
from aiqyn.report.model import Cell, Kind, NumberRef, Sentence, Text, Words, Year, sentence
from aiqyn.report.numbering import Numbering
from aiqyn.report.permitted import permitted

CHAPTER = "H"
LINKAGE = "estimate.gate.check.linkage"  # the gate says it already
TOTAL, OBSERVED, SHARE = "H-001", "H-002", "H-003"


@dataclass(frozen=True, slots=True)
class Totals:
    """The chapter's numbers; None where the gate or disclosure withholds one.

    Attributes
    ----------
    total : persons in all, recorded or not
    observed : persons on at least one list
    share : share of the total that was on a list
    """

    total: NumberRef | None
    observed: NumberRef | None
    share: NumberRef | None


def totals(evidence: Evidence, numbers: Numbering) -> Totals:
    """The numbers, made once for the whole report."""
    if evidence.hidden is None:
        return Totals(None, None, None)
    if TOTAL not in numbers.made:
        _make(evidence, permitted(evidence.hidden), numbers)
    refs = (NumberRef(id_) for id_ in (TOTAL, OBSERVED, SHARE))
    shown = [ref if numbers.made[ref.id].state == "shown" else None for ref in refs]
    return Totals(*shown)


def below_the_lists(hidden: HiddenEvidence) -> bool:
    """Whether the low end is below the persons counted: some may be one person, counted twice."""
    return hidden.low is not None and hidden.low < (hidden.observed or 0)


def share_found(hidden: HiddenEvidence) -> Cell:
    """Of all victims, the share on at least one list; its ends are those of the estimate.

    Not known where the low end is below the persons counted: it could be anything up to all.
    """
    if hidden.observed is None or hidden.low is None:
        return Cell(None, "hidden" if hidden.observed is None else "refused")
    if below_the_lists(hidden):
        return Cell(None, "unknown")
    main = main_line(hidden)
    low = hidden.observed / hidden.high if hidden.high else 0.0
    value = hidden.observed / main.value if main and main.value else None
    return Cell(value, "shown", low, min(1.0, hidden.observed / hidden.low))


def _make(evidence: Evidence, hidden: HiddenEvidence, numbers: Numbering) -> None:
    year, main = Year(hidden.year), main_line(hidden)
    bound: Kind = "lower_bound" if hidden.publish == "lower_bound" else "estimated"
    total = Cell(main.value if main else None, "shown", hidden.low, hidden.high)
    about: dict[str, Sentence] = {
        "filter": sentence("report.hidden.number.filter", year=year),
        "method": _method(hidden),
        "not_known": sentence("report.number.total.unknown"),
    }
    cautions = (*_not_audited(hidden), *check_sentences(hidden, evidence, "caution"))
    numbers.estimated(
        CHAPTER, total if hidden.low is not None else Cell(None, "refused"), "persons", bound,
        title=sentence("report.figure.total"), cautions=cautions, **about,
    )  # fmt: skip
    numbers.persons(
        CHAPTER,
        _on_lists(hidden, evidence),
        title=sentence("report.hidden.number.observed"),
        filter=sentence("report.hidden.number.observed.filter", year=year),
    )
    numbers.estimated(
        CHAPTER, share_found(hidden), "share", "estimated",
        title=sentence("report.hidden.number.share"), cautions=cautions, **about,
    )  # fmt: skip


def _on_lists(hidden: HiddenEvidence, evidence: Evidence) -> Cell:
    if hidden.observed is None:
        return Cell(None, "hidden")
    fewest = int(hidden.observed * evidence.fewest_share(hidden.year))
    return Cell(hidden.observed, "shown", fewest, hidden.observed)


def _method(hidden: HiddenEvidence) -> Sentence:
    chief = next((line.code for line in hidden.by_method if line.main), None)
    if chief is None:
        return sentence("report.hidden.number.method.none")
    name = Words(f"estimate.method.{chief}")
    return sentence("report.hidden.number.method", method=name, n=Text(str(len(hidden.lists))))


def _not_audited(hidden: HiddenEvidence) -> tuple[Sentence, ...]:
    told = hidden.audited or any(check.key == LINKAGE for check in hidden.checks)
    return () if told else (sentence("report.caution.not_linkage"),)
