"""Intervals for shares and rates."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959963984540054  # 0.975 quantile of the standard normal


def wilson(successes: float, of: float, z: float = Z_95) -> tuple[float, float]:
    """Wilson score interval of a share, both ends as fractions of 1.

    Parameters
    ----------
    successes, of : persons; 0 ≤ successes ≤ of. With nobody asked the interval is (0, 1).
    z : quantile of the standard normal; 1.96 gives 95 %.

    References
    ----------
    Wilson (1927), J. Am. Stat. Assoc. 22, 209–212, eq. 5.

    Examples
    --------
    >>> low, high = wilson(81, 263)
    >>> round(low, 3), round(high, 3)
    (0.255, 0.366)
    """
    if of <= 0:
        return 0.0, 1.0
    share, weight = successes / of, z * z / of
    centre = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / of + weight / (4 * of)) / (1 + weight)
    return max(0.0, centre - half), min(1.0, centre + half)


def poisson_rate(count: float, exposure: float, per: float = 100_000) -> tuple[float, float]:
    """Exact 95 % interval of a Poisson rate, per `per` persons exposed.

    References
    ----------
    Garwood (1936), Biometrika 28, 437–442.

    Examples
    --------
    >>> [round(end, 1) for end in poisson_rate(10, 100_000)]
    [4.8, 18.4]
    """
    from scipy.stats import chi2

    low = chi2.ppf(0.025, 2 * count) / 2 if count > 0 else 0.0
    high = chi2.ppf(0.975, 2 * (count + 1)) / 2
    return float(low) * per / exposure, float(high) * per / exposure


def per_ten(counts: dict[str, float]) -> dict[str, int]:
    """Whole persons of ten, adding to ten: largest remainders, ties to the larger count.

    Examples
    --------
    >>> per_ten({"women": 47, "girls": 18, "men": 21, "boys": 14})
    {'women': 5, 'girls': 2, 'men': 2, 'boys': 1}
    """
    total = sum(counts.values())
    if total <= 0:
        return dict.fromkeys(counts, 0)
    exact = {name: 10 * n / total for name, n in counts.items()}
    whole = {name: int(x) for name, x in exact.items()}
    order = sorted(counts, key=lambda name: (whole[name] - exact[name], -counts[name], name))
    for name in order[: 10 - sum(whole.values())]:
        whole[name] += 1
    return whole
