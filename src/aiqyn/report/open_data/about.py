"""What the open-data folder says of the publication that it was made from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from aiqyn import words

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class About:
    """The publication.

    Attributes
    ----------
    country : ISO 3166-1 alpha-3, or a user-assigned code for an invented country
    names : the country's name by language
    year, years : year of the report; first and last year of the tables
    published : ISO date that the report bears; no clock is read
    version : year and edition, ``2025.1``
    definition : the definition that decides who is counted
    threshold : persons; "<5" stands for 1 to threshold - 1
    kept_years : years printed as an earlier edition had them
    inputs_sha256 : hash of the agencies' files
    languages : of the folder's texts
    labels : labels that no shipped list has, by list, code and language
    residents : of the country in the year; None where not known
    publish : how much of an estimate the gate lets through; None where there is none
    """

    country: str
    names: Names
    invented: bool
    year: int
    years: tuple[int, int]
    published: str
    version: str
    definition: str
    threshold: int
    kept_years: tuple[int, ...]
    inputs_sha256: str
    languages: tuple[str, ...]
    labels: Mapping[str, Mapping[str, Names]]
    residents: int | None = None
    publish: str | None = None

    @property
    def name(self) -> str:
        """The package's name: small letters, digits and hyphens."""
        return f"trafficking-in-persons-{self.country.lower()}-{self.year}"

    def title(self, lang: str) -> str:
        """The package's title."""
        return words.say("open_data.title", lang, country=self.names[lang], year=self.year)

    def citation(self, lang: str) -> str:
        """How the data are to be cited."""
        return words.say(
            "open_data.citation",
            lang,
            title=self.title(lang),
            version=self.version,
            published=self.published,
            hash=self.inputs_sha256[:16],
        )


@cache
def choices() -> Mapping[str, Any]:  # Any: what TOML holds
    """Licence, profile and SDMX codes: ``data/report/open_data.toml``."""
    path = files("aiqyn").joinpath("data", "report", "open_data.toml")
    return tomllib.loads(path.read_text("utf-8"))
