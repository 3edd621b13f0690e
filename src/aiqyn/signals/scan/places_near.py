"""Which places lie near each other, and how far a window may reach."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from aiqyn.errors import InputRefused
from aiqyn.signals.series.judged import Floats

EARTH_KM = 6371.0088  # mean radius, IUGG


def distances(places: pl.DataFrame) -> Floats:
    """(places, places) distances: km over the sphere from `lon,lat`, else of the plane `x,y`."""
    if "lon" not in places.columns:
        plane = places.select("x", "y").to_numpy()
        return over_the_plane(plane[:, None, :], plane[None, :, :])
    at = on_the_globe(places)
    return over_the_sphere(at[:, None, :], at[None, :, :])


def on_the_globe(places: pl.DataFrame) -> Floats:
    """(places, 2) longitude and latitude in radians.

    Raises
    ------
    InputRefused: beyond the globe (SIG-025).
    """
    at = places.select("lon", "lat").to_numpy()
    if (np.abs(at) > (360, 90)).any():
        raise InputRefused("SIG-025")
    return np.asarray(np.radians(at))


def over_the_sphere(one: Floats, other: Floats) -> Floats:
    """Haversine distances, km, of positions (…, 2) in radians."""
    half = np.sin((one - other) / 2) ** 2
    both = half[..., 1] + np.cos(one[..., 1]) * np.cos(other[..., 1]) * half[..., 0]
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(both, 0, 1))))


def over_the_plane(one: Floats, other: Floats) -> Floats:
    """Distances of positions (…, 2), in their unit."""
    return np.asarray(np.hypot(*np.moveaxis(one - other, -1, 0)))


def neighbours(apart: Floats) -> NDArray[np.int64]:
    """(places, places): for each place the places by distance, itself first."""
    order = apart - np.diag(np.ones(len(apart)))  # itself before another at the same spot
    return np.argsort(order, axis=1, kind="stable").astype(np.int64)


def reach(
    near: NDArray[np.int64], most: int | None, at_risk: Floats, share: float
) -> NDArray[np.int64]:
    """How many of its nearest places the windows of each place may hold, itself included.

    Parameters
    ----------
    near : of `neighbours`
    most : K places; None goes by `share`
    at_risk : (places,) population, or what is expected
    share : the greatest share of all at risk within a window; the place alone is always allowed
    """
    if most is not None:
        return np.full(len(near), min(most, len(near)), dtype=np.int64)
    within = np.cumsum(at_risk[near], axis=1) <= share * at_risk.sum() * (1 + 1e-12)
    return np.asarray(np.maximum(within.sum(axis=1), 1), dtype=np.int64)
