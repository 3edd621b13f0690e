"""Lists of invented persons, and how near a linkage of them comes to the truth.

Run through `benches.work`: ``lists DIR 20000 second 7``, ``score_persons DIR OUT``,
``score_raw_text DIR``, ``raw_splink OUT [MODEL]``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from benches.raw_splink import raw_splink

if TYPE_CHECKING:
    import polars as pl

    from aiqyn.demo.overlapping_lists import Truth

MEASURES = ("precision", "recall", "f1", "exact", "observed_difference")


def lists(
    folder: str, persons: str, scheme: Literal["first", "second"], seed: str
) -> Mapping[str, Any]:
    """The lists, written before the clock starts."""
    from aiqyn.demo.overlapping_lists import write_lists

    made = write_lists(Path(folder), persons=int(persons), seed=int(seed), scheme=scheme)
    return {"records": made.records.height, "files": [str(file) for file in made.files]}


def score_persons(folder: str, out: str) -> Mapping[str, Any]:
    """Scores of the persons that `aiqyn link` wrote to `out`."""
    import polars as pl

    from aiqyn.demo.overlapping_lists import read_truth

    truth, found = read_truth(Path(folder)), pl.read_parquet(Path(out) / "persons.parquet")
    return {
        "counting": _scores(truth, found, "person_id"),
        "casework": _scores(truth, found, "case_person_id"),
    }


def score_raw_text(folder: str) -> Mapping[str, Any]:
    """Scores of a linkage that only writes names small."""
    from aiqyn.demo.overlapping_lists import read_truth
    from benches.raw_text_link import link

    truth = read_truth(Path(folder))
    return _scores(truth, link(truth.files), "person_id")


def _scores(truth: Truth, found: pl.DataFrame, person_id: str) -> dict[str, float]:
    from aiqyn.demo.overlapping_lists import cluster_scores

    scores = cluster_scores(truth.records, found, person_id=person_id)
    return {measure: getattr(scores, measure) for measure in MEASURES}


LINKAGE_WORK: dict[str, Callable[..., Mapping[str, Any]]] = {
    "lists": lists,
    "score_persons": score_persons,
    "score_raw_text": score_raw_text,
    "raw_splink": raw_splink,
}
