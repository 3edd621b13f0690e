"""A reader with a computer against the whole published report of a small invented country.

The attack is written here from what a reader knows and shares no code with the house's: whole
numbers of persons, the sums of every printed table, laws that contain each other, forms that
exclude each other, and that people with all on record are some of all people. Every hidden number
must keep as many possible values as "<5" has.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from aiqyn.demo import write_country
from aiqyn.disclosure import ALL, Judged, attack, load_rules, protect, publication_table
from aiqyn.observatory import STAGES, Observatory, build, clearing, table
from aiqyn.observatory.hidden_part.agency_lists import agency_lists
from aiqyn.observatory.hidden_part.histories import person_histories
from aiqyn.observatory.publication import gather
from aiqyn.report import compose
from aiqyn.standard import code_list

from .reading_groups import read_groups

THRESHOLD = 5
VALUES = THRESHOLD - 1  # "<5" is 1, 2, 3 or 4
NAMED = "Kassymova_Aigul_2025.csv"  # an agency that calls its file after the person in it
CHILD_AGES = ("0-5", "6-11", "12-14", "15-17")
# Read off the texts: US "severe forms" ask for more than the Protocol, the EU directive for less.
# (narrow, wide, verdict): whoever has the verdict under the narrow law has it under the wide one.
NESTED = (
    ("us", "palermo", "trafficking"),
    ("palermo", "eu", "trafficking"),
    ("palermo", "eu", "unknown"),
    ("palermo", "eu", "not_shown"),
    ("kz", "palermo", "not_shown"),
    ("eu", "palermo", "not_covered"),
    ("palermo", "us", "not_covered"),
)
Key = tuple[str, ...]
TOTAL: Key = ("victims",)


@dataclass
class Reader:
    """What a reader writes down of one year: numbers, marks and everything that must hold."""

    low: dict[Key, float] = field(default_factory=dict)
    high: dict[Key, float] = field(default_factory=dict)
    hidden: dict[Key, int] = field(default_factory=dict)  # the truth, only to compare with
    rules: list[tuple[dict[Key, float], float, float]] = field(default_factory=list)

    def note(self, key: Key, row: Mapping[str, Any], truth: int) -> None:
        low, high = {"shown": (row["n"], row["n"]), "small": (1, VALUES)}.get(
            row["status"], (1, np.inf)
        )
        self.low[key] = max(self.low.get(key, 0), low)
        self.high[key] = min(self.high.get(key, np.inf), high)
        if row["status"] != "shown":
            self.hidden[key] = truth

    def holds(self, plus: list[Key], minus: list[Key], low: float, high: float = np.inf) -> None:
        terms: dict[Key, float] = defaultdict(float)
        for keys, sign in ((plus, 1.0), (minus, -1.0)):
            for key in keys:
                if key in self.low:
                    terms[key] += sign
        self.rules.append((terms, low, high))

    def bet(self) -> None:
        """Be right about every x of five persons or more; ask about the small numbers alone."""
        asked = {key: n for key, n in self.hidden.items() if self.high[key] == VALUES}
        for key in self.hidden.keys() - asked.keys():
            if self.hidden[key] >= THRESHOLD:
                self.low[key] = THRESHOLD
        self.hidden = asked

    def ranges(self) -> Iterator[tuple[Key, int, int]]:
        names = list(self.low)
        at = {key: i for i, key in enumerate(names)}
        matrix = np.zeros((len(self.rules), len(names)))
        for line, (terms, _, _) in enumerate(self.rules):
            for key, sign in terms.items():
                matrix[line, at[key]] = sign
        sums = LinearConstraint(matrix, [r[1] for r in self.rules], [r[2] for r in self.rules])
        bounds = Bounds([self.low[k] for k in names], [min(self.high[k], 1e5) for k in names])
        for key in self.hidden:
            ends = []
            for sign in (1.0, -1.0):
                cost = np.zeros(len(names))
                cost[at[key]] = sign
                found = milp(cost, integrality=np.ones(len(names)), bounds=bounds, constraints=sums)
                assert found.x is not None, "what is printed cannot be true"
                ends.append(round(found.x[at[key]]))
            yield key, ends[0], ends[1]


@dataclass(frozen=True)
class Published:
    """Everything that leaves the house, and the truth that stays in it."""

    folder: Path
    tables: Mapping[str, pl.DataFrame]
    truth: Mapping[str, pl.DataFrame]
    victims: pl.DataFrame
    report: Mapping[str, Any]
    text: str


@pytest.fixture(scope="module")
def samal(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("samal")
    write_country(folder, persons=2_000, seed=8)
    _small_agency(folder / "agencies")
    observatory = Observatory.open(folder)
    manifests = build(observatory, STAGES)
    text = compose(gather(observatory, manifests, 2025)).to_json()
    tables = {
        name: table(observatory, "disclosure", name) for name in manifests["disclosure"].outputs
    }
    kept = manifests["profiles"].outputs
    truth = {name: table(observatory, "profiles", name) for name in tables if name in kept}
    files = table(observatory, "intake", "files").group_by("agency").agg(pl.sum("rows", "accepted"))
    for what in ("rows", "accepted"):
        truth[f"agency_{what}"] = files.select("agency", n=what)
    histories = clearing.history_table(table(observatory, "estimates", "histories"), "palermo")
    truth["victims_lists"] = histories.counts
    victims = _listed(observatory)
    return Published(folder, tables, truth, victims, json.loads(text), text)


def _listed(observatory: Observatory) -> pl.DataFrame:
    """Each victim with the lists that hold her and her groups."""
    listed = table(observatory, "profiles", "victims_listed")
    lists = agency_lists(observatory.agencies).by_agency
    least = max(observatory.settings.estimate.least_persons, THRESHOLD)
    held = person_histories(listed, lists, least)
    ages = {age: "0-17" if age in CHILD_AGES else age for age in listed["age_group"].unique()}
    grown = {age: "18+" for age in ages if ages[age] not in ("0-17", "unknown")}
    return listed.join(held, on=["person_id", "year"]).with_columns(
        pl.col("age_group").replace({**ages, **grown})
    )


def _small_agency(agencies: Path) -> None:
    """A second border post that sends three rows, in a file that is called after a person."""
    head, *rows = (agencies / "border" / "shekara_2025.csv").read_text("utf-8-sig").splitlines()
    (agencies / "post").mkdir()
    told = (agencies / "border" / "agency.toml").read_text("utf-8").replace('"border"', '"post"', 1)
    (agencies / "post" / "agency.toml").write_text(told, "utf-8")
    moved = [row.replace("SH-", "PO-", 1) for row in rows[:3]]
    (agencies / "post" / NAMED).write_text("\n".join([head, *moved, ""]), "utf-8")


def _rows(published: Published, name: str, year: str) -> Iterator[tuple[Key, dict[str, Any], int]]:
    frame = published.tables[name].filter(pl.col("year").cast(pl.String) == year)
    dims = [c for c in frame.columns if c not in ("year", "n", "status")]
    own = published.truth[name].filter(pl.col("year").cast(pl.String) == year)
    truth = {tuple(row[:-1]): row[-1] for row in own.select(*dims, "n").iter_rows()}
    for row in frame.iter_rows(named=True):
        codes = tuple(row[dim] for dim in dims)
        yield codes, row, truth[codes]


def _read(published: Published, year: str) -> Reader:
    reader = Reader()
    for name in ("victims_region", "victims_citizenship"):
        parts: list[Key] = []
        for (code,), row, n in _rows(published, name, year):
            key = TOTAL if code == ALL else (name, code)
            reader.note(key, row, n)
            parts += [key] * (key != TOTAL)
        reader.holds([TOTAL], parts, 0, 0)
    _read_lists(reader, published, year)
    _read_forms(reader, published, year)
    _read_ages(reader, published, year)
    _read_definitions(reader, published, year)
    read_groups(reader, published.tables, published.victims.filter(year=int(year)), year)
    return reader


def _read_lists(reader: Reader, published: Published, year: str) -> None:
    """Victims by the lists that hold them, those on none beside."""
    found: Key = ("victims_lists", "listed")
    none: Key = ("victims_lists", "none")
    parts: list[Key] = []
    for (code,), row, n in _rows(published, "victims_lists", year):
        key = TOTAL if code == ALL else ("victims_lists", code)
        reader.note(key, row, n)
        parts += [key] * (key not in (TOTAL, found, none))
    reader.holds([TOTAL], [found, none], 0, 0)
    reader.holds([found], parts, 0, 0)


def _read_forms(reader: Reader, published: Published, year: str) -> None:
    groups: list[Key] = []
    finer: dict[Key, list[Key]] = defaultdict(list)
    none: Key = ("form", "unknown")
    for name in ("victims_form_group", "victims_form"):
        for (code,), row, n in _rows(published, name, year):
            key = TOTAL if code == ALL else none if code == "unknown" else (name, code)
            reader.note(key, row, n)
            if key in (TOTAL, none):
                continue
            if name == "victims_form_group":
                groups.append(key)
            else:
                finer["victims_form_group", _group(code)].append(key)
    reader.holds([*groups, none], [TOTAL], 0)  # everybody has a form, or none on record
    for group in groups:
        reader.holds([TOTAL], [group, none], 0)  # nobody has a form and none
        reader.holds(finer[group], [group], 0 if finer[group] else -np.inf)
        for form in finer[group]:
            reader.holds([group], [form], 0)


def _group(form: str) -> str:
    frame = code_list("form").frame
    return str(frame.filter(pl.col("code") == form)["form_group"].item())


def _read_ages(reader: Reader, published: Published, year: str) -> None:
    by = {}
    for codes, row, n in _rows(published, "victims_sex_age", year):
        by[codes] = ("sex_age", *codes)
        reader.note(by[codes], row, n)
    ages = {age for _, age in by}
    grown = ages - {ALL, "0-17", "18+", *CHILD_AGES}
    for age in ages:
        reader.holds([by["female", age], by["male", age]], [by[ALL, age]], 0, 0)
    for sex in ("female", "male", ALL):
        reader.holds([by[sex, a] for a in CHILD_AGES], [by[sex, "0-17"]], 0, 0)
        reader.holds([by[sex, a] for a in grown], [by[sex, "18+"]], 0, 0)
        reader.holds([by[sex, "0-17"], by[sex, "18+"]], [by[sex, ALL]], 0, 0)
    reader.holds([TOTAL], [by[ALL, ALL]], 0)  # sex and age are on record for some of all


def _read_definitions(reader: Reader, published: Published, year: str) -> None:
    everyone: Key = ("persons",)
    verdicts: dict[str, list[Key]] = defaultdict(list)
    for (law, verdict), row, n in _rows(published, "definitions", year):
        key = everyone if verdict == ALL else _judged(law, verdict)
        reader.note(key, row, n)
        verdicts[law] += [key] * (verdict != ALL)
    for parts in verdicts.values():
        reader.holds(parts, [everyone], 0, 0)
    for narrow, wide, verdict in NESTED:
        reader.holds([_judged(wide, verdict)], [_judged(narrow, verdict)], 0)


def _judged(law: str, verdict: str) -> Key:
    return TOTAL if (law, verdict) == ("palermo", "trafficking") else (law, verdict)


@pytest.mark.parametrize("year", [str(year) for year in range(2019, 2026)])
def test_no_reader_narrows_a_hidden_number_to_fewer_values_than_a_small_one_has(
    samal: Published, year: str
) -> None:
    reader = _read(samal, year)
    assert len(reader.hidden) > 10
    for key, low, high in reader.ranges():
        assert low <= reader.hidden[key] <= high, "the attack itself is wrong"
        assert high - low + 1 >= VALUES, (year, key, low, high)


@pytest.mark.parametrize("year", [str(year) for year in range(2019, 2026)])
def test_no_lucky_bet_on_an_x_narrows_a_number_that_is_printed_as_small(
    samal: Published, year: str
) -> None:
    reader = _read(samal, year)
    reader.bet()
    assert len(reader.hidden) > 10
    for key, low, high in reader.ranges():
        assert (low, high) == (1, VALUES), (year, key, reader.hidden[key])


def _all_years(samal: Published) -> Reader:
    """All years on one page, each cell under its year."""
    whole = Reader()
    for year in map(str, range(2019, 2026)):
        own = _read(samal, year)
        for mine, theirs in ((whole.low, own.low), (whole.high, own.high)):
            mine.update({(year, *key): bound for key, bound in theirs.items()})
        whole.hidden.update({(year, *key): n for key, n in own.hidden.items()})
        whole.rules += [
            ({(year, *key): sign for key, sign in terms.items()}, *ends)
            for terms, *ends in own.rules
        ]
    return whole


def _of_programmes(samal: Published) -> Iterator[tuple[list[Key], float]]:
    """Cells of regions and years under each programme that counts persons, and the least in them.

    Effect and counterfactual are printed, each off by half a step at most; a period is half a year.
    """
    answers = table(Observatory.open(samal.folder), "programmes", "answers")
    for answer in map(json.loads, answers["answer"]):
        if answer["kind"] != "detections" or "step" not in answer:
            continue
        file = samal.folder / "reference" / "programmes" / f"{answer['code']}.toml"
        cells, periods = list[Key](), 0
        for where in tomllib.loads(file.read_text("utf-8"))["where"]:
            start = where["from"]
            years = range(start.year, 2026)
            periods += 2 * len(years) - (start.month > 6)
            cells += [(str(year), "victims_region", where["region"]) for year in years]
        mean = answer["effect"][0] + answer["without"]
        yield cells, periods * (mean - answer["step"])


def test_the_chapter_on_programmes_opens_no_region_beside_all_tables(samal: Published) -> None:
    reader, asked = _all_years(samal), set[Key]()
    for cells, least in _of_programmes(samal):
        assert least <= sum(_true_number(samal, cell) for cell in cells), "the attack is wrong"
        reader.holds(cells, [], least)
        asked |= {cell for cell in cells if cell in reader.hidden}
    assert asked
    reader.hidden = {key: reader.hidden[key] for key in asked}
    assert all(high - low + 1 >= VALUES for _, low, high in reader.ranges())


def _true_number(samal: Published, cell: Key) -> int:
    """The true number of a region and year."""
    year, _, region = cell
    return samal.victims.filter(pl.col("year") == int(year), pl.col("region") == region).height


def test_an_agency_with_few_rows_keeps_its_number(samal: Published) -> None:
    for what in ("rows", "accepted"):
        reader = Reader()
        truth = dict(samal.truth[f"agency_{what}"].iter_rows())
        frame = samal.tables[f"agency_{what}"]
        for row in frame.iter_rows(named=True):
            reader.note((row["agency"],), row, truth.get(row["agency"], sum(truth.values())))
        reader.holds([(ALL,)], [(code,) for code in truth], 0, 0)
        assert ("post",) in reader.hidden
        assert all(high - low + 1 >= VALUES for _, low, high in reader.ranges())


def test_the_report_tells_no_file_apart_from_the_others_of_its_agency(samal: Published) -> None:
    for file in (samal.folder / "agencies").glob("*/*.*"):
        assert file.name not in samal.text, file.name
    assert "Kassymova" not in samal.text
    assert {s["agency"] for s in samal.report["sources"].values()} >= {"police", "post"}


def test_the_hash_of_a_file_of_few_rows_is_not_told_for_guesses_could_be_tried_on_it(
    samal: Published,
) -> None:
    content = (samal.folder / "agencies" / "post" / NAMED).read_bytes()
    assert hashlib.sha256(content).hexdigest() not in samal.text
    post = samal.report["sources"]["post"]
    assert [post[name] for name in ("sha256", "rows", "accepted", "refused")] == [None] * 4
    told = [s for s in samal.report["sources"].values() if s["rows"] is not None]
    assert told
    assert all(s["rows"] >= THRESHOLD and len(s["sha256"]) == 64 for s in told)


def test_a_number_in_the_model_is_one_that_was_cleared(samal: Published) -> None:
    """No count of persons in report.json stands for a hidden cell of the year."""
    hidden = {
        f"map.{row['region']}.persons"
        for row in samal.tables["victims_region"].iter_rows(named=True)
        if row["year"] == "2025" and row["status"] != "shown" and row["region"] != ALL
    }
    assert hidden
    for id_ in hidden:
        number = samal.report["numbers"][id_]
        assert [number[name] for name in ("value", "low", "high")] == [None] * 3


def test_no_name_or_document_number_leaves_the_agencies_folder(samal: Published) -> None:
    names = set()
    for file in (samal.folder / "agencies" / "border").glob("*.csv"):
        for line in file.read_text("utf-8-sig", "replace").splitlines()[1:]:
            names |= {cell for cell in line.split(";")[1:3] if len(cell) > 5}
    assert len(names) > 20
    for name in names:
        assert name not in samal.text


def test_the_law_that_contains_another_gives_nothing_away() -> None:
    """Trafficking under the narrow law is trafficking under the wide one: 100 and 103 are printed.

    So at least 3 must be "not covered" by the narrow law, and "<5" would mean 3 or 4.
    """
    cells = {"narrow": (100, 0, 0, 4), "wide": (103, 0, 0, 1)}
    verdicts = ("trafficking", "unknown", "not_shown", "not_covered")
    rows = [
        (law, verdict, n)
        for law, ns in cells.items()
        for verdict, n in zip((ALL, *verdicts), (sum(ns), *ns), strict=True)
    ]
    counts = pl.DataFrame(rows, ["definition", "verdict", "n"], orient="row")
    possible = (
        ("trafficking", "trafficking"),
        ("not_covered", "trafficking"),
        ("not_covered", "not_covered"),
    )
    judged = Judged("definition", "verdict", ("narrow", "wide"), possible)
    rules = load_rules()
    blind = protect([publication_table("definitions", counts)], rules)
    seeing = protect([publication_table("definitions", counts, judged=judged)], rules)
    assert _shown(blind, "narrow", "not_covered") == "small"
    assert attack(seeing, rules) == ()
    seen = {law: _shown(seeing, law, "trafficking") for law in cells}
    assert "shown" not in seen.values() or _shown(seeing, "narrow", "not_covered") != "small"


def test_people_with_sex_and_age_on_record_are_no_more_than_all_people() -> None:
    """35 persons, 31 victims with sex and age: then at most 4 are no victims, in two verdicts."""
    whole = [((ALL,), 32)]
    counts = {
        "sex_age": _counts(
            ("sex", "age_group"),
            [((sex, age), n) for sex, n in ((ALL, 31), ("female", 20), ("male", 11))
             for age in (ALL, "18+", "25-34")],
        ),
        **{t: _counts((t,), whole) for t in ("form_group", "form", "region", "citizenship")},
    }  # fmt: skip
    verdicts = _counts(
        ("definition", "verdict"),
        [(("palermo", v), n) for v, n in
         ((ALL, 35), ("trafficking", 32), ("unknown", 1), ("not_shown", 2))],
    )  # fmt: skip
    tables = [
        *clearing.victim_tables(counts, "palermo"),
        publication_table("definitions", verdicts),
    ]
    release = protect(tables, load_rules())
    known = release.tables["victims_sex_age"].filter(sex=ALL, age_group=ALL)["n"].item()
    unknown, persons = (
        release.tables["definitions"].filter(verdict=v).row(0, named=True) for v in ("unknown", ALL)
    )
    assert unknown["n"] is None
    assert known is None or persons["n"] is None or unknown["status"] == "hidden"
    assert attack(release, load_rules()) == ()


def _counts(dims: Key, cells: list[tuple[Key, int]]) -> pl.DataFrame:
    rows = [("2025", *codes, n) for codes, n in cells]
    return pl.DataFrame(rows, ["year", *dims, "n"], orient="row")


def test_who_has_no_form_on_record_has_no_other_form() -> None:
    """97 of 100 are in one group: at most 3 have none on record, so "<5" would tell 1 to 3."""
    counts = pl.DataFrame(
        {"form_group": [ALL, "sexual", "labour", "unknown"], "n": [100, 97, 4, 2]}
    )
    release = protect([publication_table("groups", counts)], load_rules())
    cells = {row["form_group"]: row for row in release.tables["groups"].iter_rows(named=True)}
    assert cells["unknown"]["n"] is None
    assert cells[ALL]["n"] is None or cells["sexual"]["n"] is None


def _shown(release: Any, law: str, verdict: str) -> str:
    frame = release.tables["definitions"]
    row = frame.filter(pl.col("definition") == law, pl.col("verdict") == verdict)
    return str(row["status"].item())
