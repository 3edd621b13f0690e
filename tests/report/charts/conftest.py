"""The charts of the sample report, and small charts that show every state."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from aiqyn.report.charts import Drawing, draw
from aiqyn.report.model import Chart, Label, ReportModel, sentence

LANGUAGES = ("kk", "ru", "en")
WIDTHS = ("page", "phone", "print")
ABSENT = ("small", "hidden", "unknown", "not_asked", "refused")
WORDS = sentence("report.not_known")


def _sample() -> ModuleType:
    file = Path(__file__).parents[1] / "sample_report.py"
    spec = importlib.util.spec_from_file_location("sample_report", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def model() -> ReportModel:
    """The report of the design pictures: Samal 2025, all invented."""
    return _sample().sample_model()


@pytest.fixture(scope="session")
def charts(model: ReportModel) -> Mapping[str, Chart]:
    """The sample's charts by kind."""
    return {b.kind: b for c in model.chapters for b in c.blocks if isinstance(b, Chart)}


@pytest.fixture(scope="session")
def drawings(
    model: ReportModel, charts: Mapping[str, Chart]
) -> Mapping[tuple[str, str, str], Drawing]:
    """Every chart of the sample in every language and width: (kind, language, width)."""
    return {
        (kind, lang, width): draw(chart, model, lang, width=width)
        for kind, chart in charts.items()
        for lang in LANGUAGES
        for width in WIDTHS
    }


@pytest.fixture
def chart_with() -> Any:
    """A chart of a kind with one row in a given state; `held` is put into that row all the same."""
    return _chart_with


def _chart_with(kind: str, state: str, held: float | None = None) -> Chart:
    row = {"value": held, "low": held, "high": held, "state": state, "shade": 3 if held else None}
    return Chart("one", kind, WORDS, None, WORDS, *_rows(kind, row))


def _rows(kind: str, odd: Mapping[str, Any]) -> tuple[Any, Any, Any, Any]:
    shown = {"value": 0.4, "low": 0.3, "high": 0.5, "state": "shown"}
    many = {"value": 40, "low": 36, "high": 44, "state": "shown"}
    rows: list[dict[str, Any]]
    extra: dict[str, Any] = {}
    match kind:
        case "trend_band":
            rows = [{"year": year, "series": "found", **many} for year in (2019, 2020, 2022)]
            rows.append({"year": 2021, "series": "found", **odd})
            rows += [{"year": year, "series": "estimated", **many} for year in (2019, 2021, 2022)]
            rows.append({"year": 2020, "series": "estimated", **odd})
        case "pyramid":
            rows = [{"age_group": "18-24", "sex": sex, **many} for sex in ("female", "male")]
            rows += [{"age_group": "0-5", "sex": "female", **odd}]
            rows += [{"age_group": "0-5", "sex": "male", **many}]
        case "small_multiples":
            rows = [{"form_group": "labour", "year": y, **shown} for y in (2019, 2020, 2022)]
            rows.append({"form_group": "labour", "year": 2021, **odd})
        case "tile_map":
            rows = [{"region": "XSA-01", "tile_row": 0, "tile_col": 0, "shade": 1, **many}]
            rows.append({"region": "XSA-02", "tile_row": 0, "tile_col": 1, **odd})
        case "verdict_bars":
            rows = [{"definition": "eu", "verdict": "trafficking", **many}]
            rows.append({"definition": "eu", "verdict": "unknown", **odd})
            high = 40 + (odd["value"] or 0)
            extra = {"bounds": ({"definition": "eu", "low": 40, "high": high},)}
        case "dot_interval":
            rows = [{"code": "chao", "main": False, **many}, {"code": "bayes", "main": True, **odd}]
            extra = {"code_list": "method"}
            if odd["value"]:
                extra["band"] = {"low": odd["low"], "high": odd["high"]}
        case "overlap":
            rows = [{"lists": ("police",), **many}, {"lists": ("police", "shelters"), **odd}]
            names = ("police", "shelters", "helpline")
            extra = {"lists": tuple({"code": c, "name": Label("agency", c)} for c in names)}
        case "model_shares":
            rows = [{"name": Label("agency", "police"), **shown, "main": True, "estimate": 900}]
            rows.append({"name": Label("agency", "shelters"), "estimate": odd["value"], **odd})
        case "ten_persons":
            rows = [{"group": "women", **many, "value": 6}, {"group": "boys", **odd}]
        case _:
            raise AssertionError(kind)
    return tuple(rows), (), None, extra
