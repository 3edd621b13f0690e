"""A correction of a published source never outlives its error."""

from __future__ import annotations

from importlib.resources import files

import polars as pl
import pytest
import yaml

from aiqyn import words
from aiqyn.errors import InputRefused
from aiqyn.intake import mapping_names
from aiqyn.intake.known_errors import known_errors, mend

FOLDER = files("aiqyn").joinpath("data", "known_errors")
NAMES = sorted(f.name.removesuffix(".yaml") for f in FOLDER.iterdir() if f.name.endswith(".yaml"))


def rates(values: list[float], unit: str = "persons", **columns: object) -> pl.DataFrame:
    years = range(2010, 2010 + len(values))
    return pl.DataFrame({"value": values, "low": values, "high": values}).with_columns(
        pl.Series("year", list(years)), pl.lit(unit).alias("unit"),
        *(pl.lit(value).alias(name) for name, value in columns.items()),
    )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_entry_is_complete_and_told_in_three_languages(name):
    entries = yaml.safe_load(FOLDER.joinpath(f"{name}.yaml").read_text("utf-8"))
    assert entries["mapping"] == name
    assert name in mapping_names()
    for entry in known_errors(name):
        assert entry.holds_while, entry.id
        assert len(entry.reason) > 40
        assert entry.status in {"open", "confirmed", "disputed"}
        for lang in words.LANGUAGES:
            assert words.has(f"known.{entry.id}", lang)


def test_a_unit_is_mended_and_the_reason_is_said():
    mended, done = mend(rates([1.7, 3.1]), "sdg_16_2_2_kazakhstan")
    assert mended["unit"].to_list() == ["per_100000"] * 2
    assert [(d.id, d.rows, d.changed) for d in done] == [
        ("kaz_unit_persons", 2, ("unit",)),
        ("kaz_not_victims", 2, ()),
    ]
    assert all(d.text(lang) for d in done for lang in words.LANGUAGES)


def test_nothing_but_the_named_column_changes():
    before = rates([1.7, 3.1])
    mended, _ = mend(before, "sdg_16_2_2_kazakhstan")
    assert mended.drop("unit").equals(before.drop("unit"))


@pytest.mark.parametrize(
    "counts",
    [rates([310.0, 238.0]), rates([1.7, 3.1], unit="per_100000")],
    ids=["whole numbers: persons after all", "the unit column was mended"],
)
def test_an_entry_fails_when_the_source_has_mended_itself(counts):
    with pytest.raises(InputRefused) as refused:
        mend(counts, "sdg_16_2_2_kazakhstan")
    assert refused.value.code == "KNOWN-001"
    assert "kaz_unit_persons" in refused.value.text("kk")


def test_an_entry_about_sums_fails_when_the_sums_change():
    def ukraine(region: float) -> pl.DataFrame:
        whole = rates([1.37], unit="per_100000", dimension="total")
        return pl.concat([whole, rates([region], unit="per_100000", dimension="region")])

    mended, _ = mend(ukraine(1.37), "sdg_16_2_2_ukraine")
    assert mended["unit"].to_list() == ["per_100000", "per_100000_national"]
    with pytest.raises(InputRefused, match="KNOWN-001"):
        mend(ukraine(20.0), "sdg_16_2_2_ukraine")


def test_a_source_without_known_errors_is_left_alone():
    counts = rates([1.0])
    assert mend(counts, "sdg_16_2_2_canada") == (counts, ())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "rows"),
    [
        ("glotip/data_glotip_2023-05-30.csv.gz", {"glotip_kaz_2013_2015": 6}),
        ("sdg_16_2_2/16-2-2_kazakhstan.csv", {"kaz_unit_persons": 14, "kaz_not_victims": 14}),
        ("sdg_16_2_2/16-2-2_armenia.csv", {"arm_unit_total": 6, "arm_unit_parts": 36}),
        ("sdg_16_2_2/16-2-2_ukraine.csv", {"ukr_regional_parts": 270}),
    ],
)
def test_every_entry_still_holds_on_the_real_file(reading, file, rows):
    told = [c for c in reading(file).cautions if c.code.startswith("KNOWN")]
    assert {c.slots["entry"]: c.count for c in told} == rows
