"""Noise that nobody can draw again: discrete Gaussian and noisy choice, from OpenDP's core.

OpenDP draws from the operating system's generator, exactly and without floating point, and cannot
be seeded. There is no other noise in this package: a test that needs the same noise twice passes an
object of its own (`Noise` is a protocol), and no option or setting reaches that place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    from types import ModuleType

    import numpy as np
    from numpy.typing import NDArray


class Noise(Protocol):
    """Where noise comes from."""

    def add(self, counts: NDArray[np.int64], sigma: float) -> tuple[NDArray[np.int64], float]:
        """The counts with discrete Gaussian noise, and its cost in rho (L2 sensitivity 1)."""
        ...

    def choose(self, scores: NDArray[np.int64], scale: float) -> tuple[int, float]:
        """The place of the greatest score under Gumbel noise, and its cost (sensitivity 1)."""
        ...


class SecureNoise:
    """OpenDP's noise. Its own accountant, not ours, says what each draw costs."""

    def __init__(self) -> None:
        self._dp = _opendp()

    def add(self, counts: NDArray[np.int64], sigma: float) -> tuple[NDArray[np.int64], float]:
        """The counts with discrete Gaussian noise of `sigma` persons, and its cost in rho."""
        import numpy as np

        dp = self._dp
        space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l2_distance(T="f64")
        measurement = dp.m.make_gaussian(*space, scale=float(sigma))
        noisy = measurement([int(n) for n in counts.ravel()])
        return np.array(noisy, dtype=np.int64).reshape(counts.shape), float(measurement.map(1.0))

    def choose(self, scores: NDArray[np.int64], scale: float) -> tuple[int, float]:
        """The place of the greatest score under noise, and its cost in rho."""
        dp = self._dp
        space = dp.vector_domain(dp.atom_domain(T="i64")), dp.linf_distance(T="i64")
        measurement = dp.m.make_noisy_max(*space, dp.zero_concentrated_divergence(), float(scale))
        return int(measurement([int(s) for s in scores])), float(measurement.map(1))


def _opendp() -> ModuleType:
    try:
        import opendp.prelude as dp
    except ImportError:
        raise UsageRefused("DISC-101") from None
    dp.enable_features("contrib")
    return dp
