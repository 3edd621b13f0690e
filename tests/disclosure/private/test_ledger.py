"""The budget ledger: over-spends are refused, alterations found, and a release is drawn once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from aiqyn.disclosure.private import Ledger, Limit, Noise, Order, Outcome, Settings, release, rho_of
from aiqyn.disclosure.private.places import has_published, ledger_for
from aiqyn.disclosure.private.published_files import beside, digest
from aiqyn.errors import NotPermitted, UsageRefused

DAY = date(2026, 11, 22)
LIMIT = Limit(2.0, 1e-6)

Invented = Callable[[int], pl.DataFrame]
Seeded = Callable[[int], Noise]
Codes = dict[str, list[str]]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "privacy_ledger.jsonl")


@pytest.fixture(scope="session")
def draw(
    quick: Settings, invented: Invented, codes: Codes, seeded: Seeded
) -> Callable[..., Outcome]:
    """Release invented rows with noise from a seed."""

    def drawn(order: Order, rows: int = 6_000) -> Outcome:
        table = invented(rows)
        return release(table, order, codes=codes, settings=quick, noise=seeded(21))

    return drawn


@pytest.fixture
def order(tmp_path: Path, ledger: Ledger) -> Order:
    return Order(
        out=tmp_path / "out" / "open.csv",
        epsilon=1.0,
        delta=1e-6,
        dataset="victims",
        release="2026",
        ledger=ledger,
        limit=LIMIT,
        today=DAY,
    )


def test_rhos_add_up_over_releases_until_the_budget_is_out(ledger: Ledger) -> None:
    half = LIMIT.rho / 2
    ledger.spend("victims", half, LIMIT, today=DAY, release="2025")
    ledger.spend("victims", half, LIMIT, today=DAY, release="2026")
    with pytest.raises(NotPermitted) as refused:
        ledger.spend("victims", LIMIT.rho / 1000, LIMIT, today=DAY, release="2027")
    assert (refused.value.code, refused.value.exit_code) == ("DISC-111", 5)
    assert ledger.spent("victims") == pytest.approx(LIMIT.rho)


def test_each_data_set_has_its_own_budget(ledger: Ledger) -> None:
    ledger.spend("victims", LIMIT.rho, LIMIT, today=DAY, release="2025")
    ledger.afford("accused", LIMIT.rho, LIMIT)


@pytest.mark.parametrize("how", ["changed", "removed"])
def test_an_altered_ledger_pays_for_nothing(ledger: Ledger, how: str) -> None:
    for year in ("2024", "2025", "2026"):
        ledger.spend("victims", 0.01, LIMIT, today=DAY, release=year)
    lines = ledger.path.read_text("utf-8").splitlines(keepends=True)
    lines = [lines[0].replace("0.01", "0.00"), *lines[1:]] if how == "changed" else lines[1:]
    ledger.path.write_text("".join(lines), "utf-8")
    with pytest.raises(NotPermitted) as refused:
        ledger.afford("victims", 0.001, LIMIT)
    assert refused.value.code == "DISC-112"


def test_a_release_is_kept_and_never_drawn_again(
    order: Order, draw: Callable[..., Outcome]
) -> None:
    first = draw(order)
    assert first.drawn
    before, spent = {p: digest(p) for p in beside(order.out)}, order.ledger.spent("victims")
    order.out.unlink()
    again = draw(order)
    assert not again.drawn
    assert {p: digest(p) for p in beside(order.out)} == before
    assert order.ledger.spent("victims") == spent == pytest.approx(rho_of(1.0, 1e-6))
    with pytest.raises(NotPermitted, match="DISC-113"):
        draw(replace(order, epsilon=0.5))
    with pytest.raises(UsageRefused, match="DISC-115"):
        draw(replace(order, out=order.out.with_suffix(".parquet")))
    (order.kept / "open.csv").write_text("sex\nfemale\n")
    with pytest.raises(NotPermitted, match="DISC-114"):
        draw(order)


def test_the_note_claims_no_more_privacy_than_is_left(
    order: Order, draw: Callable[..., Outcome]
) -> None:
    order.ledger.spend(
        "victims", rho_of(1.0, 1e-6), LIMIT, today=DAY, release="2025", exact_tables=True
    )
    draw(order)
    note = json.loads(order.out.with_name("open.csv.privacy.json").read_text("utf-8"))
    assert 1.4 < note["all_releases"]["epsilon"] < 1.6  # two of epsilon 1
    assert note["exact_tables_exist"]  # said at the earlier release, remembered
    assert "Exact tables of the same persons" in note["note"]["en"]
    assert set(note["note"]) == {"kk", "ru", "en"}
    assert "tv" not in note


def test_a_budget_that_is_out_stops_the_run_before_anything_is_drawn(
    order: Order, draw: Callable[..., Outcome]
) -> None:
    with pytest.raises(NotPermitted, match="DISC-111"):
        draw(replace(order, limit=Limit(0.5, 1e-6)))
    assert not order.out.exists()
    assert not order.ledger.path.exists()


def test_a_refused_file_has_spent_what_was_drawn_for_it(
    order: Order, draw: Callable[..., Outcome]
) -> None:
    ended = draw(order, 300)
    assert not ended.verdict.released
    assert not order.out.exists()
    assert order.ledger.spent("victims") == pytest.approx(rho_of(1.0, 1e-6) / 100)
    assert [a["act"] for a in order.ledger.acts("victims")] == ["private.spent", "private.refused"]


@pytest.mark.parametrize("name", ["", "..", "a/b", "a b"])
def test_a_name_that_is_no_folder_is_refused(order: Order, name: str) -> None:
    with pytest.raises(UsageRefused, match="DISC-106"):
        replace(order, release=name)


def test_the_ledger_stands_in_the_observatory_where_there_is_one(tmp_path: Path) -> None:
    assert ledger_for(tmp_path / "a.csv") == tmp_path / "privacy_ledger.jsonl"
    (tmp_path / "observatory.toml").touch()
    out = tmp_path / "published" / "2026" / "a.csv"
    assert ledger_for(out) == tmp_path / "audit" / "privacy_ledger.jsonl"
    assert not has_published(out)
    out.parent.mkdir(parents=True)
    assert has_published(out)  # a report: exact tables of the same persons
