"""The hidden number of the small year under each verdict of the gate: invented, by hand.

Every number that a verdict withholds is put in all the same (`WITHHELD`, and values, upper ends),
as a careless builder of the evidence might: nothing may ever show it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from aiqyn.report.hidden_evidence import EstimateLine, GateCheck, HiddenEvidence

LISTS = ("police", "shelter", "hotline", "labour_inspectorate", "migration")
LISTED = 412

METHODS = (
    EstimateLine("stepwise", 2060, 1450, 2900, 1610, 2580, main=True),
    EstimateLine("bic-average", 1870, 1390, 2610),
    EstimateLine("decomposable", 2190, 1340, 3240),
    EstimateLine("bayes-threshold", 1760, 1280, 2870),
    EstimateLine("chao", None, 980, None),
    EstimateLine("latent-class", refused="EST-025"),
)
WITHOUT = (
    EstimateLine("police", 1830, 1190, 3120),
    EstimateLine("shelter", 2340, 1520, 3680),
    EstimateLine("hotline", 2010, 1430, 2880),
    EstimateLine("labour_inspectorate", 2040, 1410, 14_730),
    EstimateLine("migration", refused="EST-020"),
)
MERGED = (
    EstimateLine("police+shelter", 2270, 1490, 3310),
    EstimateLine("police+hotline", 2030, 1420, 2840),
    EstimateLine("labour_inspectorate+migration", 1980, 1360, 2790),
)
MODELS = (
    EstimateLine("police+shelter,hotline+migration", 2070, share=0.41, main=True),
    EstimateLine("police+shelter", 1840, share=0.23),
    EstimateLine("police+shelter+hotline,labour_inspectorate+migration", 2530, share=0.14),
    EstimateLine("", 1210, share=0.06),
)
YEARS = (
    EstimateLine("2024", 2010, 1420, 2850),
    EstimateLine("2025", 2060, 1450, 2900),
)
GROUPS = {
    "sex": (EstimateLine("female", 1280, 910, 1830), EstimateLine("male", 780, 460, 1390)),
    "age_group": (
        EstimateLine("0-17", refused="EST-024"),
        EstimateLine("18+", 1690, 1180, 2440),
    ),
    "form_group": (
        EstimateLine("sexual", 960, 680, 1370),
        EstimateLine("labour", 810, 540, 1270),
        EstimateLine("begging", refused="EST-020"),
        EstimateLine("marriage", refused="EST-020"),
    ),
}
HISTORIES: dict[str, int | str] = {
    "police": 161, "shelter": 74, "hotline": 38, "labour_inspectorate": 47, "migration": 31,
    "police+shelter": 24, "police+hotline": 9, "police+labour_inspectorate": "small",
    "shelter+hotline": 11, "hotline+migration": "hidden", "labour_inspectorate+migration": 8,
    "police+migration": 0, "police+shelter+hotline": "small",
}  # fmt: skip
CHECKS = (
    GateCheck("passed", "estimate.gate.check.lists", {"n": 5, "least": 3}),
    GateCheck("passed", "estimate.gate.check.overlap", {"n": 61, "least": 10}),
    GateCheck("caution", "estimate.gate.check.linkage"),
    GateCheck("caution", "estimate.gate.check.methods", {"low": 1760, "high": 2190}),
    GateCheck("passed", "estimate.gate.check.fit", {"p": 0.34, "least": 0.01}),
    GateCheck("not_for", "estimate.gate.check.without_list", {"low": 1830, "high": 2340}),
)
RANGE_CHECKS = (
    *CHECKS[:3],
    GateCheck("caution", "estimate.gate.why.modes", {"low": 1450, "high": 2900}),
    GateCheck("not_for", "estimate.gate.why.wide", {"ratio": 3}),
)
BOUND_CHECKS = (
    GateCheck("passed", "estimate.gate.check.modes.one"),
    GateCheck("not_for", "estimate.gate.why.thin_overlap", {"n": 8, "least": 10}),
    GateCheck("not_for", "estimate.gate.why.degenerate"),
)
NOTHING_CHECKS = (
    GateCheck("passed", "estimate.gate.check.modes.one"),
    GateCheck("not_for", "estimate.gate.why.few_lists"),
    GateCheck("not_for", "estimate.gate.why.thin_overlap", {"n": 8, "least": 10}),
)


def overlap(histories: dict[str, int | str] = HISTORIES) -> pl.DataFrame:
    """Cleared capture histories; a text is a state."""
    rows = [
        {"lists": lists, "n": None, "status": n}
        if isinstance(n, str)
        else {"lists": lists, "n": n, "status": "shown"}
        for lists, n in histories.items()
    ]
    return pl.DataFrame(rows, schema={"lists": pl.String, "n": pl.Int64, "status": pl.String})


def change(*, rose: bool = False) -> pl.DataFrame:
    """Counts, crime and detection as ratios to the year before."""
    crime = (1.31, 1.09, 1.58) if rose else (1.02, 0.66, 1.39)
    parts = {"counts": (1.18, 1.03, 1.36), "crime": crime, "detection": (1.15, 0.84, 1.61)}
    row: dict[str, Any] = {"year": 2025}
    for name, (value, low, high) in parts.items():
        row |= {name: value, f"{name}_low": low, f"{name}_high": high}
    return pl.DataFrame([row])


def sdg() -> pl.DataFrame:
    """SDG 16.2.2 for all, women and men."""
    numbers = {
        ("detected", "_all"): (412, 412, 412), ("detected", "female"): (249, 249, 249),
        ("detected", "male"): (163, 163, 163),
        ("undetected", "_all"): (1650, 1040, 2490), ("undetected", "female"): (1030, 660, 1580),
        ("undetected", "male"): (620, 300, 1230),
    }  # fmt: skip
    rows = [
        {
            "series": series, "code": code, "value": float(v), "low": float(lo), "high": float(hi),
            "per_100k": v / 30, "per_100k_low": lo / 30, "per_100k_high": hi / 30,
            "state": "shown",
        }
        for (series, code), (v, lo, hi) in numbers.items()
    ]  # fmt: skip
    return pl.DataFrame(rows)


def estimate(**changes: Any) -> HiddenEvidence:
    """The gate lets the number through, with cautions."""
    parts: dict[str, Any] = {
        "year": 2025,
        "lists": LISTS,
        "left_out": {"crisis_centre": "estimate.left_out.follows"},
        "observed": LISTED,
        "publish": "estimate",
        "low": 1450,
        "high": 2900,
        "by_method": METHODS,
        "without_list": WITHOUT,
        "merged": MERGED,
        "models": MODELS,
        "by_year": YEARS,
        "groups": GROUPS,
        "overlap": overlap(),
        "checks": CHECKS,
        "change": change(),
        "sdg": sdg(),
    }
    return HiddenEvidence(**{**parts, **changes})


def only_a_range() -> HiddenEvidence:
    """A range alone; the values are there all the same."""
    return estimate(publish="range", checks=RANGE_CHECKS)


def only_a_bound() -> HiddenEvidence:
    """A lower bound alone; values and upper ends are there all the same."""
    return estimate(publish="lower_bound", low=980, checks=BOUND_CHECKS, by_method=_bound_first())


def nothing() -> HiddenEvidence:
    """Nothing may be printed; every number is there all the same."""
    return estimate(publish="nothing", checks=NOTHING_CHECKS)


def _bound_first() -> tuple[EstimateLine, ...]:
    return (
        *(replace(line, main=False) for line in METHODS if line.code != "chao"),
        replace(METHODS[4], main=True),
    )


VERDICTS = {
    "estimate": estimate,
    "range": only_a_range,
    "lower_bound": only_a_bound,
    "nothing": nothing,
}
