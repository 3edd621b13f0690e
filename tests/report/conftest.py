"""The report of the design pictures, for the tests of everything that writes it."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from aiqyn.report.model import ReportModel


@pytest.fixture(scope="session")
def samal() -> ReportModel:
    """The annual report of the invented country Samal, 2025, written by hand."""
    spec = spec_from_file_location("sample_report", Path(__file__).with_name("sample_report.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    model: ReportModel = module.sample_model()
    return model
