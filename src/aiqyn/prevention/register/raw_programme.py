"""From the fields of one programme, as a file has them, to the programme; or all that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from aiqyn.errors import InputRefused
from aiqyn.prevention.register.programme import OutcomeFile, Place, Programme
from aiqyn.prevention.register.programme_fields import Field, programme_fields, read_cell, refusal
from aiqyn.words import LANGUAGES

Raw = Mapping[str, Any]  # Any: what a TOML file or a workbook may hold
EMPTY: tuple[Any, ...] = (None, "", [], ())  # Any: what a cell may hold


@dataclass(frozen=True, slots=True)
class RawProgramme:
    """What a file says of one programme, not yet judged.

    Attributes
    ----------
    source : the file; `at` the place in it (a row of a workbook), empty for a file of its own
    fields : name -> value as found
    places : the regions, name -> value as found
    """

    source: str
    at: str
    fields: Raw
    places: Sequence[Raw]


def programme_of(raw: RawProgramme) -> tuple[Programme | None, tuple[InputRefused, ...]]:
    """The programme, or None and every refusal: unknown, missing and impossible fields."""
    where = f"{raw.source}{raw.at}"
    values, faults = _values("programme", raw.fields, where)
    places = []
    for number, told in enumerate(raw.places, start=1):
        found, wrong = _values("where", told, f"{where}, [[where]] {number}")
        faults += wrong
        places += [] if wrong else [Place(found["region"], found["from"], found.get("until"))]
    faults += _between(values, places, raw, where)
    return (None, tuple(faults)) if faults else (_made(values, tuple(places), raw.source), ())


def _values(table: str, told: Raw, where: str) -> tuple[dict[str, Any], list[InputRefused]]:
    fields = {f.name: f for f in programme_fields(table)}
    faults = [_unknown(name, fields, where) for name in told if name not in fields]
    values: dict[str, Any] = {}
    for field in fields.values():
        cell = told.get(field.name)
        if cell in EMPTY:
            if field.required == "yes" or _in_no_language(field, told):
                faults.append(refusal("PREV-062", field, where))
            continue
        try:
            values[field.name] = read_cell(field, cell)
        except ValueError as why:
            faults.append(refusal(str(why), field, where))
    return values, faults


def _in_no_language(field: Field, told: Raw) -> bool:
    """Of a text that one language is enough for: none is there, said once at the first."""
    if field.required != "one" or not field.name.endswith(LANGUAGES[0]):
        return False
    stem = field.name.removesuffix(LANGUAGES[0])
    return all(told.get(f"{stem}{lang}") in EMPTY for lang in LANGUAGES)


def _unknown(name: str, fields: Mapping[str, Field], where: str) -> InputRefused:
    near = get_close_matches(str(name), fields, n=2, cutoff=0.5)
    return InputRefused("PREV-061", where=where, field=name, known=", ".join(near or fields))


def _between(
    values: Mapping[str, Any], places: Sequence[Place], raw: RawProgramme, where: str
) -> Iterator[InputRefused]:
    """What two fields say against each other."""
    if not raw.places:
        yield InputRefused("PREV-067", where=where)
    for place in places:
        if place.until is not None and place.until <= place.since:
            yield InputRefused("PREV-068", where=where, region=place.region)
    regions = [place.region for place in places]
    for region in sorted({r for r in regions if regions.count(r) > 1}):
        yield InputRefused("PREV-066", where=where, region=region)
    there = {name for name, told in raw.fields.items() if told not in EMPTY}
    if ("cost" in there) != ("currency" in there):
        yield InputRefused("PREV-069", where=where)
    if len({"outcome_file", "outcome_column"} & there) == 1 or (
        len({"low_column", "high_column"} & there) == 1
    ):
        yield InputRefused("PREV-070", where=where)
    kind = values.get("outcome_kind")
    if "outcome_file" not in there and kind in ("estimates", "survey"):
        yield InputRefused("PREV-071", where=where, kind=kind)


def _made(values: Mapping[str, Any], places: tuple[Place, ...], source: str) -> Programme:
    own = ("code", "groups", "forms", "expected_change", "outcome_kind", "funder", "design")
    plan = ("evaluate_on", "evaluated_by", "cost", "currency", "runs_it")
    return Programme(
        **{name: values[name] for name in own},
        **{name: values.get(name) for name in plan},  # type: ignore[arg-type]  # read by their fields
        title=_texts(values, "title"),
        what=_texts(values, "what"),
        theory=_texts(values, "theory"),
        places=places,
        expected_scale=values.get("expected_scale", "share"),
        comparison=values.get("comparison", "never-treated"),
        period=values.get("period", "quarter"),
        outcome_file=_outcome_file(values),
        source=source,
    )


def _texts(values: Mapping[str, Any], stem: str) -> dict[str, str]:
    return {lang: values[f"{stem}_{lang}"] for lang in LANGUAGES if f"{stem}_{lang}" in values}


def _outcome_file(values: Mapping[str, Any]) -> OutcomeFile | None:
    if "outcome_file" not in values:
        return None
    ends = values.get("low_column"), values.get("high_column")
    return OutcomeFile(values["outcome_file"], values["outcome_column"], *ends)
