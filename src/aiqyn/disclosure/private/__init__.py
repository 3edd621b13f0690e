"""Differentially private synthetic data: drawn once, paid for, refused where it would be false."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.disclosure.private.code_tables import read_codes_table
    from aiqyn.disclosure.private.domain import Domain, domain_for, read_domain
    from aiqyn.disclosure.private.ledger import Ledger, Limit
    from aiqyn.disclosure.private.noise import Noise, SecureNoise
    from aiqyn.disclosure.private.releasing import Order, Outcome, release
    from aiqyn.disclosure.private.settings import Settings, shipped_settings
    from aiqyn.disclosure.private.synthesis import Synthesis, synthesise
    from aiqyn.disclosure.private.zcdp import delta_of, epsilon_of, rho_of, sigma_of

__all__ = [
    "Domain",
    "Ledger",
    "Limit",
    "Noise",
    "Order",
    "Outcome",
    "SecureNoise",
    "Settings",
    "Synthesis",
    "delta_of",
    "domain_for",
    "epsilon_of",
    "read_codes_table",
    "read_domain",
    "release",
    "rho_of",
    "shipped_settings",
    "sigma_of",
    "synthesise",
]

_HOME = {
    "Domain": "domain",
    "Ledger": "ledger",
    "Limit": "ledger",
    "Noise": "noise",
    "Order": "releasing",
    "Outcome": "releasing",
    "SecureNoise": "noise",
    "Settings": "settings",
    "Synthesis": "synthesis",
    "delta_of": "zcdp",
    "domain_for": "domain",
    "epsilon_of": "zcdp",
    "read_codes_table": "code_tables",
    "read_domain": "domain",
    "release": "releasing",
    "rho_of": "zcdp",
    "shipped_settings": "settings",
    "sigma_of": "zcdp",
    "synthesise": "synthesis",
}

__getattr__ = lazily(__name__, _HOME)
