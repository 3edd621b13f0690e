"""The year's estimates without linkage error, by the audit that came with the linkage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiqyn.errors import AnswerRefused
from aiqyn.estimates import (
    CaptureTable,
    Estimate,
    HiddenNumber,
    Options,
    as_the_gate_sees,
    audit_of,
    with_corrections,
)
from aiqyn.linkage.audit.found_and_true import Audited
from aiqyn.linkage.audit.patterns import Patterns, persons_of
from aiqyn.linkage.audit.quality import quality

TOO_LONG = "OBS-045"  # every table drawn would be a search over all models


@dataclass(frozen=True, slots=True)
class LinkageAudited:
    """What the audit found, for any table of some of the observatory's lists.

    Attributes
    ----------
    found : patterns of audited persons, by the linkage's own lists
    list_of : list of the linkage (an agency) -> list of the estimate
    """

    found: Patterns
    list_of: Mapping[str, str]

    def on(self, lists: tuple[str, ...]) -> tuple[Audited, ...]:
        """The audited persons of these lists; a list that joins others, ``a+b``, holds both."""
        whole = {part: name for name in lists for part in (name, *name.split("+"))}
        kept = {own: whole[to] for own, to in self.list_of.items() if to in whole}
        return persons_of(self.found, kept)

    def shares(self, lists: tuple[str, ...]) -> dict[str, float]:
        """Recall and precision on these lists; nothing where no audited person is on them."""
        drawn = self.on(lists)
        found = quality(drawn, {}) if drawn else None
        told = {} if found is None else {"recall": found.recall, "precision": found.precision}
        return {name: rate.value for name, rate in told.items() if rate.value is not None}


def corrected(
    found: HiddenNumber, table: CaptureTable, audit: LinkageAudited | None, options: Options
) -> HiddenNumber:
    """The same answers with the corrected numbers and intervals in their place.

    A method that is not corrected gives no number beside those that are, and the gate does not
    compare them. Where the printed number cannot be corrected (the audit is too small) all stay as
    they are, and the gate says that linkage error is not in them.
    """
    able = tuple(r for r in found.results if r.method not in options.point_only)
    chief = next((r for r in found.results if r.interval()), None)
    drawn = () if audit is None or chief not in able else audit.on(table.lists)
    if not drawn:
        return found
    try:
        told = audit_of(drawn)
    except AnswerRefused:
        return found
    better = with_corrections(replace(found, results=able), table, told, options)
    by_method = {r.method: r for r in better.results}
    if chief is None or by_method[chief.method].corrected is None:
        return found
    results = tuple(_told(r, by_method.get(r.method)) for r in found.results)
    return replace(better, results=results)


def _told(result: Estimate, better: Estimate | None) -> Estimate:
    """The corrected number; without one no number, as it would still hold the linkage's error."""
    if result.refusal is not None:
        return result
    if better is not None and better.corrected is not None:
        return as_the_gate_sees(better)
    why = AnswerRefused(TOO_LONG)
    if better is not None:  # why it is not corrected is the last thing said of it
        why = AnswerRefused(better.cautions[-1].code, **better.cautions[-1].slots)
    return replace(result, refusal=why, total=None, intervals=())
