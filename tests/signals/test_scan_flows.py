"""Flows: against a plain count of all windows, the scan of places, and simulations."""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest

pytest.importorskip("numba")

from aiqyn.signals.scan import CasesAndPlaces, Flows, scan_clusters, scan_flows

PERIODS = 12


def flows_of(cases, expected=None, at=None) -> Flows:
    """Flows of (places, places, periods) cases; places on a line unless `at` says where."""
    n, periods = len(cases), cases.shape[2]
    at = np.column_stack([np.arange(n), np.zeros(n)]) if at is None else at
    apart = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    names = tuple(f"p{i}" for i in range(n))
    pairs = tuple(f"{a} → {b}" for a in names for b in names)
    wanted = None if expected is None else expected.reshape(n * n, periods)
    when = tuple(str(t) for t in range(periods))
    cells = CasesAndPlaces(pairs, when, cases.reshape(n * n, periods).astype(float), None, wanted,
                           np.zeros((0, 0)))  # fmt: skip
    return Flows(names, apart, cells)


def counted_one_by_one(cases, expected, apart, most):
    """The best window by trying all of them, in plain Python."""
    n, periods = len(cases), cases.shape[2]
    order = [sorted(range(n), key=lambda j, i=i: apart[i][j] if j != i else -1) for i in range(n)]
    best = (0.0, None)
    for o in range(n):
        for k in range(1, most + 1):
            for e in range(n):
                for m in range(1, most + 1):
                    for d in range(1, periods + 1):
                        pairs = [(a, b) for a in order[o][:k] for b in order[e][:m]]
                        c = sum(cases[a][b][-d:].sum() for a, b in pairs)
                        b0 = sum(expected[a][b][-d:].sum() for a, b in pairs)
                        if c > b0 and (s := c * math.log(c / b0) - c + b0) > best[0]:
                            best = (s, (set(order[o][:k]), set(order[e][:m]), d))
    return best


def test_the_best_window_is_that_of_trying_all_of_them():
    rng = np.random.default_rng(3)
    at = rng.uniform(0, 10, (4, 2))
    expected = rng.uniform(0.2, 2.0, (4, 4, 3))
    cases = rng.poisson(expected)
    flows = flows_of(cases, expected, at)
    score, (origins, ends, duration) = counted_one_by_one(cases, expected, flows.apart, 3)
    found = scan_flows(flows, rng=rng, replicates=0, most_places=3).clusters[0]
    assert found.score == pytest.approx(score)
    assert ({int(p[1:]) for p in found.places}, {int(p[1:]) for p in found.destinations},
            found.duration) == (origins, ends, duration)  # fmt: skip


@pytest.mark.parametrize("method", ["eb-poisson", "permutation"])
def test_flows_that_all_end_at_one_place_are_scanned_as_their_origins_would_be(method):
    rng = np.random.default_rng(5)
    n = 6
    expected = np.zeros((n, n, PERIODS))
    expected[:, 0, :] = rng.uniform(1, 4, (n, PERIODS))
    cases = rng.poisson(expected)
    flows = flows_of(cases, expected)
    names, when = flows.places, flows.pairs.periods
    places = CasesAndPlaces(names, when, cases[:, 0, :].astype(float), None, expected[:, 0, :],
                            flows.apart)  # fmt: skip
    given = {"replicates": 0, "most_places": 3, "rng": rng}
    ours, theirs = scan_flows(flows, method, **given), scan_clusters(places, method, **given)
    assert ours.clusters[0].score == pytest.approx(theirs.clusters[0].score)
    assert set(ours.clusters[0].places) == set(theirs.clusters[0].places)


def planted(rng, risk, n=8):
    """A year of flows; of late more from p1, p2 to p5, p6."""
    expected = np.full((n, n, PERIODS), 0.5)
    real = expected.copy()
    real[np.ix_([1, 2], [5, 6], range(PERIODS - 3, PERIODS))] *= risk
    return flows_of(rng.poisson(real), expected)


@pytest.mark.parametrize("method", ["eb-poisson", "permutation"])
def test_a_planted_cluster_of_flows_is_found_with_its_ends_and_its_beginning(method):
    found, runs = 0, 20
    for seed in range(runs):
        rng = np.random.default_rng(seed)
        told = scan_flows(planted(rng, 6.0), method, rng=rng, replicates=99, most_places=3)
        best = told.clusters[0]
        pairs = {(a, b) for a in best.places for b in best.destinations}
        truth = {(a, b) for a in ("p1", "p2") for b in ("p5", "p6")}
        alike = len(pairs & truth) / len(pairs | truth)
        found += best.p <= 0.05 and alike >= 0.5 and 2 <= best.duration <= 4
    assert found >= 0.9 * runs


@pytest.mark.parametrize("method", ["eb-poisson", "pb-poisson", "permutation"])
def test_p_is_uniform_where_nothing_is_unusual(method):
    p = []
    for seed in range(200):
        rng = np.random.default_rng(1000 + seed)
        flows = planted(rng, 1.0, n=7)
        told = scan_flows(flows, method, rng=rng, replicates=39, most_places=2, most_periods=4)
        p.append(told.clusters[0].p if told.clusters else 1.0)
    for level in (0.05, 0.25, 0.5):
        error = 3 * math.sqrt(level * (1 - level) / len(p))
        assert abs(np.mean(np.array(p) <= level) - level) <= error, (method, level)


def test_no_two_clusters_share_a_pair_of_places():
    rng = np.random.default_rng(2)
    told = scan_flows(planted(rng, 3.0), rng=rng, replicates=0, most_places=3)
    pairs = [(a, b) for c in told.clusters for a in c.places for b in c.destinations]
    assert len(told.clusters) > 2
    assert len(pairs) == len(set(pairs))


def test_a_rise_both_ways_is_two_flows_and_the_way_back_is_not_the_way_there():
    n = 5
    cases = np.ones((n, n, PERIODS))
    cases[0, 4, -2:] = 12
    told = scan_flows(flows_of(cases), "permutation", rng=np.random.default_rng(0), replicates=0,
                      most_places=2)  # fmt: skip
    assert (told.clusters[0].places[0], told.clusters[0].destinations[0]) == ("p0", "p4")
    assert told.clusters[0].duration == 2


@pytest.fixture
def files(tmp_path):
    rng = np.random.default_rng(7)
    flows = planted(rng, 6.0)
    rows = [
        (a, b, t, int(flows.pairs.cases[i * 8 + j, t]))
        for i, a in enumerate(flows.places)
        for j, b in enumerate(flows.places)
        for t in range(PERIODS)
        if flows.pairs.cases[i * 8 + j, t]
    ]
    geo, cases = tmp_path / "geo.csv", tmp_path / "flows.csv"
    write(cases, ("from", "to", "period", "cases"), rows)
    write(geo, ("place", "x", "y"), [(name, i, 0) for i, name in enumerate(flows.places)])
    return cases, geo


def write(file, heading, rows):
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *rows])
    return file


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_verb_tells_from_where_to_where_since_when(files, typed, lang):
    ask = ("scan", "--flows", files[0], "--geo", files[1], "--method", "permutation",
           "--neighbours", "3", "--replicates", "99", "--lang", lang)  # fmt: skip
    told = typed(*ask, "--json").json["most_likely"]
    assert {"p1", "p2"} & set(told["from"])
    assert {"p5", "p6"} & set(told["to"])
    assert (told["p"], told["duration"]) == (0.01, 3)
    assert set(told) == {"from", "to", "duration", "since", "score", "relative_risk", "cases",
                         "expected", "p", "p_gumbel"}  # fmt: skip
    assert "p1" in typed(*ask).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--flows", "flows.csv", "--cases", "flows.csv", "--geo", "geo.csv"), (2, "SIG-213")),
        (("--geo", "geo.csv"), (2, "SIG-213")),
        (("--flows", "flows.csv"), (2, "SIG-213")),
        (("--flows", "geo.csv", "--geo", "geo.csv"), (3, "SIG-021")),
        (("--flows", "lost.csv", "--geo", "geo.csv"), (3, "SIG-024")),
        (("--flows", "flows.csv", "--geo", "geo.csv", "--method", "pb-poisson"), (3, "SIG-026")),
        (
            ("--flows", "flows.csv", "--geo", "geo.csv", "--replicates", "999999999"),
            (4, "SIG-212"),
        ),
    ],
)
def test_what_cannot_be_scanned_is_refused(files, tmp_path, monkeypatch, typed, words, code):
    write(tmp_path / "lost.csv", ("from", "to", "period", "cases"), [("p1", "nowhere", 1, 2)])
    monkeypatch.chdir(tmp_path)
    told = typed("scan", *words, "--json")
    assert (told.code, told.json["error"]["code"]) == code
