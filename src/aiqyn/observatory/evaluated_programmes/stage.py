"""The stage `programmes`: each registered programme by its own plan of evaluation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from aiqyn.disclosure.earlier import read_edition
from aiqyn.disclosure.published import PublishedTable
from aiqyn.errors import AiqynError
from aiqyn.observatory.building import Advance, Fetch, Made
from aiqyn.observatory.earlier_editions import TABLE as EDITION
from aiqyn.observatory.evaluated_programmes.answering import answer_row, refused_row
from aiqyn.observatory.evaluated_programmes.beside_tables import BesideTables
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.manifest import file_sha256
from aiqyn.observatory.own_rules import rules_of
from aiqyn.observatory.programmes import panel_of, sound_register
from aiqyn.prevention.effects import Card, Question, evaluate, evaluate_draws
from aiqyn.prevention.effects.evaluating import SEED
from aiqyn.prevention.register import Programme, outcome_draws, register_folder

ANSWERS = {"code": pl.String, "answer": pl.String}
TABLE = "answers"


def programmes(observatory: Observatory, fetch: Fetch, advance: Advance) -> Made:
    """What may be printed of every programme: a row each, its answer as JSON."""
    known = sound_register(observatory)
    beside = BesideTables(_printed(fetch) if known else (), rules_of(observatory))
    rows = []
    for place, programme in enumerate(known.values()):
        advance(place / len(known), programme.code)
        told = _answer(observatory, programme, fetch, beside)
        rows.append({"code": programme.code, "answer": json.dumps(told, sort_keys=True)})
    return Made({TABLE: pl.DataFrame(rows, schema=ANSWERS)}, {"programmes": len(known)})


def programme_inputs(observatory: Observatory) -> Mapping[str, str]:
    """The files of the register."""
    folder, root = register_folder(observatory.folder), observatory.folder
    files = sorted(f for f in folder.iterdir() if f.is_file()) if folder.is_dir() else []
    return {f.relative_to(root).as_posix(): file_sha256(f) for f in files}


def _printed(fetch: Fetch) -> tuple[PublishedTable, ...]:
    """The tables as the report prints them."""
    return read_edition("", fetch("disclosure", EDITION)["json"][0]).tables


def _answer(
    observatory: Observatory, programme: Programme, fetch: Fetch, beside: BesideTables
) -> dict[str, Any]:  # Any: JSON
    question = Question(programme.design, programme.comparison, kind=programme.outcome_kind)
    try:
        panel = panel_of(observatory, programme, fetch)
        draws = outcome_draws(programme, panel, np.random.default_rng([SEED, 1]))
        found = evaluate_draws(panel, draws, question) if draws else evaluate(panel, question)
    except AiqynError as refusal:
        return refused_row(programme, refusal)
    card = Card(found, programme.told(programme.title, "en"), programme.cost)
    threshold = observatory.settings.threshold
    return answer_row(programme, panel, card, threshold, partial(beside.admits, panel))
