"""How near found persons come to true ones: pairs of records, and whole persons."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

RECORD = ("list", "record_id")


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """A clustering of records beside the true one.

    Attributes
    ----------
    records : records that both cluster
    pairs_true, pairs_found, pairs_shared : pairs of records in one person: truly, as found, both
    persons_true, persons_found : true persons, found ones
    persons_exact : true persons whose records are together and with nobody else's
    """

    records: int
    pairs_true: int
    pairs_found: int
    pairs_shared: int
    persons_true: int
    persons_found: int
    persons_exact: int

    @property
    def precision(self) -> float:
        """Share of found pairs that are true; 1 when none was found."""
        return self.pairs_shared / self.pairs_found if self.pairs_found else 1.0

    @property
    def recall(self) -> float:
        """Share of true pairs that were found; 1 when there are none."""
        return self.pairs_shared / self.pairs_true if self.pairs_true else 1.0

    @property
    def f1(self) -> float:
        """Shared pairs over the mean of true and found ones; 1 when there are neither."""
        both = self.pairs_true + self.pairs_found
        return 2 * self.pairs_shared / both if both else 1.0

    @property
    def exact(self) -> float:
        """Share of true persons found exactly."""
        return self.persons_exact / self.persons_true

    @property
    def observed_difference(self) -> float:
        """Found persons ÷ true ones − 1: what an estimate sees too many (or too few) of."""
        return self.persons_found / self.persons_true - 1

    def __repr__(self) -> str:
        pairs = f"precision {self.precision:.4f}, recall {self.recall:.4f}, F1 {self.f1:.4f}"
        whole = f"{self.exact:.1%} of persons exact, observed {self.observed_difference:+.1%}"
        return f"ClusterScores: {pairs}; {whole}"


def cluster_scores(
    truth: pl.DataFrame, found: pl.DataFrame, *, person_id: str = "person_id"
) -> ClusterScores:
    """Scores of the persons that a linkage found.

    Parameters
    ----------
    truth : ``list, record_id, person``
    found : ``list, record_id`` and `person_id`, the same records in any order

    Raises
    ------
    ValueError when the two hold different records, or a record twice.

    Notes
    -----
    Pairs are counted from the table of true × found persons, n(n-1)/2 a cell; none is listed.
    """
    met = together(truth, found, person_id).unique(["person", "found"])
    true, by_us = met.unique("person"), met.unique("found")
    alone = (pl.col("n_shared") == pl.col("n_true")) & (pl.col("n_shared") == pl.col("n_found"))
    return ClusterScores(
        records=truth.height,
        pairs_true=_pairs(true, "n_true"),
        pairs_found=_pairs(by_us, "n_found"),
        pairs_shared=_pairs(met, "n_shared"),
        persons_true=true.height,
        persons_found=by_us.height,
        persons_exact=met.filter(alone).height,
    )


def together(truth: pl.DataFrame, found: pl.DataFrame, person_id: str) -> pl.DataFrame:
    """Each record with its true and its found person, and how many records either and both hold."""
    named = found.select(*RECORD, pl.col(person_id).alias("found"))
    both = truth.join(named, on=RECORD, how="inner")
    if not truth.height == found.height == both.height == both.unique(RECORD).height:
        raise ValueError("the truth and the persons found are not of the same records, each once")
    size = {"n_true": ["person"], "n_found": ["found"], "n_shared": ["person", "found"]}
    return both.with_columns(
        pl.len().over(of).cast(pl.Int64).alias(name) for name, of in size.items()
    )


def _pairs(cells: pl.DataFrame, size: str) -> int:
    return int(cells.select((pl.col(size) * (pl.col(size) - 1) // 2).sum()).item())
