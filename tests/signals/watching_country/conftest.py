"""An invented country in which nothing happens, and where something can be planted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
import pytest

FIRST, NOW = date(2019, 1, 1), date(2024, 12, 31)

Quiet = Callable[[np.random.Generator], pl.DataFrame]


@pytest.fixture
def quiet_country() -> Quiet:
    """A function from a generator to the persons of six years."""
    return _quiet_country


def _quiet_country(rng: np.random.Generator, persons: int = 1500) -> pl.DataFrame:
    """Persons whose attributes have nothing to do with the day; reports come late."""
    days = (NOW - FIRST).days + 1
    detected = pl.Series(rng.integers(0, days, persons)).cast(pl.Int64)
    delay = rng.gamma(1.5, 20, persons).astype(np.int64)
    codes = {
        "region": [f"XSA-{i:02d}" for i in range(1, 12)],
        "sex": ["female", "male"],
        "age_group": ["12-14", "15-17", "18-24", "25-34", "35-44"],
        "citizenship": ["XSA", "XSA", "XSA", "XMO", "XDA"],
        "sector": [None, "A", "C", "F", "I"],
        "recruitment": ["friends", "messenger", "family", "agency"],
        "region_origin": [None, "XSA-01", "XSA-02"],
        "country_exploitation": ["XSA", "XSA", "XMO"],
    }
    drawn = {
        name: pl.Series(rng.choice(np.array(v, dtype=object), persons).tolist())
        for name, v in codes.items()
    }
    forms = rng.choice(
        ["forced_labour", "forced_prostitution", "forced_begging", "online_scam"], persons
    )
    table = pl.DataFrame({**drawn, "forms": [[form] for form in forms.tolist()]})
    when = (pl.lit(FIRST) + pl.duration(days=detected)).cast(pl.Date)
    return table.with_columns(
        date_detected=when, date_reported=when + pl.duration(days=pl.Series(delay))
    )
