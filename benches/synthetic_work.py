"""50,000 rows of CTDC's public file, 15 columns: ``python -m benches.synthetic_work CTDC OUT``.

CTDC's file is itself synthetic; it stands here for a real one of its shape, and is not kept.
"""

from __future__ import annotations

import sys

COLUMNS = [
    "yearOfRegistration",
    "gender",
    "ageBroad",
    "majorityStatusAtExploit",
    "citizenship",
    "CountryOfExploitation",
    "traffickMonths",
    "isForcedLabour",
    "isSexualExploit",
    "isOtherExploit",
    "meansOfControlThreats",
    "meansOfControlPsychologicalAbuse",
    "meansOfControlTakesEarnings",
    "meansOfControlRestrictsMovement",
    "recruiterRelationOther",
]
ROWS = 50_000


def write(source: str, out: str) -> None:
    """The rows as CSV, drawn with a seed."""
    import polars as pl

    table = pl.read_csv(source, infer_schema=False)
    table.sample(ROWS, seed=1).select(COLUMNS).write_csv(out)


if __name__ == "__main__":
    write(*sys.argv[1:])
