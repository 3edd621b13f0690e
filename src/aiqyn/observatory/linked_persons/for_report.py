"""What the report says of the linkage: shares of all records and of audited links, no count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from aiqyn.report.linked_evidence import LinkedEvidence

AUDITED = "estimate.gate.check.linkage.audited"  # of the gate, where the error is in the interval


def linked_evidence(
    linkage: Mapping[str, Any], estimates: Mapping[str, Any], corrected: bool
) -> LinkedEvidence | None:
    """What the notes of the two stages tell; None where persons are counted by the code alone.

    Parameters
    ----------
    corrected : the printed estimate is without linkage error
    """
    if "named" not in linkage:
        return None
    of_all = linkage["named"] + linkage["not_named"]
    return LinkedEvidence(
        linkage["named"] / of_all if of_all else 0.0,
        estimates.get("recall"),
        estimates.get("precision"),
        corrected,
    )


def linkage_audited(checks: pl.DataFrame, year: int) -> bool:
    """Whether the year's estimate is without linkage error, as its gate says."""
    return bool(checks.filter(year=year, key=AUDITED).height)
