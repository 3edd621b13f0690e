"""What the model compares: each record's name, birth, number and place in one normal form."""

from __future__ import annotations

import polars as pl

from aiqyn.linkage.birth_date_columns import with_birth_dates
from aiqyn.linkage.names.columns import with_name_keys
from aiqyn.linkage.national_numbers import with_national_numbers
from aiqyn.standard import code_list


def features(records: pl.DataFrame) -> pl.DataFrame:
    """The columns that the plan's conditions name, one row a record, in the records' order.

    Parameters
    ----------
    records : `record` (its number) and the contract's columns, as text

    Returns
    -------
    `given, surname, patronymic, name_sorted` (normal forms), their skeletons, `alias` (list),
    `script`; `born` (yyyymmdd, where the day is known), `born_swapped`, `birth_year, birth_month,
    birth_day`, `birth_low, birth_high` (years); `national_id`; `sex, citizenship, region`.
    """
    told = with_national_numbers(with_birth_dates(with_name_keys(records)))
    born = pl.coalesce("dob_date", pl.when(pl.col("dob_year").is_null()).then("iin_dob"))
    told = told.with_columns(born.alias("born_on"), sex=_codes(records, "sex"))
    year = pl.coalesce("dob_year", pl.col("born_on").dt.year())
    return told.select(
        "record",
        given="given_key",
        surname="surname_key",
        patronymic="patronymic_key",
        name_sorted="name_sorted",
        given_skeleton="given_skeleton",
        surname_skeleton="surname_skeleton",
        name_skeleton="name_skeleton",
        alias="alias_keys",
        script="script",
        born=pl.col("born_on").dt.strftime("%Y%m%d"),
        born_swapped=pl.col("dob_swapped").dt.strftime("%Y%m%d"),
        birth_year=year,
        birth_month=pl.coalesce("dob_month", pl.col("born_on").dt.month().cast(pl.Int32)),
        birth_day=pl.coalesce("dob_day", pl.col("born_on").dt.day().cast(pl.Int32)),
        birth_low=pl.coalesce("dob_year_low", year),
        birth_high=pl.coalesce("dob_year_high", year),
        national_id="national_key",
        sex=pl.coalesce("sex", "iin_sex"),
        citizenship=_codes(records, "citizenship", "country"),
        region=pl.col("region").str.to_lowercase(),
    )


def _codes(records: pl.DataFrame, column: str, named: str | None = None) -> pl.Series:
    """The standard's codes for a column's texts; what the code list lacks stays as it is."""
    known = code_list(named or column)
    texts = records[column].drop_nulls().unique().to_list()
    codes = {text: known.find(text) or text.casefold() for text in texts}
    unknown = {text: None for text, code in codes.items() if code == "unknown"}
    return records[column].replace_strict(codes | unknown, return_dtype=pl.String, default=None)
