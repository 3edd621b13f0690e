"""How often a referral is right, where the user knows the tool and the population."""

from __future__ import annotations

from dataclasses import dataclass

from aiqyn.errors import UsageRefused


@dataclass(frozen=True, slots=True)
class PredictiveValue:
    """Shares of 1.

    Attributes
    ----------
    positive : of the persons referred, those who were trafficked
    missed : of the persons not referred, those who were trafficked all the same
    """

    positive: float | None
    missed: float | None


def chance_of_being_right(
    sensitivity: float | None, specificity: float | None, prevalence: float | None
) -> PredictiveValue | None:
    """By Bayes' theorem; None where one of the three is not known: nothing is assumed for it.

    Raises
    ------
    UsageRefused: a share outside 0 to 1 (SIG-047).
    """
    given = (sensitivity, specificity, prevalence)
    if any(share is not None and not 0 <= share <= 1 for share in given):
        raise UsageRefused("SIG-047")
    if sensitivity is None or specificity is None or prevalence is None:
        return None
    found, false = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    missed, cleared = (1 - sensitivity) * prevalence, specificity * (1 - prevalence)
    return PredictiveValue(_share(found, false), _share(missed, cleared))


def _share(part: float, rest: float) -> float | None:
    return part / (part + rest) if part + rest > 0 else None
