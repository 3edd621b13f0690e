"""What the table would be if every record without a common code were somebody already counted.

As counted, such a record is a person of its own on one list, so links are missing and the estimate
comes out too high. The other end is that each of them is a person of another list. In between lies
the truth, and no model is needed to say so (docs/methods/counting_persons.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from aiqyn.observatory.hidden_part.histories import JOIN


def all_linked(counts: Mapping[str, int], doubles: int) -> dict[str, int]:
    """The histories when `doubles` persons of single lists are persons of the other lists.

    Parameters
    ----------
    counts : history -> persons
    doubles : persons without a common code. They are taken from the single lists in proportion to
        those on them, and joined in proportion to those on the other lists

    Returns
    -------
    History -> persons, `doubles` fewer in all; histories without anybody are left out.
    """
    left = dict(counts)
    singles = {h: n for h, n in sorted(counts.items()) if JOIN not in h}
    for name, leaving in apportion(min(doubles, sum(singles.values())), singles).items():
        others = {h: n for h, n in sorted(left.items()) if n and name not in h.split(JOIN)}
        joining = apportion(min(leaving, left[name], sum(others.values())), others)
        left[name] -= sum(joining.values())
        for history, n in joining.items():
            both = JOIN.join(sorted([*history.split(JOIN), name]))
            left[history] -= n
            left[both] = left.get(both, 0) + n
    return {history: n for history, n in left.items() if n}


def apportion(total: int, among: Mapping[str, int]) -> dict[str, int]:
    """`total` persons in proportion to `among`, by largest remainders; never more than are there.

    Examples
    --------
    >>> apportion(5, {"a": 60, "b": 30, "c": 10})
    {'a': 3, 'b': 2, 'c': 0}
    """
    whole = sum(among.values())
    if not whole:
        return dict.fromkeys(among, 0)
    shares = {code: divmod(total * n, whole) for code, n in among.items()}
    over = total - sum(share for share, _ in shares.values())
    first = sorted(shares, key=lambda code: (-shares[code][1], code))[:over]
    return {code: share + (code in first) for code, (share, _) in shares.items()}
