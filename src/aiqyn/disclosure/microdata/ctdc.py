"""Records of the standard in the columns of CTDC's releases, so that they can lie side by side."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from aiqyn.standard import code_list

FLAG = "1"  # CTDC's synthetic releases write 1 or nothing, never 0
CHILD, ADULT = "Minor", "Adult"
YEAR, GENDER, MAJORITY = "yearOfRegistration", "gender", "majorityStatus"
CITIZENSHIP, COUNTRY = "citizenship", "CountryOfExploitation"


def ctdc_columns(victims: pl.DataFrame, *, release: str = "ctdc_2021") -> pl.DataFrame:
    """Victims in the columns of CTDC's Global Dataset.

    Parameters
    ----------
    victims : one row a person or record, columns `year`, `sex`, `age_group`, `citizenship`,
        `country_exploitation`, `forms` and `control` (lists of codes), as far as they are there
    release : column of the code lists that names CTDC's codes: ctdc_2021 or ctdc_2024

    Returns
    -------
    One row a row, all columns text: year, gender, majority status, citizenship and country (ISO
    3166-1 alpha-3), then a flag ("1" or null) for each form and means of control that CTDC knows.
    CTDC's bands of age are others than the standard's, so ages are told as minor or adult alone.
    """
    made = {
        YEAR: _text(victims, "year"),
        GENDER: _mapped(victims, "sex", _crosswalk("sex", release)),
        MAJORITY: _mapped(victims, "age_group", majority()),
        CITIZENSHIP: _known(victims, "citizenship"),
        COUNTRY: _known(victims, "country_exploitation"),
    }
    flags = {
        **_flags(victims, "forms", "form", release),
        **_flags(victims, "control", "control", release),
    }
    return pl.DataFrame({**made, **flags})


def majority() -> dict[str, str]:
    """Age group -> CTDC's majority status, where the group lies on one side of 18."""
    frame = code_list("age_group").frame.select("code", "coarse").drop_nulls()
    names = {"0-17": CHILD, "18+": ADULT}
    return {code: names[coarse] for code, coarse in frame.iter_rows() if coarse in names}


def flags_of(name: str, release: str = "ctdc_2021") -> dict[str, tuple[str, ...]]:
    """Code of a list -> the flags of CTDC that are 1 for it."""
    return {code: tuple(to.split(";")) for code, to in _crosswalk(name, release).items()}


def _crosswalk(name: str, release: str) -> dict[str, str]:
    frame = code_list(name).frame.select("code", release).drop_nulls()
    return {code: to for code, to in frame.iter_rows() if to}


def _text(victims: pl.DataFrame, column: str) -> pl.Series:
    if column not in victims.columns:
        return pl.Series(column, [None] * victims.height, dtype=pl.String)
    return victims[column].cast(pl.String)


def _known(victims: pl.DataFrame, column: str) -> pl.Series:
    return _text(victims, column).replace({"unknown": None})


def _mapped(victims: pl.DataFrame, column: str, to: Mapping[str, str]) -> pl.Series:
    return _text(victims, column).replace_strict(dict(to), default=None, return_dtype=pl.String)


def _flags(victims: pl.DataFrame, column: str, name: str, release: str) -> dict[str, pl.Series]:
    known = flags_of(name, release)
    names = sorted({flag for flags in known.values() for flag in flags})
    if column not in victims.columns:
        return {flag: pl.Series(flag, [None] * victims.height, dtype=pl.String) for flag in names}
    held = [
        {flag for code in codes or () for flag in known.get(code, ())}
        for codes in victims[column].to_list()
    ]
    return {
        flag: pl.Series(flag, [FLAG if flag in row else None for row in held], dtype=pl.String)
        for flag in names
    }
