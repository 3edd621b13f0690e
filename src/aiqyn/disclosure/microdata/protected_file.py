"""A file of records made ready for publication, and what it still tells of the persons in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import polars as pl

from aiqyn import words
from aiqyn.disclosure.microdata.anonymity import KAnonymity, k_anonymity
from aiqyn.disclosure.microdata.attributes import AttributeRisk, attribute_risk
from aiqyn.disclosure.microdata.coinciding_rows import Coincidence, coincidence
from aiqyn.disclosure.microdata.suppressing import LocallySuppressed, suppress_locally
from aiqyn.errors import NotPermitted

SEED = 2026  # of the halves: the same file, the same halves
COMPARED = 5_000  # released rows looked at in the test against the control half


@dataclass(frozen=True, slots=True, repr=False)
class ProtectedRecords:
    """Records with values taken out, and their tests.

    Attributes
    ----------
    suppressed : what was taken out
    risk : what each key had to do with small groups before
    check : the groups of the file as it is written, read back from its bytes
    halves : the same way applied to one half of the file and held against the other: does the
        result know the persons that it was made from? None where a half is too small
    """

    suppressed: LocallySuppressed
    risk: AttributeRisk
    check: KAnonymity
    halves: Coincidence | None

    @property
    def printed(self) -> pl.DataFrame:
        """The keys alone, values taken out left empty; rows in an order that tells nothing."""
        records = self.suppressed.records
        return records.sort(records.columns, nulls_last=True)

    def to_json(self) -> dict[str, Any]:
        """The answer of ``aiqyn protect --method records --json``; no record in it."""
        return {
            "method": "records",
            "rows": self.check.rows,
            **self.suppressed.to_json(),
            "check": self.check.to_json(),
            "risk": self.risk.to_json(),
            "control_half": None if self.halves is None else self.halves.to_json(),
        }

    def text(self, lang: str = "en") -> str:
        """What was taken out, which column counts most, and what the whole row still tells."""
        told = [self.suppressed.text(lang), self.risk.text(lang)]
        told += [] if self.halves is None else [self.halves.text(lang)]
        return "\n".join([*told, words.say("protect.records.limit", lang)])

    def __repr__(self) -> str:
        # No record is shown: a repr ends in logs.
        return f"ProtectedRecords: {self.check.rows} rows, {self.suppressed.kept:.1%} kept"


def protect_records(
    records: pl.DataFrame,
    keys: Sequence[str],
    k: int,
    *,
    ways: int | None = None,
    file: str = "",
) -> ProtectedRecords:
    """Take out values until k rows agree on every set of keys, and test the file as written.

    Parameters
    ----------
    records : one row a person; the empty text is a missing value
    ways : keys that somebody may know together; None: all of them

    Raises
    ------
    AnswerRefused (DISC-205) fewer than k rows; NotPermitted (DISC-033) the written file does not
    hold what was asked; InputRefused (DISC-203, DISC-204) as `k_anonymity`.
    """
    plain = records.with_columns(pl.col(pl.String).replace("", None))
    done = suppress_locally(plain, keys, k, ways=ways)
    written = pl.read_csv(BytesIO(done.records.write_csv().encode()), infer_schema=False)
    check = k_anonymity(written, keys, k, ways=ways)
    if not check.holds:
        raise NotPermitted("DISC-033", file=file, k=k)
    risk = attribute_risk(plain, keys, k, ways=ways)
    return ProtectedRecords(done, risk, check, _halves(plain, keys, k, ways))


def _halves(
    records: pl.DataFrame, keys: Sequence[str], k: int, ways: int | None
) -> Coincidence | None:
    half = records.height // 2
    if half < k:
        return None
    rng = np.random.default_rng(SEED)
    order = rng.permutation(records.height)
    known, unknown = records[order[:half]], records[order[half : 2 * half]]
    released = suppress_locally(known, keys, k, ways=ways).records
    drawn = min(COMPARED, released.height)
    return coincidence(released, known, unknown, keys, sample=drawn, rng=rng)
