"""Records with everything about a person in the form in which it is compared."""

from __future__ import annotations

import polars as pl

from aiqyn.linkage.birth_date_columns import with_birth_dates
from aiqyn.linkage.names.columns import with_name_keys
from aiqyn.linkage.national_numbers import with_national_numbers


def normalise(records: pl.DataFrame) -> pl.DataFrame:
    """The records with normal forms of names, dates of birth and national numbers beside them.

    Parameters
    ----------
    records : any of `given, surname, patronymic, dob, dob_precision, national_id`, as text; other
        columns, the rows and their order stay

    Returns
    -------
    The columns of `with_name_keys`, `with_birth_dates` and `with_national_numbers`. Only
    `dob_precision` is written over: by what the date itself bears out.
    """
    return with_national_numbers(with_birth_dates(with_name_keys(records)))
