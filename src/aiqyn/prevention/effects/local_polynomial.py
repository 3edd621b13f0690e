"""Local polynomials on one side of a cut-off: estimates, nearest-neighbour variances, bandwidths.

Calonico, Cattaneo & Titiunik (2014, Econometrica 82, 2295-2326; 2014, Stata J. 14, 909-946), as
their package rdrobust does it: triangular kernel, variances from three nearest neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.effects.panel import Floats

NEIGHBOURS = 3  # rdrobust's nnmatch
PILOT = 2.576  # of the triangular kernel; rdbwselect's first bandwidth
REGULAR = 3.0  # weight of the regularisation of the bandwidth; rdrobust_bw


@dataclass(frozen=True, slots=True)
class Side:
    """The observations on one side, sorted by score.

    Attributes
    ----------
    x : shape (n,), score less the cut-off
    y : shape (n,), outcome
    """

    x: Floats
    y: Floats

    def near(self, h: float) -> Side:
        """Those closer to the cut-off than `h`."""
        keep = np.abs(self.x) < h
        return Side(self.x[keep], self.y[keep])


@dataclass(frozen=True, slots=True)
class Pieces:
    """Variance, squared-bias base, its regularisation and rate: what a bandwidth is made of."""

    variance: float
    bias: float
    regular: float
    rate: float


def side(x: Floats, y: Floats) -> Side:
    """The observations in the order of the score."""
    order = np.lexsort((y, x))
    return Side(x[order], y[order])


def weights(x: Floats, h: float) -> Floats:
    """Triangular kernel."""
    return np.asarray(np.clip(1 - np.abs(x) / h, 0, None) / h)


def powers(x: Floats, order: int) -> Floats:
    """Shape (n, order + 1)."""
    return np.asarray(x[:, None] ** np.arange(order + 1))


def solved(r: Floats, w: Floats) -> Floats:
    """Inverse of the weighted cross product."""
    return np.asarray(np.linalg.inv(r.T @ (r * w[:, None])))


def neighbour_residuals(of: Side) -> Floats:
    """Residuals against the mean of the nearest three, ties taken whole; expectation of square 1.

    Abadie & Imbens (2006), Econometrica 74, 235-267; rdrobust_res with vce "nn".
    """
    n = len(of.x)
    _, place, size = np.unique(of.x, return_inverse=True, return_counts=True)
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    told = np.empty(n)
    total = np.concatenate([[0.0], np.cumsum(of.y)])
    wanted = min(NEIGHBOURS, n - 1)
    for i in range(n):
        low = first[place[i]]
        high = low + size[place[i]]
        while high - low - 1 < wanted:
            below = of.x[i] - of.x[low - 1] if low > 0 else np.inf
            above = of.x[high] - of.x[i] if high < n else np.inf
            if below <= above:
                low -= size[place[low - 1]]
            if above <= below:
                high += size[place[high]]
        others = high - low - 1
        mean = (total[high] - total[low] - of.y[i]) / others
        told[i] = np.sqrt(others / (others + 1)) * (of.y[i] - mean)
    return told


def sandwich(r: Floats, w: Floats, residuals: Floats, inverse: Floats) -> Floats:
    """Variance of the coefficients."""
    scores = r * (w * residuals)[:, None]
    return np.asarray(inverse @ (scores.T @ scores) @ inverse)


def pieces(
    of: Side, order: int, nu: int, bias_order: int, h_variance: float, h_bias: float, scale: float
) -> Pieces:
    """What one side adds to the bandwidth of derivative `nu` by a polynomial of `order`.

    rdrobust_bw: variance within `h_variance`, bias from a polynomial of `bias_order` in `h_bias`.
    """
    close = of.near(h_variance)
    r, w = powers(close.x, order), weights(close.x, h_variance)
    inverse = solved(r, w)
    spread = sandwich(r, w, neighbour_residuals(close), inverse)[nu, nu]
    moment = inverse @ (r.T @ (w * (close.x / h_variance) ** (order + 1)))
    constant = float(h_variance**nu * moment[nu])
    far = of.near(h_bias)
    rb, wb = powers(far.x, bias_order), weights(far.x, h_bias)
    inverse_b = solved(rb, wb)
    beta = inverse_b @ (rb.T @ (wb * far.y))
    regular = 0.0
    if scale > 0:
        vb = sandwich(rb, wb, neighbour_residuals(far), inverse_b)[order + 1, order + 1]
        regular = REGULAR * constant**2 * float(vb)
    return Pieces(
        (2 * nu + 1) * h_variance ** (2 * nu + 1) * float(spread),
        float(np.sqrt(2 * (order + 1 - nu)) * constant * beta[order + 1]),
        scale * 2 * (order + 1 - nu) * regular,
        1 / (2 * order + 3),
    )


def bandwidths(left: Side, right: Side) -> tuple[float, float]:
    """The bandwidths of the estimate and of its bias that make the mean squared error least.

    rdbwselect's "mserd": one bandwidth for both sides, local linear, regularised.
    """
    x = np.concatenate([left.x, right.x])
    quarter = np.quantile(x, [0.25, 0.75], method="averaged_inverted_cdf")
    width = min(float(x.std(ddof=1)), float(quarter[1] - quarter[0]) / 1.349)
    most = float(max(np.abs(left.x).max(), np.abs(right.x).max()))
    pilot = min(PILOT * width * len(x) ** -0.2, most)
    ends = float(np.abs(left.x).max()), float(np.abs(right.x).max())

    def chosen(order: int, nu: int, bias: int, h_bias: tuple[float, float], scale: float) -> float:
        a = pieces(left, order, nu, bias, pilot, h_bias[0], scale)
        b = pieces(right, order, nu, bias, pilot, h_bias[1], scale)
        base = (b.bias - a.bias) ** 2 + a.regular + b.regular
        return min(float(((a.variance + b.variance) / base) ** a.rate), most)

    first = chosen(3, 3, 4, (ends[0] + 1e-8, ends[1] + 1e-8), 0.0)
    of_bias = chosen(2, 2, 3, (first, first), 1.0)
    return chosen(1, 0, 2, (of_bias, of_bias), 1.0), of_bias
