"""What lists do to a person's particulars, as often as the data files say."""

from __future__ import annotations

import math
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl
import pytest

from aiqyn.demo.overlapping_lists import Truth
from aiqyn.demo.overlapping_lists.national_number import national_numbers
from aiqyn.demo.overlapping_lists.written_dates import written_dates

EPOCH = date(1970, 1, 1)
MARKS = ("alias", "other_family", "diminutive", "swapped", "in_one", "one_name")


def _told(name: str) -> dict[str, Any]:
    folder = files("aiqyn").joinpath("data", "demo", "overlapping_lists")
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _scheme(truth: Truth) -> dict[str, Any]:
    return _told("scheme_first" if "first" in truth.folder.name else "scheme_second")


def _lists(truth: Truth) -> pl.DataFrame:
    return pl.concat(
        pl.read_csv(file, infer_schema=False).with_columns(pl.lit(file.stem).alias("list"))
        for file in truth.files
    ).join(truth.records, on=["list", "record_id"], maintain_order="left")


def _near(count: float, n: int, share: float) -> bool:
    return abs(count - n * share) < 4.5 * math.sqrt(n * share * (1 - share)) + 1e-9


@pytest.mark.parametrize("mark", MARKS)
def test_names_are_changed_as_often_as_told(truth: Truth, mark: str) -> None:
    assert _near(truth.records[mark].sum(), truth.records.height, _scheme(truth)["names"][mark])


@pytest.mark.parametrize("name", ["given", "surname", "patronymic"])
def test_slips_are_as_many_as_told_or_a_few_less(truth: Truth, name: str) -> None:
    """A few slips change nothing: a letter with its like, a sign that no keyboard has."""
    held = truth.records
    if name == "patronymic":
        held = held.filter(pl.col("person").is_in(_with_fathers(truth)))
    share, n = _scheme(truth)["slips"][name], held.height
    slips = held[f"slip_{name}"].sum()
    assert slips < n * share + 4.5 * math.sqrt(n * share)
    assert slips > 0.7 * n * share - 4.5 * math.sqrt(n * share)


def _with_fathers(truth: Truth) -> list[int]:
    seen = _lists(truth).filter(pl.col("patronymic").is_not_null())
    return seen["person"].unique().to_list()


def test_dates_meet_their_fates_as_often_as_told(truth: Truth) -> None:
    for fate, share in _scheme(truth)["dates"].items():
        count = (truth.records["date_fate"] == fate).sum()
        assert _near(count, truth.records.height, share), fate


def test_every_list_writes_in_its_own_hands(truth: Truth) -> None:
    told = _scheme(truth)
    for (name, hand), own in truth.records.group_by("list", "hand"):
        n = truth.records.filter(list=name).height
        assert _near(own.height, n, told["hands"][name][hand]), (name, hand)
        assert own["script"].unique().to_list() == [told["scripts"][hand]]


@pytest.mark.parametrize("field", ["sex", "citizenship", "region"])
def test_fields_are_empty_as_often_as_told(truth: Truth, field: str) -> None:
    for (name,), own in _lists(truth).group_by("list"):
        share = _told("lists")["lists"][name][f"{field}_missing"]
        assert _near(own[field].null_count(), own.height, share), name


def test_about_a_tenth_of_the_records_hold_a_national_number(truth: Truth) -> None:
    held = 1 - _lists(truth)["national_id"].null_count() / truth.records.height
    assert held == pytest.approx(0.10, abs=0.02)


def test_a_national_number_tells_the_true_person_but_for_its_slips(truth: Truth) -> None:
    seen = _lists(truth).filter(pl.col("national_id").is_not_null())
    shared = seen.group_by("national_id").agg(pl.col("person").n_unique())
    assert (shared["person"] == 1).all()
    sexes = seen.select((pl.col("national_id").str.slice(6, 1).cast(pl.Int64) % 2 == 0) ^
                        pl.col("woman")).to_series()  # fmt: skip
    assert _near(sexes.sum(), seen.height, _scheme(truth)["other"]["number_slip"] / 24)


def test_sexes_are_wrong_as_seldom_as_told(truth: Truth) -> None:
    seen = _lists(truth).filter(pl.col("sex").is_not_null())
    wrong = (seen["sex"] == "female") != seen["woman"]
    assert _near(wrong.sum(), seen.height, _scheme(truth)["other"]["sex_wrong"])


def test_capitals_and_signs_are_as_the_list_writes_them(truth: Truth) -> None:
    for (name,), own in _lists(truth).group_by("list"):
        names = own["given"].str.normalize("NFC")
        upper = (names == names.str.to_uppercase()).sum()
        assert _near(upper, own.height, _told("lists")["lists"][name]["upper_case"]), name


def test_one_name_persons_and_names_in_one_cell_have_no_surname(truth: Truth) -> None:
    seen = _lists(truth)
    assert (seen["surname"].is_null() == (seen["in_one"] | seen["one_name"])).all()
    assert seen["given"].null_count() == 0
    assert seen["given"].str.len_chars().min() > 1


@pytest.mark.parametrize("scheme", ["first", "second"])
def test_a_date_is_written_as_its_fate_says(scheme: Any) -> None:
    births = np.arange(-8_000, 16_000, dtype=np.int64)
    made = written_dates(np.random.default_rng(5), births, scheme)
    seen = set()
    for days, (dob, precision, fate) in zip(births.tolist(), made.iter_rows(), strict=True):
        born = EPOCH + timedelta(days=days)
        swapped = f"{born:%Y-%d-%m}" if born.day <= 12 else born.isoformat()
        expected = {
            "as_it_is": (born.isoformat(), "day"),
            "year_only": (f"{born:%Y}", "year"),
            "month_only": (f"{born:%Y-%m}", "month"),
            "first_of_january": (f"{born:%Y}-01-01", "day"),
            "swapped": (swapped, "day"),
            "missing": (None, None),
        }
        seen.add(fate)
        if fate == "estimated":
            assert precision == "estimated"
            assert abs(int(dob) - born.year) < 12
        elif fate == "off":
            assert date.fromisoformat(dob) != born
            assert abs(date.fromisoformat(dob) - born) <= timedelta(days=365)
        else:
            assert (dob, precision) == expected[fate]
    assert len(seen) == 8


def _check(digits: list[int]) -> int:
    """The twelfth digit by the rule of the Kazakh identification numbers, digit by digit."""
    total = sum(digit * weight for digit, weight in zip(digits, range(1, 12), strict=True)) % 11
    if total == 10:
        weights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]
        total = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
    return total


def test_a_national_number_holds_the_birth_date_the_sex_and_a_right_check_digit() -> None:
    rng = np.random.default_rng(2)
    births = rng.integers(-9_000, 16_000, 5_000)
    woman, holds = rng.random(5_000) < 0.5, rng.random(5_000) < 0.7
    numbers = national_numbers(births, woman, holds)
    assert numbers.drop_nulls().is_unique().all()
    assert numbers.filter(pl.Series(~holds)).null_count() == (~holds).sum()
    assert numbers.filter(pl.Series(holds)).null_count() < 0.03 * holds.sum()
    for number, days, female in zip(numbers, births.tolist(), woman.tolist(), strict=True):
        if number is None:
            continue
        born = EPOCH + timedelta(days=days)
        assert number[:6] == f"{born:%y%m%d}"
        century = {19: "34", 20: "56"}[born.year // 100]
        assert number[6] == century[female]
        assert int(number[11]) == _check([int(sign) for sign in number[:11]])
