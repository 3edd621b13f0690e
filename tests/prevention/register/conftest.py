"""A sound programme in a folder, to be spoiled by the tests."""

from __future__ import annotations

import pytest

SOUND = """
code = "P-01"
title_kk = "Бағдарлама"
title_ru = "Программа"
title_en = "Programme"
what_en = "Advice."
groups = ["women", "men"]
forms = ["labour"]
theory_en = "Contracts are read before they are signed."
expected_change = -0.2
outcome_kind = "detections"
cost = 1000
currency = "KZT"
funder = "Ministry"
design = "staggered-did"
period = "year"
evaluate_on = 2026-03-01
evaluated_by = "University"

[[where]]
region = "R-1"
from = 2022-07-01
"""


@pytest.fixture
def sound():
    return SOUND


@pytest.fixture
def register(tmp_path):
    """Write the text as a programme and read the folder."""
    from aiqyn.prevention.register import read_register

    def read(*texts):
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.toml").write_text(text, encoding="utf-8")
        return read_register([tmp_path])

    return read
