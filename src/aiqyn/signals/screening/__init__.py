"""Screening by the ILO/EC operational indicators: signs for a trained person, never a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.signals.screening.answers import Answers, answers_of, read_answers
    from aiqyn.signals.screening.dimensions import Dimension, Screening, is_positive, screen_answers
    from aiqyn.signals.screening.form_rows import FilledForm, read_form
    from aiqyn.signals.screening.form_workbook import write_form
    from aiqyn.signals.screening.indicator_list import Indicator, IndicatorList, read_indicators
    from aiqyn.signals.screening.order_of_questions import (
        Topic,
        conversation,
        ilo11_label,
        sign_label,
    )
    from aiqyn.signals.screening.predictive_value import PredictiveValue, chance_of_being_right

__all__ = [
    "Answers",
    "Dimension",
    "FilledForm",
    "Indicator",
    "IndicatorList",
    "PredictiveValue",
    "Screening",
    "Topic",
    "answers_of",
    "chance_of_being_right",
    "conversation",
    "ilo11_label",
    "is_positive",
    "read_answers",
    "read_form",
    "read_indicators",
    "screen_answers",
    "sign_label",
    "write_form",
]

__getattr__ = lazily(
    __name__,
    {
        "Answers": "answers",
        "Dimension": "dimensions",
        "FilledForm": "form_rows",
        "Indicator": "indicator_list",
        "IndicatorList": "indicator_list",
        "PredictiveValue": "predictive_value",
        "Screening": "dimensions",
        "Topic": "order_of_questions",
        "answers_of": "answers",
        "conversation": "order_of_questions",
        "ilo11_label": "order_of_questions",
        "read_form": "form_rows",
        "sign_label": "order_of_questions",
        "write_form": "form_workbook",
        "is_positive": "dimensions",
        "chance_of_being_right": "predictive_value",
        "read_answers": "answers",
        "read_indicators": "indicator_list",
        "screen_answers": "dimensions",
    },
)
