"""Does the form refer some groups more rightly than others? Groups are compared, never scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.signals.screening.bias.accuracy import Accuracy, Share, accuracy_of
    from aiqyn.signals.screening.bias.forms_file import ScreenedForms, read_forms
    from aiqyn.signals.screening.bias.groups import BiasReport, GroupBias, compare_groups

__all__ = [
    "Accuracy",
    "BiasReport",
    "GroupBias",
    "ScreenedForms",
    "Share",
    "accuracy_of",
    "compare_groups",
    "read_forms",
]

__getattr__ = lazily(
    __name__,
    {
        "Accuracy": "accuracy",
        "BiasReport": "groups",
        "GroupBias": "groups",
        "ScreenedForms": "forms_file",
        "Share": "accuracy",
        "accuracy_of": "accuracy",
        "compare_groups": "groups",
        "read_forms": "forms_file",
    },
)
