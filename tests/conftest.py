"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real public files beside the checkout; its data are not ours to copy."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the real files (../shared/data) are not beside this checkout")
    return SHARED
