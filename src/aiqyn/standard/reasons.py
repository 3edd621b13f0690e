"""Why a record got its verdict, in a sentence that names the article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from aiqyn.standard.definitions import definition
from aiqyn.standard.legal_definition import Definition
from aiqyn.words import say


def reason(row: Mapping[str, Any], lang: str = "en") -> str:  # Any: a row of a mixed table
    """One sentence on one verdict.

    Parameters
    ----------
    row : a row of `classify`'s table (``.row(i, named=True)``); its ``definition, version,
        reason_key, citations, codes`` and ``missing`` are used
    lang : ``kk``, ``ru`` or ``en``
    """
    text = _text(str(row["definition"]), row["version"])
    return say(
        f"definition.reason.{row['reason_key']}",
        lang,
        citation="; ".join(text.citation(key, lang) for key in row["citations"].split(";")),
        elements=listed((f"definition.element.{e}" for e in row["missing"]), lang),
        codes=_labels(row["reason_key"], filter(None, row["codes"].split(";")), lang),
    )


def listed(keys: Iterable[str], lang: str) -> str:
    """Words of the catalogue after a colon: only commas, so that nothing has to be declined."""
    return ", ".join(say(key, lang) for key in keys)


def _labels(reason_key: str, codes: Iterable[str], lang: str) -> str:
    from aiqyn.standard.code_lists import code_list

    names = code_list("form" if reason_key == "not_covered" else "means")
    return ", ".join(names.label(code, lang) for code in codes)


def _text(name: str, version: date) -> Definition:
    return definition(name, version)
