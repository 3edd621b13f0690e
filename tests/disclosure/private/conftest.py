"""Invented persons of six columns, one synthetic file for all, and noise that comes again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
import pytest

pytest.importorskip("opendp", reason="the extra `private` is not installed")
pytest.importorskip("mbi", reason="the extra `private` is not installed")

from aiqyn.disclosure.private import (
    Domain,
    Settings,
    Synthesis,
    domain_for,
    rho_of,
    shipped_settings,
    synthesise,
)

CODES = {
    "sex": ["female", "male"],
    "form": ["sexual", "labour", "begging", "marriage", "organs"],
    "region": [f"R{n:02d}" for n in range(12)],
    "minor": ["0", "1"],
    "age": ["0-8", "9-17", "18-20", "21-23", "24-26", "27-29", "30-38", "39-47", "48+"],
    "year": [str(year) for year in range(2016, 2026)],
}


@dataclass(slots=True)
class SeededNoise:
    """The test's own noise: rounded normal and Gumbel draws from a seed. Never in the package."""

    rng: np.random.Generator

    def add(self, counts: np.ndarray, sigma: float) -> tuple[np.ndarray, float]:
        drawn = np.rint(self.rng.normal(0, sigma, counts.shape)).astype(np.int64)
        return counts + drawn, 1 / (2 * sigma**2)

    def choose(self, scores: np.ndarray, scale: float) -> tuple[int, float]:
        return int(np.argmax(scores + self.rng.gumbel(0, scale, len(scores)))), 1 / (2 * scale**2)


def persons(rows: int, seed: int = 7) -> pl.DataFrame:
    """Invented rows in which form hangs on sex, being a minor on form, and age on that."""
    rng = np.random.default_rng(seed)
    sex = rng.choice(2, rows, p=[0.65, 0.35])
    by_sex = np.array([[0.6, 0.2, 0.1, 0.09, 0.01], [0.15, 0.7, 0.1, 0.02, 0.03]])
    form = np.array([rng.choice(5, p=by_sex[s]) for s in sex])
    region = np.minimum(rng.geometric(0.3, rows) - 1, 11)
    minor = (rng.random(rows) < np.array([0.3, 0.1, 0.6, 0.5, 0.0])[form]).astype(int)
    age = np.where(minor == 1, rng.choice(2, rows, p=[0.2, 0.8]), 2 + rng.choice(7, rows))
    year = rng.choice(10, rows, p=np.arange(1, 11) / 55)
    drawn = (sex, form, region, minor, age, year)
    places = dict(zip(CODES, drawn, strict=True))
    return pl.DataFrame({c: [CODES[c][p] for p in places[c]] for c in CODES})


@pytest.fixture(scope="session")
def codes() -> dict[str, list[str]]:
    return CODES


@pytest.fixture(scope="session")
def invented() -> Callable[[int], pl.DataFrame]:
    """Invented rows, so many."""
    return persons


@pytest.fixture(scope="session")
def seeded() -> Callable[[int], SeededNoise]:
    """Noise that a test can draw again, by seed."""
    return lambda seed: SeededNoise(np.random.default_rng(seed))


@pytest.fixture(scope="session")
def domain() -> Domain:
    return domain_for(CODES, CODES)


@pytest.fixture(scope="session")
def quick() -> Settings:
    """Fewer products and steps: six columns need no more."""
    return replace(shipped_settings(), components=60, steps=300, triples=2)


@pytest.fixture(scope="session")
def halves() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two halves of one file: the one that is synthesised, and the control."""
    both = persons(12_000)
    return both[:6_000], both[6_000:]


@pytest.fixture(scope="session")
def made(halves: tuple[pl.DataFrame, pl.DataFrame], domain: Domain, quick: Settings) -> Synthesis:
    """The first half's synthetic file at epsilon 1."""
    return synthesise(
        halves[0],
        domain,
        rho=rho_of(1.0, 1e-6),
        delta=1e-6,
        noise=SeededNoise(np.random.default_rng(11)),
        rng=np.random.default_rng(12),
        settings=quick,
    )
