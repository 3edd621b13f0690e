"""What the synthetic file keeps, what it costs, and that it does not know its own rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import pi, sqrt
from typing import Any

import numpy as np
import polars as pl
import pytest

from aiqyn.disclosure.private import Domain, Noise, Settings, Synthesis, rho_of, synthesise
from aiqyn.disclosure.private.encoding import cell_counts, encode
from aiqyn.disclosure.private.gate import before_measuring, expected_one_way, of_finished_file
from aiqyn.disclosure.private.measuring import Meter
from aiqyn.disclosure.private.noisy_tables import noisy_tables
from aiqyn.disclosure.private.rare_codes import merging, without_rare
from aiqyn.disclosure.private.true_error import codes_error, total_variation

Halves = tuple[pl.DataFrame, pl.DataFrame]
RHO = rho_of(1.0, 1e-6)


Invented = Callable[[int], pl.DataFrame]
Seeded = Callable[[int], Noise]


@pytest.fixture
def run(domain: Domain, quick: Settings, seeded: Seeded) -> Callable[..., Synthesis]:
    """Synthesise at epsilon 1 with noise from a seed."""

    def made(table: pl.DataFrame, **more: Any) -> Synthesis:
        told = {"rho": RHO, "delta": 1e-6, "noise": seeded(5), "settings": quick} | more
        return synthesise(table, domain, rng=np.random.default_rng(6), **told)

    return made


def test_tables_are_nearer_to_the_datas_than_if_columns_had_nothing_to_do_with_each_other(
    made: Synthesis, halves: Halves, domain: Domain
) -> None:
    assert made.file is not None
    assert made.verdict.released
    real, drawn = encode(halves[0], domain), encode(made.file, domain)
    shuffled = np.random.default_rng(0).permuted(real, axis=0)

    def apart(file: np.ndarray, ways: int) -> float:
        return total_variation(real, file, domain.shape, ways) or 0.0

    assert 0 < apart(drawn, 1) < 0.03
    assert apart(drawn, 2) < 0.7 * apart(shuffled, 2)
    assert apart(drawn, 3) < 0.7 * apart(shuffled, 3)


def test_the_noisy_look_at_the_finished_file_is_near_the_exact_one(
    made: Synthesis, halves: Halves, domain: Domain
) -> None:
    assert made.file is not None
    real, drawn = encode(halves[0], domain), encode(made.file, domain)
    exact = total_variation(real, drawn, domain.shape, 2)
    sigma = sqrt(1 / (2 * RHO * 0.02)) / (2 * 6_000)  # 2 % of the budget; sensitivity 1 per pair
    assert made.pairs_error == pytest.approx(exact, abs=4 * sigma)


def test_a_dependence_of_the_data_is_in_the_file(made: Synthesis) -> None:
    assert made.file is not None
    sexual = pl.col("form") == "sexual"
    share = {
        sex: made.file.filter(pl.col("sex") == sex).select(sexual.mean()).item()
        for sex in ("female", "male")
    }
    assert share["female"] == pytest.approx(0.6, abs=0.05)  # as the rows were invented
    assert share["male"] == pytest.approx(0.15, abs=0.05)


def test_the_file_holds_codes_of_the_domain_only_and_no_empty_cell_that_was_not_there(
    made: Synthesis, codes: dict[str, list[str]]
) -> None:
    assert made.file is not None
    assert made.file.height == made.rows
    for column, known in codes.items():
        assert set(made.file[column].to_list()) <= set(known)


def nearer_by(file: pl.DataFrame, halves: Halves) -> int:
    """By how many more rows of the file equal a unique row of the first half than of the second."""
    columns = halves[0].columns
    alone = [half.filter(pl.struct(columns).is_unique()) for half in halves]
    mine, others = (file.join(rows, on=columns, how="semi").height for rows in alone)
    return mine - others


def test_it_coincides_no_more_with_its_own_rows_than_with_the_control_half(
    made: Synthesis, halves: Halves, invented: Callable[..., pl.DataFrame]
) -> None:
    """Against files of fresh persons, who cannot know either half; a copied half is found out."""
    assert made.file is not None
    fresh = sorted(nearer_by(invented(6_000, seed), halves) for seed in range(1_000, 1_200))
    assert nearer_by(made.file, halves) <= fresh[-2]  # the highest hundredth
    tenth = pl.concat([halves[0][:600], invented(5_400, 999)])
    assert nearer_by(tenth, halves) > fresh[-1]


def test_what_is_spent_is_the_budget_and_no_more(made: Synthesis) -> None:
    assert 0.9 * RHO < made.rho <= RHO


def test_every_part_is_reserved_before_it_is_drawn(
    run: Callable[..., Synthesis], halves: Halves, seeded: Callable[[int], Any]
) -> None:
    asked: list[float] = []

    def refuse_the_second(rho: float) -> None:
        asked.append(rho)
        if len(asked) == 2:
            raise PermissionError

    noise = seeded(5)
    with pytest.raises(PermissionError):
        run(halves[0], noise=noise, reserve=refuse_the_second)
    assert sum(asked) == pytest.approx(RHO)
    once = np.random.default_rng(5)
    once.normal(0, 1, 1)  # the number of rows; nothing else was drawn
    assert noise.rng.random() == once.random()


def test_300_persons_are_refused_for_a_hundredth_of_the_budget(
    run: Callable[..., Synthesis], invented: Invented
) -> None:
    small = run(invented(300))
    assert not small.verdict.released
    assert small.file is None
    assert small.verdict.key == "synthetic.why.one_way"
    assert small.rho == pytest.approx(RHO / 100, rel=1e-6)


def test_the_gates_answer_depends_on_the_data_through_noise_alone(
    run: Callable[..., Synthesis], invented: Invented, seeded: Seeded
) -> None:
    """A noise that hides the data whole leaves the gate nothing else to see."""

    class Deaf:
        def __init__(self) -> None:
            self.noise = seeded(3)
            self.choose = self.noise.choose

        def add(self, counts: np.ndarray, sigma: float) -> tuple[np.ndarray, float]:
            return self.noise.add(np.zeros_like(counts), sigma)

    answers = [run(invented(n), noise=Deaf()) for n in (50, 5_000)]
    assert answers[0].verdict == answers[1].verdict
    assert answers[0].rows == answers[1].rows


def test_a_file_far_from_the_data_is_refused_at_the_second_look(quick: Settings) -> None:
    limit = quick.two_way_limit
    assert of_finished_file(1000, limit / 2, quick).released
    assert not of_finished_file(1000, limit * 1.01, quick).released


def test_a_delta_that_could_give_a_row_away_is_refused(domain: Domain, quick: Settings) -> None:
    found = before_measuring(10_000, domain.shape, RHO, 1e-4, quick)
    assert (found.released, found.key) == (False, "synthetic.why.delta")


def test_the_expected_error_of_one_column_is_that_of_the_half_normal(quick: Settings) -> None:
    rows, codes = 100_000, 4
    sigma = sqrt(1 / (2 * RHO * quick.shares["one_way"]))
    draws = np.abs(np.random.default_rng(0).normal(0, sigma, (20_000, codes))).sum(axis=1)
    expected = expected_one_way(rows, [codes], RHO, quick)
    assert expected == pytest.approx(draws.mean() / (2 * rows), rel=0.02)
    assert expected == pytest.approx(sqrt(2 / pi) * sigma * codes / (2 * rows))


def test_a_meter_stops_at_its_budget(seeded: Seeded) -> None:
    meter = Meter(seeded(1), RHO)
    places = np.zeros((10, 1), dtype=np.int64)
    meter.table(places, (2,), (0,), 1.0)
    with pytest.raises(RuntimeError):
        meter.table(places, (2,), (0,), 0.01)


def test_a_number_of_higher_sensitivity_has_wider_noise_for_the_same_cost(
    seeded: Seeded,
) -> None:
    meter = Meter(seeded(1), RHO)
    _, narrow = meter.number(0, 1, 0.5)
    cost = meter.spent
    _, wide = meter.number(0, 105, 0.5)
    assert wide == pytest.approx(105 * narrow)
    assert meter.spent == pytest.approx(2 * cost)


def test_codes_under_the_noise_are_merged_and_a_merged_nothing_joins_the_commonest() -> None:
    noisy = np.array([900, 40, 5, -3, 12, 2])  # the last is the empty cell
    found = merging(noisy, sigma=10.0, rare=2.0, group=3.0)
    assert found.level.tolist() == [0, 1, 2, 2, 2, 0]
    assert found.chances[2].tolist() == [0, 0, 0, 0, 1, 0]  # 12 alone is over one sigma
    joined = without_rare(found)
    assert joined.level.tolist() == [0, 1, 0, 0, 0, 0]
    assert joined.levels == 2


def test_the_published_tables_are_the_noisy_ones_with_their_margin(
    made: Synthesis, halves: Halves, domain: Domain, codes: dict[str, list[str]]
) -> None:
    table = noisy_tables(made, domain)
    assert set(table["ways"]) == {1, 2, 3}
    one = table.filter(pl.col("ways") == 1, pl.col("code_1") != "_empty")
    real = encode(halves[0], domain)
    true = {
        (c, code): n
        for at, (c, known) in enumerate(codes.items())
        for code, n in zip(known, cell_counts(real, domain.shape, (at,))[:-1], strict=True)
    }
    off = [
        (row["noisy_count"] - true[row["column_1"], row["code_1"]]) / row["sigma"]
        for row in one.iter_rows(named=True)
    ]
    assert np.abs(off).max() < 5
    assert 0.5 < np.sqrt(np.mean(np.square(off))) < 1.6
    assert (one["margin_95"] - 1.96 * one["sigma"]).abs().max() < 0.1


def test_common_and_rare_codes_are_judged_apart() -> None:
    real = np.repeat([0, 1, 2], [990, 6, 4])[:, None]
    drawn = np.repeat([0, 1], [980, 9])[:, None]
    found = codes_error(real, drawn, (3,))
    assert (found["common"].codes, found["rare"].codes) == (1, 2)
    assert found["common"].median == pytest.approx(10 / 990)
    assert found["rare"].median == pytest.approx((0.5 + 1.0) / 2)
    assert (found["common"].lost, found["rare"].lost) == (0, 1)


def test_total_variation_is_half_the_difference_of_shares() -> None:
    real, drawn = np.array([[0], [0], [1], [1]]), np.array([[0], [0], [0], [1]])
    assert total_variation(real, drawn, (2,), 1) == pytest.approx(0.25)
    assert total_variation(real, drawn, (2,), 2) is None


def test_the_shares_of_a_budget_add_up(quick: Settings) -> None:
    with pytest.raises(ValueError, match="add up"):
        replace(quick, shares=quick.shares | {"check": 0.5})
