"""The scan against scanstatistics 1.1.2, SpatialEpi 1.2.8 and algebra; odd input."""

from __future__ import annotations

import csv
import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba")

from aiqyn.signals.scan import CasesAndPlaces, MonteCarlo, scan_clusters
from aiqyn.signals.scan.replicates import draw_maxima, null_of
from aiqyn.signals.scan.window_scores import every_score, greatest_scores


def write(file: Path, heading: str, rows) -> Path:
    file.write_text("\n".join([heading, *(",".join(map(str, row)) for row in rows)]) + "\n")
    return file


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as stream:
        return list(csv.DictReader(stream))


def trend(rows) -> tuple[float, float]:
    """log mu = log population + a + b (year - 1985), fitted on the years to 1985."""
    past = [row for row in rows if int(row["year"]) <= 1985]
    x = np.array([[1, int(row["year"]) - 1985] for row in past], dtype=float)
    cases = np.array([float(row["count"]) for row in past])
    people = np.array([float(row["population"]) for row in past])
    beta = np.array([math.log(cases.sum() / people.sum()), 0.0])
    for _ in range(30):
        mu = people * np.exp(x @ beta)
        beta += np.linalg.solve(x.T @ (x * mu[:, None]), x.T @ (cases - mu))
    return float(beta[0]), float(beta[1])


@pytest.fixture
def new_mexico(shared, tmp_path):
    """The two files of New Mexico 1986-1989, and what scanstatistics found in them."""
    data = shared / "data" / "scan"
    rows = rows_of(data / "NM_popcas.csv")
    a, b = trend(rows)
    late = [
        (r["county"], r["year"], r["count"], r["population"],
         float(r["population"]) * math.exp(a + b * (int(r["year"]) - 1985)))
        for r in rows
        if 1986 <= int(r["year"]) <= 1989
    ]  # fmt: skip
    cases = write(tmp_path / "c.csv", "place,period,cases,population,expected", late)
    seats = [(r["county"], r["seat_long"], r["seat_lat"]) for r in rows_of(data / "NM_geo.csv")]
    geo = write(tmp_path / "g.csv", "place,lon,lat", seats)
    return cases, geo, json.loads((data / "NM_1986_1989.expected.json").read_text())


def within_three_errors(p: float, reference: float) -> bool:
    return abs(p - reference) <= 3 * math.sqrt(2 * max(reference * (1 - reference), 1e-3) / 999)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("method", "key"), [("eb-poisson", "eb_poisson"), ("pb-poisson", "pb_poisson_population")]
)
def test_the_five_best_clusters_of_new_mexico_are_those_of_scanstatistics(
    new_mexico, typed, method, key
):
    cases, geo, reference = new_mexico
    words = ("--method", method, "--neighbours", 15, "--seed", 7, "--json")
    told = typed("scan", "--cases", cases, "--geo", geo, *words).json
    found = [told["most_likely"], *told["secondary"]][:5]
    for ours, theirs in zip(found, reference[key]["top5"], strict=True):
        counties = theirs["counties"]
        assert set(ours["places"]) == set([counties] if isinstance(counties, str) else counties)
        assert ours["duration"] == theirs["duration"]
        assert ours["score"] == pytest.approx(theirs["score"], abs=1e-5)
        assert within_three_errors(ours["p"], theirs["MC_p"])
    if method == "eb-poisson":
        risk = reference[key]["MLC"]["relative_risk"]
        assert told["most_likely"]["relative_risk"] == pytest.approx(risk, abs=1e-5)


@pytest.mark.shared
def test_the_clusters_of_pennsylvania_are_those_of_spatialepi(shared, tmp_path, typed):
    data = shared / "data" / "scan"
    rows = rows_of(data / "pennLC_expected_counts.csv")
    columns = ("county", "cases", "population", "expected")
    cases = write(
        tmp_path / "c.csv",
        "place,cases,population,expected,period",
        [(*(r[c] for c in columns), 2002) for r in rows],
    )
    places = [(r["county"], r["x.1"], r["y.1"]) for r in rows_of(data / "pennLC_geo.csv")]
    geo = write(tmp_path / "g.csv", "place,x,y", places)
    words = ("--method", "pb-poisson", "--max-population", 0.5, "--json")
    told = typed("scan", "--cases", cases, "--geo", geo, *words).json
    reference = json.loads((data / "pennLC_kulldorff.expected.json").read_text())
    first, second = reference["most_likely"], reference["secondary"][0]
    assert set(told["most_likely"]["places"]) == set(first["locations"])
    assert told["most_likely"]["score"] == pytest.approx(first["LLR"], abs=1e-5)
    assert told["most_likely"]["relative_risk"] == pytest.approx(first["SMR"], abs=1e-5)
    assert told["most_likely"]["p"] <= 0.002
    assert set(told["secondary"][0]["places"]) == set(second["locations"])
    assert told["secondary"][0]["score"] == pytest.approx(second["LLR"], abs=1e-5)
    assert within_three_errors(told["secondary"][0]["p"], second["p"])


def invented(rng, places=9, periods=5, mean=2.0) -> CasesAndPlaces:
    at = rng.uniform(size=(places, 2))
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    cases = rng.poisson(mean, (places, periods)).astype(float)
    names = tuple(f"p{i}" for i in range(places))
    return CasesAndPlaces(names, tuple("12345"[:periods]), cases, None, None, apart)


def slow_greatest(data, expected, most_places, given_total) -> float:
    """All windows one by one, from the definition."""
    total, best = data.cases.sum(), 0.0
    for centre, k, d in product(range(len(data.places)), range(1, most_places + 1), range(1, 6)):
        near = sorted(range(len(data.places)), key=lambda i: (data.apart[centre, i], i))[:k]
        c, b = data.cases[near, -d:].sum(), expected[near, -d:].sum()
        if c <= b:
            continue
        score = c * math.log(c / b) - (0 if given_total else c - b)
        if given_total and total > c:
            score += (total - c) * math.log((total - c) / (total - b))
        best = max(best, score)
    return best


@pytest.mark.parametrize("seed", range(5))
def test_the_score_is_the_greatest_over_all_windows_counted_one_by_one(seed):
    rng = np.random.default_rng(seed)
    data = invented(rng)
    margins = np.outer(data.cases.sum(1), data.cases.sum(0)) / data.cases.sum()
    found = scan_clusters(data, "permutation", rng=rng, replicates=0, most_places=4)
    assert found.clusters[0].score == pytest.approx(slow_greatest(data, margins, 4, True))
    assert found.clusters[0].p is None
    known = rng.gamma(5, 0.4, data.cases.shape)
    with_known = CasesAndPlaces(data.places, data.periods, data.cases, None, known, data.apart)
    found = scan_clusters(with_known, "eb-poisson", rng=rng, replicates=0, most_places=4)
    assert found.clusters[0].score == pytest.approx(slow_greatest(data, known, 4, False))


@pytest.mark.parametrize("total", [0.0, 90.0])
def test_the_short_cut_over_logarithms_never_loses_the_greatest_score(total):
    rng = np.random.default_rng(3)
    base = rng.gamma(3, 0.5, (9, 4))
    counts = np.cumsum(rng.poisson(1.5, (40, 9, 4)).astype(float), axis=2)
    near = np.array([rng.permutation(9) for _ in range(9)])
    allowed = np.full(9, 6)
    quick = greatest_scores(counts, np.cumsum(base, axis=1), near, allowed, total)
    slow = [every_score(c, np.cumsum(base, axis=1), near, allowed, total).max() for c in counts]
    assert quick == pytest.approx(slow)


def test_clusters_do_not_share_a_place_and_come_by_score():
    found = scan_clusters(
        invented(np.random.default_rng(4), 30), "permutation", rng=np.random.default_rng(1)
    )
    together = [place for cluster in found.clusters for place in cluster.places]
    assert len(together) == len(set(together)) > 0
    scores = [cluster.score for cluster in found.clusters]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("method", ["eb-poisson", "pb-poisson", "permutation"])
def test_a_planted_cluster_is_found_where_it_is(method):
    rng = np.random.default_rng(8)
    data = invented(rng, 40, 5, 3.0)
    near = np.argsort(data.apart[0], kind="stable")[:4]
    data.cases[near, -2:] += 9
    full = CasesAndPlaces(
        data.places, data.periods, data.cases, np.ones((40, 5)), np.full((40, 5), 3.0), data.apart
    )
    one = full if method == "eb-poisson" else data if method == "permutation" else full
    best = scan_clusters(one, method, rng=rng, replicates=199).clusters[0]
    assert {f"p{i}" for i in near} <= set(best.places)
    assert best.duration == 2
    assert best.p == pytest.approx(1 / 200)


def test_p_is_uniform_where_nothing_is_unusual():
    ps = []
    for seed in range(80):
        rng = np.random.default_rng([9, seed])
        data = invented(rng, 12, 5, 2.0)
        known = CasesAndPlaces(
            data.places, data.periods, data.cases, None, np.full((12, 5), 2.0), data.apart
        )
        ps.append(scan_clusters(known, rng=rng, replicates=99).clusters[0].p)
    assert 0.4 < np.mean(ps) < 0.6
    assert np.mean(np.array(ps) <= 0.1) <= 0.1 + 3 * math.sqrt(0.09 / 80)


def test_an_early_stop_keeps_the_p_value_right_on_average():
    def draw(size, rng):
        return rng.uniform(size=(size, 1, 1))

    ps = [
        draw_maxima(draw, lambda x: x[:, 0, 0], 0.7, 999, 10, np.random.default_rng(s)).p(0.7)
        for s in range(300)
    ]
    assert np.mean(ps) == pytest.approx(0.3, abs=0.04)
    assert all(p >= 10 / 999 for p in ps)


def test_a_score_that_no_replicate_reaches_has_p_of_one_in_all():
    assert MonteCarlo(np.zeros(999)).p(5.0) == pytest.approx(1 / 1000)


def test_shuffled_periods_keep_the_cases_of_each_place_and_each_period():
    rng = np.random.default_rng(2)
    data = invented(rng, 6, 5, 3.0)
    drawn = null_of("permutation", data, data.cases, 5)(20, rng)
    assert (drawn.sum(axis=2) == data.cases.sum(axis=1)).all()
    assert (drawn.sum(axis=1) == data.cases.sum(axis=0)).all()


def test_fractions_of_cases_are_kept_by_the_shuffle():
    rng = np.random.default_rng(2)
    data = invented(rng, 6, 5, 3.0)
    data.cases[:] *= 0.7
    drawn = null_of("permutation", data, data.cases, 5)(5, rng)
    assert drawn.sum(axis=2) == pytest.approx(np.tile(data.cases.sum(axis=1), (5, 1)))


def small(tmp_path, cases="a,1,3\na,2,5\nb,1,2\nb,2,2", heading="place,period,cases"):
    file = tmp_path / "cases.csv"
    file.write_text(f"{heading}\n{cases}\n")
    return file, write(tmp_path / "geo.csv", "place,x,y", [("a", 0, 0), ("b", 1, 0)])


@pytest.mark.parametrize(
    ("cases", "heading", "method", "code"),
    [
        ("a,1,3", "place,time,cases", "permutation", "SIG-021"),
        ("a,1,x", "place,period,cases", "permutation", "SIG-022"),
        ("a,1,-1", "place,period,cases", "permutation", "SIG-022"),
        ("a,1,3\na,1,4", "place,period,cases", "permutation", "SIG-023"),
        ("c,1,3", "place,period,cases", "permutation", "SIG-024"),
        ("a,1,3", "place,period,cases", "pb-poisson", "SIG-026"),
        ("a,1,2,0", "place,period,cases,expected", "eb-poisson", "SIG-028"),
    ],
)
def test_what_cannot_be_scanned_is_refused_with_its_code(
    tmp_path, typed, cases, heading, method, code
):
    files = small(tmp_path, cases, heading)
    told = typed("scan", "--cases", files[0], "--geo", files[1], "--method", method, "--json")
    assert (told.code, told.json["error"]["code"]) == (3, code)


def test_a_file_without_a_case_has_no_answer(tmp_path, typed):
    files = small(tmp_path, "a,1,0\nb,1,0")
    told = typed("scan", "--cases", files[0], "--geo", files[1], "--json")
    assert (told.code, told.json["error"]["code"]) == (4, "SIG-027")


def test_a_pair_without_a_row_is_no_case_and_is_told(tmp_path, typed):
    files = small(tmp_path, "a,1,3\na,3,9\nb,1,2\na,3,9")
    told = typed("scan", "--cases", files[0], "--geo", files[1], "--seed", 3, "--json").json
    codes = {caution["code"] for caution in told["cautions"]}
    assert {"SIG-120", "SIG-121", "SIG-123", "SIG-124"} <= codes


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_same_seed_gives_the_same_answer_in_words(tmp_path, typed, lang):
    files = small(tmp_path)
    words = ("scan", "--cases", files[0], "--geo", files[1], "--seed", 3, "--lang", lang)
    assert typed(*words).out == typed(*words).out
    assert "p = " in typed(*words).out
