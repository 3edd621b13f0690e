"""How persons were told across lists, where a linkage by names was given; no name, no record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkedEvidence:
    """The linkage by which the report's persons are counted.

    Attributes
    ----------
    share : share of the records that are in it
    recall, precision : shares of links found and of links that are right, by the audit; or None
    corrected : the estimate of the hidden number is without that error
    """

    share: float
    recall: float | None = None
    precision: float | None = None
    corrected: bool = False
