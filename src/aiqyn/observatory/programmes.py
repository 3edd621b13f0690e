"""The observatory's programmes: its register, and the panel of each from what was built."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from aiqyn import profiles
from aiqyn.errors import InputRefused
from aiqyn.observatory.building import Fetch, table
from aiqyn.observatory.evidence_labels import tiles
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.reference_files import silent_regions
from aiqyn.prevention.effects.panel import Panel
from aiqyn.prevention.register import (
    Programme,
    Register,
    programme_panel,
    read_register,
    register_folder,
)


def register(observatory: Observatory) -> Register:
    """The programmes registered; a region that the country does not have is a fault."""
    folder = register_folder(observatory.folder)
    found = read_register([folder]) if folder.is_dir() else Register()
    known = frozenset(tiles(observatory))
    strange = [
        InputRefused("PREV-075", where=p.source, region=place.region, known=", ".join(known))
        for p in found.programmes.values()
        for place in p.places
        if known and place.region not in known
    ]
    return Register(found.programmes, (*found.faults, *strange))


def sound_register(observatory: Observatory) -> Mapping[str, Programme]:
    """The programmes by code.

    Raises
    ------
    InputRefused the first fault of the register.
    """
    found = register(observatory)
    if found.faults:
        raise found.faults[0]
    return found.programmes


def registered(observatory: Observatory, code: str | None) -> Programme:
    """The programme of that code; of a register with one programme, that one.

    Raises
    ------
    InputRefused PREV-076 when there is no such programme, or several and no code.
    """
    known = sound_register(observatory)
    if code is None and len(known) == 1:
        return next(iter(known.values()))
    if code is None or code not in known:
        raise InputRefused("PREV-076", programme=code or "–", known=", ".join(known) or "–")
    return known[code]


def panel_of(observatory: Observatory, programme: Programme, fetch: Fetch | None = None) -> Panel:
    """Regions by periods, as the programme's own plan of evaluation asks.

    Raises
    ------
    UsageRefused OBS-012 when the observatory is not built.
    """
    people = fetch("linkage", "persons") if fetch else table(observatory, "linkage", "persons")
    return programme_panel(
        programme,
        counted_victims(observatory, people),
        reporting_regions(observatory),
        observatory.settings.years,
        register_folder(observatory.folder),
    )


def counted_victims(observatory: Observatory, people: pl.DataFrame) -> pl.DataFrame:
    """The persons who are victims under the observatory's main definition."""
    main = observatory.settings.definition
    return profiles.victims(people, profiles.assess(people, [main]), main)


def reporting_regions(observatory: Observatory) -> tuple[str, ...]:
    """Regions that reported in every year: a silent one is not known, which is not zero."""
    first, last = observatory.settings.years
    silent = {r for year in range(first, last + 1) for r in silent_regions(observatory, year)}
    return tuple(region for region in tiles(observatory) if region not in silent)
