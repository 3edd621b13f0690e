"""An invented country whose truth is known: Samal (XSA), a seeded generator of observatories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.demo.country import DemoCountry, write_country

__all__ = ["DemoCountry", "write_country"]

_HOME = {"DemoCountry": "country", "write_country": "country"}

__getattr__ = lazily(__name__, _HOME)
