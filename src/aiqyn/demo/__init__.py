"""An invented country whose truth is known: Samal (XSA), a seeded generator of observatories."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiqyn.demo.country import DemoCountry, write_country

__all__ = ["DemoCountry", "write_country"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    from aiqyn.demo import country

    return getattr(country, name)


def __dir__() -> list[str]:
    return __all__
