"""Where to act, from printed numbers alone: what is ranked here may be shared with a community.

An estimate is a function of its table. So the counts that go into the ranking are those that
disclosure lets be printed; an area whose counts are hidden has no place, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from aiqyn.disclosure import (
    Cleared,
    Release,
    attack,
    clear,
    load_rules,
    publication_table,
)
from aiqyn.disclosure.cleared import clear_estimate
from aiqyn.disclosure.earlier import read_edition
from aiqyn.errors import AnswerRefused, InputRefused
from aiqyn.observatory.building import build, table
from aiqyn.observatory.earlier_editions import TABLE
from aiqyn.observatory.evidence_labels import labels
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.own_rules import rules_of
from aiqyn.observatory.stages import STAGES
from aiqyn.observatory.where_to_act.groups import target_groups
from aiqyn.observatory.where_to_act.printed import PrintedCounts, of_observatory, printed
from aiqyn.prevention.factors.folder import factor_files, measured_of
from aiqyn.prevention.factors.observed import Observed
from aiqyn.prevention.factors.observing import observe
from aiqyn.prevention.factors.reading import read_factors
from aiqyn.prevention.factors.rules import load_rules as factor_rules
from aiqyn.prevention.where_to_act import Groups, WhereToAct, rank_areas, read_channels
from aiqyn.report.community_sheet import Where
from aiqyn.words import LANGUAGES

OWN_COUNTS = "measured"
INCOMPLETE = "where.not_ranked.incomplete"


def where_to_act(folder: Path, *, seed: int) -> Where:
    """The ranking of an observatory, or of a folder with ``measured.csv``.

    Raises
    ------
    InputRefused PREV-059 when nothing was counted; AnswerRefused PREV-053 when fewer than three
    areas have printed counts; NotPermitted DISC-… when the counts could not be cleared.
    """
    if (folder / "observatory.toml").is_file():
        return _of_observatory(Observatory.open(folder), seed)
    return _of_folder(folder, seed)


def _of_observatory(observatory: Observatory, seed: int) -> Where:
    build(observatory, STAGES)
    rules = rules_of(observatory)
    text = table(observatory, "disclosure", TABLE)["json"].item()
    release = clear(Release(read_edition("where", text).tables), rules)
    counts = of_observatory(observatory, release)
    groups, beneath = target_groups(observatory, release)
    counts = replace(counts, beneath=(*counts.beneath, *beneath))
    told = labels(observatory, ())
    ranking = _ranked(observatory.folder, counts, groups, seed)
    settings = observatory.settings
    openings = len(attack(release.value, rules))
    return Where(
        ranking, told["region"], settings.names, settings.invented, openings, rules.threshold
    )


def _of_folder(folder: Path, seed: int) -> Where:
    measured, rules = measured_of(folder), load_rules()
    if measured is None:
        raise InputRefused("PREV-059", folder=folder.name)
    release = clear([publication_table(OWN_COUNTS, _with_totals(measured))], rules)
    shown = printed(release, OWN_COUNTS, measured, ("area", "period"))
    ranking = _ranked(folder, shown, Groups({}, {}), seed)
    names = {code: dict.fromkeys(LANGUAGES, code) for code in measured["area"].unique()}
    openings = len(attack(release.value, rules))
    return Where(ranking, names, {}, invented=False, openings=openings, threshold=rules.threshold)


def _ranked(folder: Path, counts: PrintedCounts, groups: Groups, seed: int) -> Cleared[WhereToAct]:
    observed = _observed(counts.measured, factor_files(folder))
    left_out = _left_out(counts, observed)
    channels = read_channels(folder)
    ranking = rank_areas(observed, groups=groups, channels=channels, not_ranked=left_out, seed=seed)
    return clear_estimate(ranking, counts.beneath)


def _observed(measured: pl.DataFrame, files: Sequence[Path]) -> Observed:
    """The counts with the factors that are known everywhere; without any where none is."""
    rules = replace(factor_rules(), share_known=1.0)
    whole = read_factors(list(files)).whole
    try:
        found = observe(measured, whole, rules)
    except AnswerRefused as why:
        if why.code != "PREV-049":
            raise
        return observe(measured, whole, rules, alone=True)
    few = len(found.persons) < rules.cells_a_factor * len(found.values)
    return observe(measured, whole, rules, alone=True) if few else found


def _left_out(counts: PrintedCounts, observed: Observed) -> dict[str, str]:
    """Areas without a place: counts hidden, nobody reported, or something else not known."""
    lacking = dict.fromkeys(sorted(set(counts.measured["area"])), INCOMPLETE)
    every = {**lacking, **counts.not_ranked}
    return {area: why for area, why in every.items() if area not in observed.areas}


def _with_totals(measured: pl.DataFrame) -> pl.DataFrame:
    """Area × period with every total, as disclosure wants it."""
    n = pl.col("persons").fill_null(0).cast(pl.Int64).alias("n")
    cells = measured.select("area", "period", n)
    whole = pl.lit("_all")
    parts = [
        cells,
        cells.group_by("area").agg(pl.col("n").sum()).select("area", whole.alias("period"), "n"),
        cells.group_by("period").agg(pl.col("n").sum()).select(whole.alias("area"), "period", "n"),
        cells.select(whole.alias("area"), whole.alias("period"), pl.col("n").sum()),
    ]
    return pl.concat(parts).sort("area", "period")
