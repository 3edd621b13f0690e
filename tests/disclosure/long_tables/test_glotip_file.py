"""The attack on UNODC's file, against plain subtraction written out here.

Source: UNODC, UNODC Research - Data Portal - Trafficking in Persons, table stamped 30 May 2023
(read beside the checkout, never copied).
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from aiqyn.disclosure.long_tables.attacking import FileAttack, attack_tables
from aiqyn.disclosure.long_tables.reading import read_long

AGES = ("0 to 17 years", "18 years or over")
NAME = "data_glotip_2023-05-30.csv.gz"


@pytest.fixture(scope="module")
def found(shared: Path) -> FileAttack:
    return attack_tables([read_long(shared / "data" / "glotip" / NAME)])


def differences(shared: Path, indicator: str | None = None) -> dict[tuple[str, ...], int]:
    """Total minus one age, where the other age is ``<5``; keys printed twice are left out."""
    with gzip.open(shared / "data" / "glotip" / NAME, "rt", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    printed: dict[tuple[str, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if indicator and (
            row["Indicator"] != indicator or row["Dimension"] != "Total" or not row["Country"]
        ):
            continue
        names = ("Iso3_code", "Country", "Indicator", "Dimension", "Category", "Sex", "Year")
        printed[tuple(row[n] for n in names)][row["Age"]].add(row["txtVALUE"].replace(",", ""))
    left = {}
    for key, ages in printed.items():
        if any(len(values) > 1 for values in ages.values()):
            continue
        one = {age: next(iter(values)) for age, values in ages.items()}
        for age, other in (AGES, AGES[::-1]):
            if one.get(age) == "<5" and "<5" not in (one.get("Total", "<5"), one.get(other, "<5")):
                left[*key, age] = int(one["Total"]) - int(one[other])
    return left


@pytest.mark.shared
def test_whatever_subtraction_gives_is_found_or_named_as_impossible(
    found: FileAttack, shared: Path
) -> None:
    names = ("Iso3_code", "Country", "Indicator", "Dimension", "Category", "Sex", "Year", "Age")
    told = {
        tuple(r.cell.get(n, "Total") for n in names): (r.low, r.high) for r in found.recoverable
    }
    plain = differences(shared)
    assert len(plain) > 1185
    possible = {key: n for key, n in plain.items() if 0 <= n <= 4}
    missed = [key for key, n in possible.items() if told.get(key) != (n, n)]
    # A few stand in blocks whose sums contradict each other; their sums were left out and listed.
    assert len(missed) <= 0.01 * len(possible)
    impossible = [key for key, n in plain.items() if not 0 <= n <= 4]
    assert not any(key in told and told[key][0] == plain[key] for key in impossible)


@pytest.mark.shared
def test_the_simple_rule_gives_the_known_figure_and_joint_readings_more(
    found: FileAttack, shared: Path
) -> None:
    assert len(differences(shared, "Detected trafficking victims")) == pytest.approx(1185, abs=5)
    assert len(found.recoverable) > 2 * 1185
    assert sum(len(r.rows) > 1 for r in found.recoverable) > 100


@pytest.mark.shared
def test_the_page_on_the_table_gives_the_counts_of_this_reading(found: FileAttack) -> None:
    root = Path(__file__).resolve().parents[3]
    page = (root / "docs" / "methods" / "recoverable_cells_glotip.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| **0 to 4** |"))
    told = [int(x.strip(" *").replace(",", "")) for x in row.split("|")[3:-1]]
    along = [
        found.system.along[r.rows[0]][0] if len(r.rows) == 1 else "" for r in found.recoverable
    ]
    counts = [len(along), found.exact, *(along.count(x) for x in ("Age", "Sex", ""))]
    assert told == [*counts, len(found.broken)]
