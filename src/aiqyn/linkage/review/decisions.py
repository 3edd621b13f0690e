"""What two readers decided, how far they agree beyond chance, and what goes to a third."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake.open_file import open_file
from aiqyn.linkage.review.queue import DECISION, PAIR

SAME, DIFFERENT, UNSURE = "same", "different", "not sure"
WORDS = {
    SAME: ("same", "yes", "один человек", "да", "бір адам", "иә"),
    DIFFERENT: ("different", "no", "разные люди", "нет", "басқа адам", "жоқ"),
    UNSURE: ("not sure", "не уверен", "сенімді емес"),
}
ENDS = ("list_1", "record_id_1", "list_2", "record_id_2")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Two readings of one queue, and a third of what they differed in.

    Attributes
    ----------
    decided : `list_1`, `record_id_1`, `list_2`, `record_id_2`, `decision` (same, different)
    open : numbers of pairs for the third reader: the two differ, or one of them is not sure
    agree : share of pairs on which the two say the same
    kappa : agreement beyond chance, 1 for full; None where one word was used throughout
    """

    decided: pl.DataFrame
    open: tuple[int, ...]
    agree: float
    kappa: float | None

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """Counts and kappa; no pair, no record."""
        words = Counter(self.decided[DECISION].to_list())
        told = {"decided": self.decided.height, "same": words[SAME], "different": words[DIFFERENT]}
        return told | {"third_reader": len(self.open), "agree": self.agree, "kappa": self.kappa}


def reviewed(first: pl.DataFrame, second: pl.DataFrame, third: pl.DataFrame | None) -> Reviewed:
    """What stands after two readings, or three.

    Parameters
    ----------
    first, second, third : as `read_decisions` gives them; the third of the open pairs alone
    """
    both = first.join(second.select(PAIR, other=DECISION), on=PAIR, how="inner").sort(PAIR)
    one, two = both[DECISION].to_list(), both["other"].to_list()
    settled = both.filter((pl.col(DECISION) == pl.col("other")) & (pl.col(DECISION) != UNSURE))
    decided = [settled.select(PAIR, *ENDS, DECISION)]
    if third is not None:
        rest = third.join(settled.select(PAIR), on=PAIR, how="anti")
        decided.append(rest.filter(pl.col(DECISION) != UNSURE).select(PAIR, *ENDS, DECISION))
    done = pl.concat(decided).sort(PAIR)
    still = first.join(done.select(PAIR), on=PAIR, how="anti")[PAIR].sort().to_list()
    agree = sum(a == b for a, b in zip(one, two, strict=True)) / max(1, len(one))
    return Reviewed(done.select(*ENDS, DECISION), tuple(still), agree, kappa(one, two))


def kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Cohen's kappa of two readings of the same things.

    References
    ----------
    Cohen (1960), Educational and Psychological Measurement 20, 37-46.
    """
    n = len(first)
    if not n:
        return None
    agree = sum(a == b for a, b in zip(first, second, strict=True)) / n
    one, two = Counter(first), Counter(second)
    chance = sum(one[word] * two[word] for word in one) / n**2
    return None if chance == 1 else (agree - chance) / (1 - chance)


def read_decisions(path: str | Path) -> pl.DataFrame:
    """A reader's file: `pair`, the two records, `decision`; pairs left empty are not in it.

    Raises
    ------
    InputRefused (LINK-016) no such table, (LINK-017) a decision that is none of the three words.
    """
    file = Path(path)
    rows = _columns(file, (PAIR, *ENDS, DECISION))
    rows = rows.with_row_index("row", offset=2).filter(pl.col(DECISION).is_not_null())
    known = _words()
    said = [known.get(str(word).strip().casefold()) for word in rows[DECISION]]
    if None in said:
        raise InputRefused("LINK-017", file=file.name, row=rows["row"][said.index(None)])
    number = pl.col(PAIR).cast(pl.Int64, strict=False)
    return rows.with_columns(number, pl.Series(DECISION, said, dtype=pl.String)).drop("row")


def read_settled(path: str | Path) -> pl.DataFrame:
    """The decisions that stand after a review: the two records and `decision`.

    Raises
    ------
    InputRefused (LINK-016) when the file is none that a review wrote.
    """
    return _columns(Path(path), (*ENDS, DECISION))


def _columns(file: Path, wanted: Sequence[str]) -> pl.DataFrame:
    """The wanted columns of a review's file, as text."""
    cells = open_file(file)[0].cells
    headings = [str(h) for h in cells.row(0)] if cells.height else []
    if not set(wanted) <= set(headings):
        raise InputRefused("LINK-016", file=file.name, columns=", ".join(wanted))
    return cells[1:].select(pl.nth(headings.index(w)).alias(w) for w in wanted)


def _words() -> Mapping[str, str]:
    return {spelling: word for word, spellings in WORDS.items() for spelling in spellings}
