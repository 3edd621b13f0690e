"""Settings from a configuration whose keys are named as in R surveillance."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.signals.series.charts import LikelihoodRatio
from aiqyn.signals.series.cusum import TRANSFORMATIONS, Cusum
from aiqyn.signals.series.ears import Ears
from aiqyn.signals.series.expected_counts import MeanModel
from aiqyn.signals.series.farrington import EXPONENTS, METHODS, Farrington

Config = Mapping[str, Any]  # Any: JSON
Settings = Farrington | Ears | Cusum | LikelihoodRatio
EVERYWHERE = {"range", "freq", "verbose", "population", "name", "data"}


@dataclass(frozen=True, slots=True)
class Key:
    """A key of R's: the field that it fills, what it must be, and how it is read."""

    field: str
    fits: Callable[[Any], bool]
    read: Callable[[Any], Any] = lambda value: value


def number(low: float, high: float = float("inf")) -> Callable[[Any], bool]:
    """Whether a value is a number from `low` to `high`."""
    return lambda v: isinstance(v, int | float) and not isinstance(v, bool) and low <= v <= high


def whole(low: int) -> Callable[[Any], bool]:
    """Whether a value is a whole number of at least `low`."""
    return lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= low


def flag(value: Any) -> bool:
    """Whether it is true or false."""
    return isinstance(value, bool)


def among(*names: str) -> Callable[[Any], bool]:
    """Whether it is one of the names."""
    return lambda v: v in names


def or_null(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Whether it fits, or is null."""
    return lambda v: v is None or fits(v)


def inside(value: Any) -> bool:
    """Whether it is a probability between 0 and 1."""
    return number(0, 1)(value) and 0 < value < 1


def _limit54(value: Any) -> bool:
    return (
        isinstance(value, list) and len(value) == 2 and number(0)(value[0]) and whole(1)(value[1])
    )


def _mean_model(value: Any) -> bool:
    return value is None or isinstance(value, list | dict) or number(0)(value)


def _as_mean(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return MeanModel(
        int(value.get("S", 1)), bool(value.get("trend", False)), bool(value.get("refit", False))
    )


FARRINGTON = {
    "b": Key("b", whole(1)),
    "w": Key("w", whole(0)),
    "reweight": Key("reweight", flag),
    "weightsThreshold": Key("weights_threshold", number(0)),
    "alpha": Key("alpha", inside),
    "trend": Key("trend", flag),
    "pThresholdTrend": Key("p_threshold_trend", number(0, 1)),
    "limit54": Key("limit54", _limit54, tuple),
    "powertrans": Key("powertrans", among(*EXPONENTS)),
    "noPeriods": Key("no_periods", whole(1)),
    "pastWeeksNotIncluded": Key("past_weeks_not_included", or_null(whole(0))),
    "thresholdMethod": Key("threshold_method", among(*METHODS)),
    "populationOffset": Key("population_offset", flag),
}
EARS = {
    "baseline": Key("baseline", whole(3)),
    "minSigma": Key("min_sigma", number(0)),
    "alpha": Key("alpha", or_null(inside)),
}
CUSUM = {
    "k": Key("k", number(0)),
    "h": Key("h", number(0)),
    "m": Key("m", lambda v: v is None or v == "glm" or (number(0)(v) and v > 0)),
    "trans": Key("trans", among(*TRANSFORMATIONS)),
    "alpha": Key("alpha", or_null(number(0)), lambda v: 0.1 if v is None else v),
}
LIKELIHOOD_RATIO = {
    "mu0": Key("mu0", _mean_model, _as_mean),
    "alpha": Key("alpha", or_null(number(0))),
    "theta": Key("theta", or_null(number(float("-inf")))),
    "c.ARL": Key("limit", number(0)),
    "Mtilde": Key("least", whole(1)),
    "M": Key("window", lambda v: v == -1 or whole(1)(v)),
    "dir": Key("direction", among("inc", "dec"), lambda v: 1 if v == "inc" else -1),
    "change": Key("change", among("intercept", "epi")),
    "ret": Key("cases", among("value", "cases"), lambda v: v == "cases"),
}
POISSON_RATIO = {name: key for name, key in LIKELIHOOD_RATIO.items() if name != "alpha"}
IGNORED = {
    "farrington": {"fitFun", "glmWarnings"},
    "ears": {"method"},
    "cusum": set[str](),
    "glr": {"xMax", "beta", "S"},
}
FITTERS = ("algo.farrington.fitGLM.flexible",)


def read_config(path: Path | None) -> dict[str, Any]:
    """The configuration of a JSON file; nothing without a file.

    Raises
    ------
    InputRefused (SIG-006) when the file is not a JSON object.
    """
    if path is None:
        return {}
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as why:
        raise InputRefused("SIG-006", file=path.name) from why
    if not isinstance(config, dict):
        raise InputRefused("SIG-006", file=path.name)
    return config


def settings_of(method: str, config: Config) -> tuple[Settings, tuple[str, ...]]:
    """Settings of a method, and the keys that it does not know.

    Raises
    ------
    UsageRefused (SIG-007) for an unknown method; InputRefused (SIG-008) for a value that a key
    cannot have.
    """
    if method == "farrington":
        if config.get("fitFun", FITTERS[0]) not in FITTERS:
            raise InputRefused("SIG-008", key="fitFun")
        return Farrington(**_fields(FARRINGTON, config)), _unknown("farrington", FARRINGTON, config)
    if method in ("ears-c1", "ears-c2", "ears-c3"):
        kind = method[-2:].upper()
        return Ears(kind, **_fields(EARS, config)), _unknown("ears", EARS, config)
    if method == "cusum":
        return Cusum(**_fields(CUSUM, config)), _unknown("cusum", CUSUM, config)
    if method in ("glr-pois", "glr-nb"):
        keys = POISSON_RATIO if method == "glr-pois" else LIKELIHOOD_RATIO
        standard = {"alpha": 0.0 if method == "glr-pois" else None}
        return LikelihoodRatio(**standard | _fields(keys, config)), _unknown("glr", keys, config)
    raise UsageRefused("SIG-007", method=method)


def _fields(keys: Mapping[str, Key], config: Config) -> dict[str, Any]:
    """The fields of a dataclass that the configuration fills."""
    found = {}
    for name, key in keys.items():
        if name in config:
            if not key.fits(config[name]):
                raise InputRefused("SIG-008", key=name)
            found[key.field] = key.read(config[name])
    return found


def _unknown(family: str, keys: Mapping[str, Key], config: Config) -> tuple[str, ...]:
    return tuple(sorted(set(config) - set(keys) - EVERYWHERE - IGNORED[family]))
