"""Reading ``data/definitions/*.yaml``: fields known, codes known, no form forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from typing import Any, get_args

from aiqyn.standard.legal_definition import (
    ActRule,
    Cite,
    Confidence,
    Definition,
    Elements,
    Limb,
    MeansOf,
    MeansRule,
    Offence,
    PurposeRule,
    Words,
)

Raw = dict[str, Any]  # a YAML mapping as it was read; its values are checked below
_LANGUAGES = {"kk", "ru", "en"}
_VOCABULARY = "elements.yaml"


def read_definitions(folder: Traversable) -> dict[str, tuple[Definition, ...]]:
    """Name -> its texts, the oldest first, names in the order the files ask for.

    Raises
    ------
    ValueError when a file has an unknown field, an unknown code, or leaves a code out.
    """
    known = read_elements(folder)
    raw = [_yaml(f) for f in folder.iterdir() if f.name.endswith(".yaml") and f.name != _VOCABULARY]
    ordered = sorted(raw, key=lambda one: int(one["order"]))
    return {str(one["name"]): _versions(one, known) for one in ordered}


def read_elements(folder: Traversable) -> Elements:
    """The vocabulary of elements."""
    raw = _fields(_yaml(folder / _VOCABULARY), "elements", "acts means purposes")
    return Elements(tuple(raw["acts"]), tuple(raw["means"]), tuple(raw["purposes"]))


def _versions(raw: Raw, known: Elements) -> tuple[Definition, ...]:
    where = str(raw.get("name"))
    _fields(raw, where, "name order label versions", "family")
    family = tuple(_offence(one, where) for one in raw.get("family", ()))
    texts = sorted(raw["versions"], key=lambda one: one["in_force"])
    ends = [one["in_force"] - timedelta(days=1) for one in texts[1:]]
    return tuple(
        _version(raw, text, end, family, known)
        for text, end in zip(texts, [*ends, None], strict=True)
    )


def _version(
    raw: Raw, text: Raw, until: date | None, family: tuple[Offence, ...], known: Elements
) -> Definition:
    where = f"{raw['name']} {text.get('in_force')}"
    required = "in_force title confidence source gloss child_under cite citations limbs not_covered"
    _fields(text, where, required)
    made = Definition(
        name=str(raw["name"]),
        in_force=text["in_force"],
        until=until,
        labels=_words(raw["label"], where),
        titles=_words(text["title"], where),
        glosses=_words(text["gloss"], where),
        source=str(text["source"]).strip(),
        confidence=_confidence(text, where),
        child_under=int(text["child_under"]),
        cite=_cite(text["cite"]),
        citations={key: _words(words, where) for key, words in text["citations"].items()},
        limbs=tuple(_limb(one, where) for one in text["limbs"]),
        not_covered=tuple(_purposes(one, where) for one in text["not_covered"]),
        family=family,
    )
    _check_codes(made, known, where)
    _check_citations(made, where)
    return made


def _limb(raw: Raw, where: str) -> Limb:
    _fields(raw, where, "code cite acts means purposes")
    return Limb(
        code=str(raw["code"]),
        cite=_cite(raw["cite"]),
        acts=tuple(_acts(one, where) for one in raw["acts"]),
        means=_means(raw["means"], where),
        purposes=tuple(_purposes(one, where) for one in raw["purposes"]),
    )


def _acts(raw: Raw, where: str) -> ActRule:
    _fields(raw, where, "codes needs_purpose cite confidence", "counts counts_as text note")
    return ActRule(
        codes=tuple(raw["codes"]),
        needs_purpose=bool(raw["needs_purpose"]),
        cite=_cite(raw["cite"]),
        confidence=_confidence(raw, where),
        counts=bool(raw.get("counts", True)),
        counts_as=tuple(raw.get("counts_as", ())),
        text=str(raw.get("text", "")),
        note=str(raw.get("note", "")).strip(),
    )


def _means(raw: Raw, where: str) -> MeansRule:
    _fields(raw, where, "codes adult child", "not_counted note")
    return MeansRule(
        codes=tuple(raw["codes"]),
        adult=_means_of(raw["adult"], where),
        child=_means_of(raw["child"], where),
        not_counted=tuple(raw.get("not_counted", ())),
        note=str(raw.get("note", "")).strip(),
    )


def _means_of(raw: Raw, where: str) -> MeansOf:
    _fields(raw, where, "required cite confidence")
    return MeansOf(bool(raw["required"]), _cite(raw["cite"]), _confidence(raw, where))


def _purposes(raw: Raw, where: str) -> PurposeRule:
    _fields(raw, where, "codes cite confidence", "text note")
    return PurposeRule(
        codes=tuple(raw["codes"]),
        cite=_cite(raw["cite"]),
        confidence=_confidence(raw, where),
        text=str(raw.get("text", "")),
        note=str(raw.get("note", "")).strip(),
    )


def _offence(raw: Raw, where: str) -> Offence:
    _fields(raw, where, "article code from confidence title", "part until becomes")
    return Offence(
        article=str(raw["article"]),
        code=int(raw["code"]),
        since=raw["from"],
        until=raw.get("until"),
        title=_words(raw["title"], where),
        confidence=_confidence(raw, where),
        part=str(raw.get("part", "")),
        becomes=str(raw.get("becomes", "")),
    )


def _cite(raw: Any) -> Cite:  # either a key or one key per class of age
    if isinstance(raw, str):
        return Cite(raw, raw, raw)
    return Cite(**_fields(raw, "cite", "adult child unknown"))


def _words(raw: Raw, where: str) -> Words:
    if set(raw) != _LANGUAGES or not all(raw.values()):
        raise ValueError(f"{where}: words are needed in kk, ru and en")
    return {lang: str(text).strip() for lang, text in raw.items()}


def _confidence(raw: Raw, where: str) -> Confidence:
    if raw["confidence"] not in get_args(Confidence):
        raise ValueError(f"{where}: confidence is A, B or C")
    level: Confidence = raw["confidence"]
    return level


def _fields(raw: Raw, where: str, required: str, optional: str = "") -> Raw:
    lacking = set(required.split()) - set(raw)
    unknown = set(raw) - set(required.split()) - set(optional.split())
    if lacking or unknown:
        raise ValueError(f"{where}: lacking {sorted(lacking)}, unknown {sorted(unknown)}")
    return raw


def _check_codes(made: Definition, known: Elements, where: str) -> None:
    """Every limb says of every act and means whether it counts; every form is in or out, once."""
    for limb in made.limbs:
        acts = [code for rule in limb.acts for code in rule.codes]
        _same(acts, known.acts, f"{where}, limb {limb.code}, acts")
        means = [*limb.means.codes, *limb.means.not_counted]
        _same(means, known.means, f"{where}, limb {limb.code}, means")
    covered = frozenset().union(*(limb.purpose_codes() for limb in made.limbs))
    left_out = [code for rule in made.not_covered for code in rule.codes]
    _same([*covered, *left_out], known.purposes, f"{where}, purposes")


def _same(found: Iterable[str], wanted: Iterable[str], where: str) -> None:
    if sorted(found) != sorted(wanted):
        odd = set(found).symmetric_difference(wanted)
        raise ValueError(f"{where}: each known code once, but {sorted(odd) or 'one is doubled'}")


def _check_citations(made: Definition, where: str) -> None:
    cites = [made.cite, *(rule.cite for rule in made.not_covered)]
    for limb in made.limbs:
        cites += [limb.cite, limb.means.adult.cite, limb.means.child.cite]
        cites += [rule.cite for rule in limb.acts] + [rule.cite for rule in limb.purposes]
    used = {key for cite in cites for key in (cite.adult, cite.child, cite.unknown)}
    if used - set(made.citations):
        raise ValueError(f"{where}: no citation for {sorted(used - set(made.citations))}")


def _yaml(file: Traversable) -> Raw:
    import yaml

    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise TypeError(f"{file.name} is not a mapping")
    return raw
