"""Risk factors by area and period, and how they go with measured trafficking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.prevention.factors.association import associate
    from aiqyn.prevention.factors.e_value import e_value_of_limit
    from aiqyn.prevention.factors.folder import FactorAnswer, answer, measured_of
    from aiqyn.prevention.factors.link import Link
    from aiqyn.prevention.factors.list_of_factors import Factor, factor_list
    from aiqyn.prevention.factors.observed import Observed
    from aiqyn.prevention.factors.observing import observe
    from aiqyn.prevention.factors.reading import read_factor_file, read_factors
    from aiqyn.prevention.factors.results import Association, LeftOut
    from aiqyn.prevention.factors.rules import load_rules
    from aiqyn.prevention.factors.tables import FactorFile, FactorTable

__all__ = [
    "Association",
    "Factor",
    "FactorAnswer",
    "FactorFile",
    "FactorTable",
    "LeftOut",
    "Link",
    "Observed",
    "answer",
    "associate",
    "e_value_of_limit",
    "factor_list",
    "load_rules",
    "measured_of",
    "observe",
    "read_factor_file",
    "read_factors",
]

_HOME = {
    "Association": "results",
    "Factor": "list_of_factors",
    "FactorAnswer": "folder",
    "FactorFile": "tables",
    "FactorTable": "tables",
    "LeftOut": "results",
    "Link": "link",
    "Observed": "observed",
    "answer": "folder",
    "associate": "association",
    "e_value_of_limit": "e_value",
    "factor_list": "list_of_factors",
    "load_rules": "rules",
    "measured_of": "folder",
    "observe": "observing",
    "read_factor_file": "reading",
    "read_factors": "reading",
}

__getattr__ = lazily(__name__, _HOME)
