"""Decomposable graphs: log-linear models whose marginal likelihoods are closed, and their mean."""

from __future__ import annotations

from aiqyn.estimates.decomposable.answer import average_of_graphs

__all__ = ["average_of_graphs"]
