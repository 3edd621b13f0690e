"""The answers: an estimate with its intervals, model and cautions, or a refusal and its why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiqyn.errors import AiqynError
from aiqyn.words import number, percent, say

if TYPE_CHECKING:
    import polars as pl

    from aiqyn.estimates.linkage_error.corrected import Corrected


@dataclass(frozen=True, slots=True)
class Caution:
    """A doubt that travels with the number: a code of the catalogue and what fills its slots."""

    code: str
    slots: Mapping[str, Any] = field(default_factory=dict)  # Any: a count, a number, a list's name

    def text(self, lang: str = "en") -> str:
        """The sentence; counts and estimates written as the language writes them."""
        return say(self.code, lang, **{k: _shown(v, lang) for k, v in self.slots.items()})

    def to_json(self, lang: str = "en") -> dict[str, str]:
        """Code and sentence."""
        return {"code": self.code, "text": self.text(lang)}


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of the number of persons in all, recorded ones included.

    Attributes
    ----------
    level : share of repetitions that should cover the truth, 0.8 or 0.95
    low, high : persons; None where no limit can be given
    degenerate : ends that are only the smallest or largest replicate, or none: "low", "high"
    """

    level: float
    low: float | None
    high: float | None
    degenerate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A log-linear model in the names of the lists.

    Attributes
    ----------
    pairs : chosen pairs with a finite parameter
    minus_infinity : terms whose lists share nobody
    terms : every term, single lists included and those at minus infinity too
    """

    pairs: tuple[tuple[str, ...], ...]
    minus_infinity: tuple[tuple[str, ...], ...]
    terms: tuple[tuple[str, ...], ...]

    def to_json(self) -> dict[str, list[list[str]]]:
        """Lists of lists of names."""
        return {name: [list(t) for t in getattr(self, name)] for name in _MODEL_PARTS}

    @property
    def label(self) -> str:
        """Terms that no other term contains: ``A×E, B, C, D``."""
        tops = [t for t in self.terms if not any(set(t) < set(o) for o in self.terms)]
        return ", ".join("×".join(t) for t in tops)


_MODEL_PARTS = ("pairs", "minus_infinity", "terms")


@dataclass(frozen=True, slots=True)
class ModelShare:
    """A model that was, or could have been, chosen.

    Attributes
    ----------
    model : the model
    estimate : persons in all under it, on the table as observed; None where it is not admissible
    share : share of the replicates that chose it; None where there were none
    bic, aic : on the table as observed, where every model was fitted
    """

    model: Model
    estimate: float | None
    share: float | None = None
    bic: float | None = None
    aic: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's fields; `bic` and `aic` where known."""
        found = {
            "terms": [list(t) for t in self.model.terms],
            "share": self.share,
            "estimate": self.estimate,
        }
        known = {"bic": self.bic, "aic": self.aic}
        return found | {k: v for k, v in known.items() if v is not None}


@dataclass(frozen=True, slots=True)
class Replicates:
    """What became of the resampled tables.

    Attributes
    ----------
    run : tables resampled
    refused : of them without a maximum; they stand as infinitely many persons in the interval
    empty_list : of them with a list that lost its last person; it counts as absent
    ties : of them with the very estimate of the table itself; half of them count as below it
    """

    run: int = 0
    refused: int = 0
    empty_list: int = 0
    ties: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """Estimated number of persons, recorded or not, by one method; or the refusal to give one.

    Attributes
    ----------
    method : code of the method
    observed : persons on at least one list
    total : persons in all; None when refused
    intervals : widest first, each of the total
    model : the log-linear model chosen, if the method has one
    aic, bic, deviance : of that model, with the Poisson constants
    settings : what was asked, seed included
    replicates : what became of the resampled tables
    models : the models and their shares, most often chosen (or lowest BIC) first
    modes : estimates that stand apart among models almost equally good
    cautions : what must be said with the number
    refusal : why there is none
    replicate_estimates : one for each table of a file of replicates, in its order
    corrected : the total without linkage error, where an audit of the linkage was given
    """

    method: str
    observed: int
    total: float | None
    intervals: tuple[Interval, ...] = ()
    model: Model | None = None
    aic: float | None = None
    bic: float | None = None
    deviance: float | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)  # Any: numbers and words alike
    replicates: Replicates = Replicates()
    models: tuple[ModelShare, ...] = ()
    modes: tuple[float, ...] = ()
    cautions: tuple[Caution, ...] = ()
    refusal: AiqynError | None = None
    replicate_estimates: tuple[float | None, ...] | None = None
    corrected: Corrected | None = None

    def __post_init__(self) -> None:
        if (self.total is None) == (self.refusal is None):
            raise ValueError("an estimate has a number or a refusal, and not both")

    @property
    def hidden(self) -> float | None:
        """Persons on no list."""
        return None if self.total is None else self.total - self.observed

    def interval(self, level: float = 0.95) -> Interval | None:
        """The interval of that level, if it was asked for."""
        return next((i for i in self.intervals if i.level == level), None)

    def table(self) -> pl.DataFrame:
        """One row: method, persons observed, estimate, both intervals, refusal's code."""
        import polars as pl

        limits = {f"{end}{level}": value for level, end, value in self._limits()}
        code = self.refusal.code if self.refusal else None
        row = {"method": self.method, "observed": self.observed, "estimate": self.total}
        types = {"estimate": pl.Float64, **dict.fromkeys(limits, pl.Float64), "refusal": pl.String}
        return pl.DataFrame([row | limits | {"refusal": code}], schema_overrides=types)

    def text(self, lang: str = "en") -> str:
        """A paragraph: the number with its interval and cautions, or why there is none."""
        said = tuple(c.text(lang) for c in self.cautions)
        if self.refusal is not None:
            return " ".join((self.refusal.text(lang), *said, self.refusal.mend(lang)))
        told = [self._headline(lang), *said]
        if self.corrected is not None:
            told.append(self.corrected.text(lang))
        return " ".join(told)

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """The fields of one result of ``aiqyn estimate --json``; not finite becomes null."""
        limits = {f"{end}{level}": value for level, end, value in self._limits()}
        answer: dict[str, Any] = {
            "method": self.method,
            "settings": dict(self.settings),
            "estimate": self.total,
            **limits,
            "model": self.model.to_json() if self.model else None,
            "aic": self.aic,
            "deviance": self.deviance,
            "bic": self.bic,
            "replicates": {k: getattr(self.replicates, k) for k in Replicates.__slots__},
            "models": [m.to_json() for m in self.models],
            "modes": list(self.modes),
            "degenerate": [f"{e}{_name(i.level)}" for i in self.intervals for e in i.degenerate],
            "cautions": [c.to_json(lang) for c in self.cautions],
            "refused": self.refusal is not None,
            "why": self._why(lang),
        }
        if self.replicate_estimates is not None:
            answer["replicate_estimates"] = list(self.replicate_estimates)
        if self.corrected is not None:
            answer["corrected"] = self.corrected.to_json()
        return answer

    def _why(self, lang: str) -> dict[str, str] | None:
        if self.refusal is None:
            return None
        return {"code": self.refusal.code, "text": self.text(lang)}

    def _limits(self) -> list[tuple[str, str, float | None]]:
        found: list[tuple[str, str, float | None]] = []
        for level in (0.95, 0.8):
            interval = self.interval(level)
            found.append((_name(level), "lo", interval.low if interval else None))
            found.append((_name(level), "hi", interval.high if interval else None))
        return found

    def _headline(self, lang: str) -> str:
        interval = self.interval(0.95)
        slots = {"observed": number(self.observed, lang), "n": number(self.total or 0, lang)}
        method = say(f"estimate.method.{self.method}", lang)
        if interval is None or interval.low is None or interval.high is None:
            return say("estimate.text.point", lang, method=method, **slots)
        ends = {"low": number(interval.low, lang), "high": number(interval.high, lang)}
        level = number(100 * interval.level, lang)
        return say("estimate.text.interval", lang, method=method, level=level, **slots, **ends)

    def __repr__(self) -> str:
        return f"Estimate ({self.method}): {self.text('en')}"


def _name(level: float) -> str:
    return f"{100 * level:.0f}"


def _shown(value: object, lang: str) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return percent(value, lang) if isinstance(value, float) and value < 1 else number(value, lang)
