"""Screening by the ILO/EC operational indicators: signs for a trained person, never a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.signals.screening.answers import Answers, read_answers
    from aiqyn.signals.screening.dimensions import Dimension, Screening, is_positive, screen_answers
    from aiqyn.signals.screening.indicator_list import Indicator, IndicatorList, read_indicators
    from aiqyn.signals.screening.predictive_value import PredictiveValue, chance_of_being_right

__all__ = [
    "Answers",
    "Dimension",
    "Indicator",
    "IndicatorList",
    "PredictiveValue",
    "Screening",
    "chance_of_being_right",
    "is_positive",
    "read_answers",
    "read_indicators",
    "screen_answers",
]

__getattr__ = lazily(
    __name__,
    {
        "Answers": "answers",
        "Dimension": "dimensions",
        "Indicator": "indicator_list",
        "IndicatorList": "indicator_list",
        "PredictiveValue": "predictive_value",
        "Screening": "dimensions",
        "is_positive": "dimensions",
        "chance_of_being_right": "predictive_value",
        "read_answers": "answers",
        "read_indicators": "indicator_list",
        "screen_answers": "dimensions",
    },
)
