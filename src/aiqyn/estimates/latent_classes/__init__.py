"""Latent classes: people of several kinds, each kind with its own chances of being listed."""

from __future__ import annotations

from aiqyn.estimates.latent_classes.answer import latent_class
from aiqyn.estimates.latent_classes.chains import Plan
from aiqyn.estimates.latent_classes.many_tables import totals_of_tables
from aiqyn.estimates.latent_classes.sampler import Prior

__all__ = ["Plan", "Prior", "latent_class", "totals_of_tables"]
