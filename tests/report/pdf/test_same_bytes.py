"""The same report gives the same bytes, in any process and at any hour."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

AGAIN = """
import hashlib, sys
from importlib.util import module_from_spec, spec_from_file_location
def load(name, file):
    spec = spec_from_file_location(name, file); module = module_from_spec(spec)
    spec.loader.exec_module(module); return module
model = load("sample_report", sys.argv[1]).sample_model()
from aiqyn.report.pdf import write_pdf
pictures = load("stand_ins", sys.argv[2]).stand_ins(model, "kk")
print(hashlib.sha256(write_pdf(model, "kk", pictures)).hexdigest())
"""


def test_another_process_with_another_clock_and_seed_gives_the_same_bytes(printed):
    here = Path(__file__).parent
    command = [sys.executable, "-c", AGAIN, here.parent / "sample_report.py", here / "conftest.py"]
    env = {"PYTHONHASHSEED": "7", "TZ": "Asia/Almaty", "SOURCE_DATE_EPOCH": "1", "HOME": "/"}
    again = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    assert again.stdout.strip() == hashlib.sha256(printed("kk")).hexdigest()


def test_the_file_is_dated_with_the_day_of_publication(opened, samal):
    assert opened("kk").metadata.creation_date.date() == samal.meta.published


def test_languages_differ(printed):
    assert len({printed(lang) for lang in ("kk", "ru", "en")}) == 3
