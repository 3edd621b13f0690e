"""The open-data folder: what a stranger gets, read with a stranger's tools."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from aiqyn import words
from aiqyn.disclosure import Cleared, Release, Rules, clear, count_table, examine, publication_table
from aiqyn.disclosure.cleared import PublishedCount, clear_estimate
from aiqyn.disclosure.published import published_table
from aiqyn.errors import NotPermitted
from aiqyn.observatory.hidden_part.group_histories import BY_GROUPS
from aiqyn.observatory.hidden_part.group_tables import PREFIX, RARE
from aiqyn.report.open_data import About, open_data
from aiqyn.report.open_data.labels import table_title

RULES = Rules()
NAMES = {"kk": "Самал", "ru": "Самал", "en": "Samal"}
DEFINITION = {"definition": {"palermo": dict.fromkeys(NAMES, "Palermo Protocol, art. 3")}}
# Data Package 2.0 (datapackage.org/standard): what a package, resource, field must and may have.
NAME = r"^([-a-z0-9._/])+$"
PACKAGE = {
    "type": "object",
    "required": ["resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": NAME},
        "version": {"type": "string"},
        "created": {"type": "string", "format": "date-time"},
        "keywords": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "contributors": {"type": "array", "minItems": 1, "items": {"minProperties": 1}},
        "sources": {"type": "array", "minItems": 0, "items": {"minProperties": 1}},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["name", "path"],
                "properties": {
                    "name": {"type": "string", "pattern": NAME},
                    "path": {"type": "string", "pattern": r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"},
                    "type": {"const": "table"},
                    "bytes": {"type": "integer"},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                    "schema": {
                        "required": ["fields"],
                        "properties": {
                            "missingValues": {"type": "array", "items": {"type": "string"}},
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "required": ["name"],
                                    "properties": {
                                        "type": {"enum": ["string", "integer", "number", "year"]}
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


def about(**more: Any) -> About:
    told: dict[str, Any] = {
        "country": "XSA",
        "names": NAMES,
        "invented": True,
        "year": 2025,
        "years": (2025, 2025),
        "published": "2026-04-15",
        "version": "2025.1",
        "definition": "palermo",
        "threshold": 5,
        "kept_years": (),
        "inputs_sha256": "0" * 64,
        "languages": ("kk", "ru", "en"),
        "labels": {**DEFINITION, "region": {"R1": NAMES, "R2": NAMES}, "country": {}},
        "residents": 1_000_000,
        "publish": "range",
    }
    return About(**{**told, **more})


@pytest.fixture(scope="module")
def release() -> Cleared[Release]:
    ages = [("15-17", "0-17"), ("18-24", "18+"), ("25-34", "18+")]
    counts = {("female", "15-17"): 3, ("female", "18-24"): 40, ("female", "25-34"): 22,
              ("male", "15-17"): 11, ("male", "18-24"): 4, ("male", "25-34"): 17}  # fmt: skip
    people = [
        {"year": "2025", "sex": s, "age_group": a} for (s, a), n in counts.items() for _ in range(n)
    ]
    sex_age = count_table(
        "x", pl.DataFrame(people), ["year", "sex", "age_group"],
        hierarchy={"age_group": dict(ages)}, no_total=["year"],
    )  # fmt: skip
    form = {"_all": 97, "sexual": 60, "labour": 44, "begging": 2, "unknown": 7}
    region = {"_all": 97, "R1": 60, "R2": 33, "unknown": 4}
    given = {"definition": "palermo", "verdict": "trafficking"}
    tables = [
        publication_table(
            "victims_sex_age", sex_age.counts, population="persons",
            given={**given, "recorded": "sex_age"},
        ),
        *(
            publication_table(
                f"victims_{dim}",
                pl.DataFrame({"year": ["2025"] * len(n), dim: list(n), "n": list(n.values())}),
                population="persons",
                given=given,
            )
            for dim, n in (("form_group", form), ("region", region))
        ),
    ]  # fmt: skip
    return clear(tables, RULES)


@pytest.fixture(scope="module")
def files(release: Cleared[Release]) -> Mapping[str, bytes]:
    return open_data(release, about())


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_same_publication_gives_the_same_bytes(
    release: Cleared[Release], files: Mapping[str, bytes]
) -> None:
    assert open_data(release, about()) == files


def test_the_descriptor_is_a_data_package_of_version_2(files: Mapping[str, bytes]) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="not part of the development set")
    told = json.loads(files["datapackage.json"])
    jsonschema.validate(told, PACKAGE)
    names = [resource["name"] for resource in told["resources"]]
    assert len(set(names)) == len(names)


def test_every_resource_is_there_with_its_size_and_hash(files: Mapping[str, bytes]) -> None:
    told = json.loads(files["datapackage.json"])
    for resource in told["resources"]:
        content = files[resource["path"]]
        if resource["format"] != "parquet":
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {
        path: hashlib.sha256(content).hexdigest()
        for path, content in files.items()
        if path != "SHA256SUMS"
    }


def test_each_table_holds_what_its_schema_says(files: Mapping[str, bytes]) -> None:
    """Read by hand as the Table Schema asks: order of fields, enum, numbers, keys, marks."""
    told = json.loads(files["datapackage.json"])
    tables = [r for r in told["resources"] if r.get("type") == "table"]
    assert tables
    for resource in tables:
        schema, found = resource["schema"], rows(files[resource["path"]])
        assert found
        assert list(found[0]) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            values = [row[field["name"]] for row in found]
            kept = [v for v in values if v not in schema["missingValues"]]
            if field["type"] in ("integer", "number", "year"):
                assert all(float(v) >= 0 for v in kept), (resource["name"], field["name"])
            assert set(kept) <= set(field.get("constraints", {}).get("enum", kept))
        key = schema.get("primaryKey", [])
        assert not key or len({tuple(r[k] for k in key) for r in found}) == len(found)


def test_csv_and_parquet_hold_the_same_cells(files: Mapping[str, bytes]) -> None:
    names = [
        path[:-4] for path in files if path.endswith(".csv") and f"{path[:-4]}.parquet" in files
    ]
    assert len(names) == 3
    for name in names:
        frame = pl.read_parquet(io.BytesIO(files[f"{name}.parquet"]))
        for told, kept in zip(rows(files[f"{name}.csv"]), frame.iter_rows(named=True), strict=True):
            mark = {"small": "<5", "hidden": "x"}.get(kept["status"])
            assert told == {**kept, "persons": mark or str(kept["persons"])}


def test_a_hidden_number_is_nowhere_in_the_folder(files: Mapping[str, bytes]) -> None:
    """3 girls, 4 men of 18 to 24: marks in every table, CTDC's columns and SDMX too."""
    cells = rows(files["data/victims_sex_age.csv"])
    by = {(c["sex"], c["age_group_broad"], c["age_group"]): c["persons"] for c in cells}
    assert by["female", "0-17", "15-17"] in ("<5", "x")
    assert by["male", "18+", "18-24"] in ("<5", "x")
    girls = [r for r in rows(files["data/ctdc_counts.csv"])
             if (r["gender"], r["majorityStatus"]) == ("Female", "Minor")]  # fmt: skip
    assert [r["persons"] for r in girls] == [by["female", "0-17", "Total"]]
    assert girls[0]["persons"] in ("<5", "x")
    seen = [r for r in rows(files["sdmx/sdg_16_2_2.csv"]) if (r["SEX"], r["AGE"]) == ("F", "Y0T17")]
    assert [(r["OBS_VALUE"], r["OBS_STATUS"]) for r in seen] == [("", "Q")]


def test_the_attack_on_the_written_csv_files_opens_nothing(files: Mapping[str, bytes]) -> None:
    found = 0
    for path in (p for p in files if p.startswith("data/victims_") and p.endswith(".csv")):
        frame = pl.DataFrame(rows(files[path]))
        dims = tuple(c for c in frame.columns if c not in ("persons", "status"))
        marked = frame.with_columns(pl.col("persons").cast(pl.Int64, strict=False).alias("n"))
        table = published_table(path, dims, marked.select(*dims, "n", "status"), total="Total")
        seen = examine([table], RULES)
        assert seen.openings == ()
        found += seen.hidden
    assert found >= 4


def test_the_folder_can_be_attacked_as_the_verb_attacks_any_tables(
    files: Mapping[str, bytes], tmp_path: Path
) -> None:
    from aiqyn.cli.attack import attack_files

    written = []
    for path in (p for p in files if p.startswith("data/victims_") and p.endswith(".csv")):
        written.append(tmp_path / path.rpartition("/")[2])
        written[-1].write_bytes(files[path])
    told = attack_files(
        written, threshold=5, dims=None, value=None, zeros_shown=True, absent_zero=False
    )
    assert told.to_json("en")["verdict"] == "holds"
    assert told.to_json("en")["contradictions"] == []
    assert told.to_json("en")["suppressed"] >= 4


def test_only_a_cleared_value_can_enter(tmp_path: Path) -> None:
    """The type checker refuses a bare release and a bare estimate; so does running it."""
    api = pytest.importorskip("mypy.api", reason="mypy is part of the development set")
    code = "\n".join(
        [
            "import polars as pl",
            "from aiqyn.disclosure import Cleared, Release",
            "from aiqyn.report.open_data import About, open_data",
            "def out(bare: Release, cleared: Cleared[Release], about: About) -> None:",
            "    open_data(cleared, about)",
            "    open_data(bare, about)",
            "    open_data(cleared, about, pl.DataFrame())",
            "    open_data(Cleared(bare, about))",
        ]
    )
    file = tmp_path / "bare.py"
    file.write_text(code)
    told, _, _ = api.run(
        ["--strict", "--no-error-summary", "--cache-dir", str(tmp_path), str(file)]
    )
    lines = {int(line.split(":")[1]) for line in told.splitlines() if ": error:" in line}
    assert lines == {6, 7, 8}
    with pytest.raises(AttributeError):
        open_data(Release(), about())


def test_an_estimate_enters_only_over_printed_numbers(release: Cleared[Release]) -> None:
    frame = pl.DataFrame({"series": ["undetected"], "low": [10.0]})
    with pytest.raises(NotPermitted) as refusal:
        clear_estimate(frame, [PublishedCount(97, "shown"), PublishedCount(None, "small")])
    assert refusal.value.code == "DISC-202"
    with pytest.raises(NotPermitted):
        clear_estimate(frame, [])
    cleared = clear_estimate(frame, [PublishedCount(97, "shown")])
    assert "data/estimates_16_2_2.csv" in open_data(release, about(), cleared)
    assert "data/estimates_16_2_2.csv" not in open_data(release, about())


def test_sdmx_has_the_columns_and_codes_of_the_sdg_dataflow(files: Mapping[str, bytes]) -> None:
    """Column order, series and ages as data.un.org gives IAEG-SDGs:DF_SDG_GLH(1.24)."""
    heading = files["sdmx/sdg_16_2_2.csv"].decode().splitlines()[0]
    assert heading.startswith(
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,AGE,URBANISATION,"
        "INCOME_WEALTH_QUANTILE,EDUCATION_LEV,OCCUPATION,CUST_BREAKDOWN,COMPOSITE_BREAKDOWN,"
        "DISABILITY_STATUS,ACTIVITY,PRODUCT,TIME_PERIOD,OBS_VALUE,OBS_STATUS"
    )
    found = rows(files["sdmx/sdg_16_2_2.csv"])
    total, rate = found[0], found[1]
    assert (total["SERIES"], total["OBS_VALUE"], total["SEX"]) == ("VC_HTF_DETV", "97", "_T")
    assert (rate["SERIES"], float(rate["OBS_VALUE"])) == ("VC_HTF_DETVR", 9.7)
    assert {row["SERIES"] for row in found} == {
        "VC_HTF_DETV", "VC_HTF_DETVR", "VC_HTF_DETVSX", "VC_HTF_DETVFL",
    }  # fmt: skip
    assert {row["AGE"] for row in found} == {"_T", "Y0T17", "Y_GE18"}


def test_sdmx_json_says_what_the_csv_says(files: Mapping[str, bytes]) -> None:
    told = json.loads(files["sdmx/sdg_16_2_2.json"])["data"]
    (structure,), (data,) = told["structures"], told["dataSets"]
    dims = structure["dimensions"]["observation"]
    read = {}
    for place, observed in data["observations"].items():
        codes = {d["id"]: d["values"][int(at)]["id"]
                 for d, at in zip(dims, place.split(":"), strict=True)}  # fmt: skip
        read[tuple(codes.values())] = observed[0]
    names = [d["id"] for d in dims]
    flat = {
        tuple(row[n] for n in names): float(row["OBS_VALUE"]) if row["OBS_VALUE"] else None
        for row in rows(files["sdmx/sdg_16_2_2.csv"])
    }
    assert read == flat


def test_the_country_stands_under_its_m49_number(release: Cleared[Release]) -> None:
    """Kazakhstan is 398 in M49 (United Nations Statistics Division)."""
    made = open_data(release, about(country="KAZ", invented=False))
    assert {row["REF_AREA"] for row in rows(made["sdmx/sdg_16_2_2.csv"])} == {"398"}


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_code_of_every_table_is_in_the_codebook_in_each_language(
    files: Mapping[str, bytes], lang: str
) -> None:
    book = {
        (row["column"], row["code"]): row[f"label_{lang}"] for row in rows(files["codebook.csv"])
    }
    page = files[f"codebook.{lang}.md"].decode()
    for path in (p for p in files if p.startswith("data/victims_") and p.endswith(".csv")):
        for row in rows(files[path]):
            for column in set(row) - {"year", "persons"}:
                assert book[column, row[column]]
                assert f"| `{row[column]}` | {book[column, row[column]]} |" in page
    assert book["persons", "<5"]
    assert book["persons", "x"]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_tables_of_groups_by_list_have_a_title_and_their_rows_a_label(lang: str) -> None:
    """Without one of them the folder of a year with groups was not written at all."""
    for dimension in BY_GROUPS:
        assert table_title(f"{PREFIX}{dimension}", lang)
    assert words.has(f"open_data.history.{RARE}", lang)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_readme_says_whom_it_counts_how_it_was_protected_and_the_terms(
    files: Mapping[str, bytes], lang: str
) -> None:
    page = files[f"README.{lang}.md"].decode()
    for told in (
        "<5",
        "Palermo Protocol",
        "creativecommons.org/licenses/by/4.0",
        "2025.1",
        "2026-04-15",
    ):
        assert told in page


def test_years_that_were_kept_are_named(release: Cleared[Release]) -> None:
    made = open_data(release, about(kept_years=(2023, 2024)))
    assert "2023, 2024" in made["README.en.md"].decode()
