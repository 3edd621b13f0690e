"""Which agencies find people by themselves: only their lists can be compared with one another.

A prosecutor has nobody whom the police did not have first. Beside the police's list such a list
overlaps wholly, and an estimate would take that for thorough work of all.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aiqyn.errors import InputRefused
from aiqyn.observatory.estimate_settings import OWN
from aiqyn.observatory.settings import Agency

GROUP = "all_"  # a list that several agencies keep together: this and their kind
UNKNOWN_KIND = "other"


@dataclass(frozen=True, slots=True)
class AgencyLists:
    """The lists that an estimate may use.

    Attributes
    ----------
    by_agency : agency -> its list: its own code, or that of the list its kind keeps together
    left_out : agency -> key of the reason why it has no list of its own
    groups : list that several agencies keep -> their kind
    """

    by_agency: Mapping[str, str]
    left_out: Mapping[str, str]
    groups: Mapping[str, str]


def agency_lists(
    agencies: Sequence[Agency],
    chosen: Sequence[str] = (),
    one_list: Sequence[str] | None = None,
) -> AgencyLists:
    """The lists of the agencies.

    Parameters
    ----------
    chosen : agencies to use; all that have a list of their own unless given
    one_list : kinds whose agencies keep one list together; as lists_by_kind.csv says unless given

    Raises
    ------
    InputRefused OBS-023 when `chosen` names an agency that is not there.
    """
    unknown = sorted(set(chosen) - {agency.code for agency in agencies})
    if unknown:
        known = ", ".join(agency.code for agency in agencies)
        raise InputRefused("OBS-023", agency=unknown[0], known=known)
    left_out = {a.code: why for a in agencies if (why := _left_out(a, chosen))}
    used = [a for a in agencies if a.code not in left_out]
    together = _one_list_kinds() if one_list is None else frozenset(one_list)
    several = {kind for kind, n in Counter(a.kind for a in used).items() if n > 1} & together
    by_agency = {a.code: f"{GROUP}{a.kind}" if a.kind in several else a.code for a in used}
    return AgencyLists(by_agency, left_out, {f"{GROUP}{kind}": kind for kind in sorted(several)})


def _left_out(agency: Agency, chosen: Sequence[str]) -> str | None:
    word = (agency.list or _by_kind().get(agency.kind, _by_kind()[UNKNOWN_KIND])["list"]).split(":")
    if word[0] != OWN:
        return f"estimate.left_out.{word[0]}"
    return "estimate.left_out.not_chosen" if chosen and agency.code not in chosen else None


def _one_list_kinds() -> frozenset[str]:
    return frozenset(kind for kind, row in _by_kind().items() if row["one_list"] == "yes")


@cache
def _by_kind() -> dict[str, dict[str, str]]:
    file = files("aiqyn").joinpath("data", "estimates", "lists_by_kind.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["kind"]: row for row in rows}
