"""What a person adds to: the values of each dimension, margins of a classification included.

A form counts under its own code and its group, an age under its group and as child or adult; so the
series of a group is a margin of the series of its parts. What was not recorded adds to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import polars as pl

from aiqyn.signals.watching_country.settings import WatchSettings
from aiqyn.standard import code_list

BETWEEN = ">"  # of a route
TOGETHER = "+"  # of the regions of a cluster
NOTHING = ("unknown", "none")


def attributes(persons: pl.DataFrame, country: str) -> pl.DataFrame:
    """A list of values for each person and dimension, empty where nothing was recorded.

    Parameters
    ----------
    persons : the standard's fields of a person, one row each
    country : code of the country, for routes within it and across its border
    """
    return persons.select(
        place=_alone("region"),
        form=_forms(),
        sex=_alone("sex"),
        age=_ages(),
        citizenship=_alone("citizenship"),
        sector=_alone("sector"),
        recruitment=_alone("recruitment"),
        route=_route(country),
    )


def subsets(settings: WatchSettings) -> tuple[tuple[str, ...], ...]:
    """The combinations of dimensions that are watched, the whole country first."""
    sizes = range(settings.longest + 1)
    found = (chosen for n in sizes for chosen in combinations(settings.dimensions, n))
    return tuple(c for c in found if not any(pair <= set(c) for pair in settings.apart))


def _alone(field: str) -> pl.Expr:
    return _list_of([_known(pl.col(field))])


def _known(value: pl.Expr) -> pl.Expr:
    return pl.when(~value.is_in(NOTHING)).then(value)


def _list_of(values: Sequence[pl.Expr]) -> pl.Expr:
    return pl.concat_list(values).list.drop_nulls().list.unique(maintain_order=True)


def _forms() -> pl.Expr:
    """Forms and their groups; a group is written with `*` for it shares a code with a form."""
    entries = code_list("form").frame.select("code", "form_group").drop_nulls()
    groups = {code: group_code(group) for code, group in entries.iter_rows()}
    forms = (
        pl.col("forms").fill_null([]).list.eval(pl.element().filter(~pl.element().is_in(NOTHING)))
    )
    told = forms.list.eval(
        pl.element().replace_strict(groups, default=None, return_dtype=pl.String)
    )
    return pl.concat_list(forms, told).list.drop_nulls().list.unique(maintain_order=True)


def group_code(group: str) -> str:
    """How a group of forms is written among the forms."""
    return f"*{group}"


def _ages() -> pl.Expr:
    coarse = dict(code_list("age_group").frame.select("code", "coarse").drop_nulls().iter_rows())
    fine = _known(pl.col("age_group"))
    return _list_of([fine.replace_strict(coarse, default=None, return_dtype=pl.String), fine])


def _route(country: str) -> pl.Expr:
    """From where to where, if they differ: another country or another region on either side."""
    citizenship, abroad = _known(pl.col("citizenship")), _known(pl.col("country_exploitation"))
    start = (
        pl.when(citizenship != country).then(citizenship).otherwise(_known(pl.col("region_origin")))
    )
    end = pl.when(abroad != country).then(abroad).otherwise(_known(pl.col("region")))
    return _list_of([pl.when(start != end).then(start + pl.lit(BETWEEN) + end)])
