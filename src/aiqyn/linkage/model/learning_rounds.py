"""One round of learning, ended before a share sinks below what a number can hold.

Pairs of one person in clean lists never disagree in some ways. Each pass of expectation
maximisation then makes the share of such a level many times smaller, and Splink gives up below
1e-300. Long before that the share has no meaning (`learnt` lifts it to its least), so fewer passes
teach the same.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from aiqyn.linkage.model.splink_settings import PASSES

if TYPE_CHECKING:
    from splink import Linker


def learn_round(linker: Linker, rule: str, pairs: float) -> bool:
    """Whether the pairs that a rule names taught the linker their shares.

    Parameters
    ----------
    rule : names the pairs, in the words of the linker's database
    pairs : most pairs to learn from
    """
    told = linker._settings_obj
    # a round that fails leaves the settings without the comparisons of its rule
    before = deepcopy(told.core_model_settings)
    passes = PASSES
    while passes:
        told.training_settings = replace(told.training_settings, max_iterations=passes)
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule,
                estimate_without_term_frequencies=True,
                max_pairs=pairs,
                record_sample_proportion=1.0,
            )
        except ValueError:
            told.core_model_settings = deepcopy(before)
            passes //= 2
        else:
            return True
    return False
