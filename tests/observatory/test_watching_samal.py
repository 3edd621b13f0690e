"""The watch over Samal, whose planted patterns are known (truth/patterns.toml)."""

from __future__ import annotations

import csv
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from aiqyn import audit
from aiqyn.demo import write_country
from aiqyn.errors import AnswerRefused
from aiqyn.observatory import Observatory
from aiqyn.observatory.signals.writing import Written, watch_and_write
from aiqyn.signals.watching_country.settings import watch_settings

SERIES = replace(watch_settings(), new_patterns=0.0)  # new combinations have tests of their own
MONDAYS = (date(2025, 10, 20), date(2025, 10, 27))


@pytest.fixture(scope="module")
def samal(tmp_path_factory) -> Path:
    """The whole country once, watched on two Mondays (20 s): the patterns need its size."""
    place = tmp_path_factory.mktemp("watched") / "samal"
    write_country(place, persons=20_000)
    return place


@pytest.fixture(scope="module")
def weeks(samal) -> tuple[Written, ...]:
    observatory = Observatory.open(samal)
    return tuple(watch_and_write(observatory, day, SERIES) for day in MONDAYS)


def test_the_planted_fraud_in_bulaqty_and_labour_in_asemtau_are_the_first_two(weeks) -> None:
    # E-01 XSA-02 online_scam by messenger since June; E-02 XSA-03 construction since July 2025.
    first_two = weeks[-1].told[:2]
    places = {one.signal.cell.get("place") for one in first_two}
    assert places == {"XSA-02", "XSA-03"}
    fraud = next(one.signal for one in first_two if one.signal.cell["place"] == "XSA-02")
    assert (
        fraud.cell.get("form") in ("online_scam", "*criminality")
        or "messenger" in fraud.cell.values()
    )
    labour = next(one.signal for one in first_two if one.signal.cell["place"] == "XSA-03")
    assert any(cell.get("sector") == "F" for cell in (labour.cell, *labour.within))
    assert all(one.signal.q < 0.05 for one in first_two)


def test_a_signal_keeps_its_number_from_week_to_week(weeks) -> None:
    before, after = ({one.signal.cell.get("place"): one.id for one in week.told} for week in weeks)
    assert before["XSA-03"] == after["XSA-03"]
    assert before["XSA-02"] == after["XSA-02"]


def test_a_rise_where_screening_began_says_that_detection_changed(weeks) -> None:
    # D-04: screening by indicators began in Bulaqty and Asemtau in January 2025.
    for one in weeks[-1].told[:2]:
        assert ("detection", "D-04") in {(other.kind, other.code) for other in one.other}


def test_a_campaign_that_ended_long_ago_explains_nothing_now(weeks) -> None:
    codes = {other.code for one in weeks[-1].told for other in one.other}
    assert "D-06" not in codes  # of autumn 2023
    assert "D-01" not in codes  # of 2014


def test_records_are_told_to_their_owner_alone_and_stand_in_no_page(samal, weeks) -> None:
    folder = samal / "signals"
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    one = weeks[-1].told[0]
    with (folder / "records" / f"{one.id}.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == one.records
    pages = "".join(f.read_text(encoding="utf-8") for f in folder.rglob("*.html"))
    assert not any(row["person_id"] in pages or row["source_id"] in pages for row in rows)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_digest_is_one_printed_page_in_each_language(samal, weeks, lang) -> None:
    from pypdf import PdfReader

    reader = PdfReader(samal / "signals" / f"digest.{lang}.pdf")
    assert len(reader.pages) == 1
    assert weeks[-1].told[0].id in reader.pages[0].extract_text().replace("\n", "")


def test_every_other_explanation_stands_in_the_digest_and_the_figures_on_the_card(
    samal, weeks
) -> None:
    one = weeks[-1].told[0]
    kinds = {other.kind for other in one.other}
    assert {"detection", "delay"} <= kinds
    digest = (samal / "signals" / "digest.en.html").read_text(encoding="utf-8")
    row = digest.split(f'id">{one.id}')[1].split("</tr>")[0]
    assert row.count("<p>") == len(one.other)
    card = (samal / "signals" / "cards" / f"{one.id}.en.html").read_text(encoding="utf-8")
    reached = next(other for other in one.other if other.kind == "detection").slots
    assert f"This can have brought {reached['n']} of {reached['of']}" in card


def test_the_digest_says_how_large_a_rise_it_could_see(samal, weeks) -> None:
    watch = weeks[-1].run.watch
    pair = next(one for one in watch.seen_from if (one.dimensions, one.usual) == (2, 5.0))
    digest = (samal / "signals" / "digest.en.html").read_text(encoding="utf-8")
    assert f">{pair.persons}<" in digest
    assert f">× {pair.times}<" in digest


def test_a_look_back_writes_nothing_and_says_so(samal, weeks) -> None:
    before = (samal / "signals" / "register.json").read_bytes()
    back = watch_and_write(Observatory.open(samal), date(2025, 9, 1), SERIES)
    assert back.run.looked_back
    assert "SIG-191" in {caution.code for caution in back.run.cautions}
    assert (samal / "signals" / "register.json").read_bytes() == before


def test_a_day_after_the_last_detection_is_watched_with_a_caution(samal, weeks) -> None:
    ahead = watch_and_write(Observatory.open(samal), date(2026, 2, 10), SERIES).run
    assert "SIG-187" in {caution.code for caution in ahead.cautions}


def test_a_region_founded_in_2022_and_one_that_is_silent_are_told(weeks) -> None:
    told = {(caution.code, caution.slots.get("place")) for caution in weeks[-1].run.cautions}
    assert {("SIG-189", "XSA-12"), ("SIG-190", "XSA-12")} <= told


def test_a_day_before_anybody_was_known_is_refused(samal) -> None:
    with pytest.raises(AnswerRefused, match="SIG-094"):
        watch_and_write(Observatory.open(samal), date(2018, 1, 1))


def test_a_signal_is_closed_opened_again_and_measured(samal, weeks, typed) -> None:
    id_ = weeks[-1].told[0].id
    assert typed("signal", "mark", samal, id_, "--state", "closed").code == 2  # no outcome
    closed = typed("signal", "mark", samal, id_, "--state", "closed", "--outcome", "true", "--json")
    assert closed.json["state"] == "closed"
    measured = typed("signal", "list", samal, "--json").json["precision"]
    assert (measured["true"], measured["closed"]) == (1, 1)
    assert measured["low"] == pytest.approx(0.2065, abs=5e-4)  # Wilson's interval of 1 of 1
    assert typed("signal", "mark", samal, id_, "--state", "reviewed").code == 2  # no note
    back = typed(
        "signal", "mark", samal, id_, "--state", "reviewed", "--note", "asked again", "--json"
    )
    assert back.json["outcome"] is None
    assert typed("signal", "list", samal, "--json").json["precision"]["closed"] == 0
    assert audit.verify(samal / "audit" / "chain.jsonl").holds
    assert "asked again" not in (samal / "audit" / "chain.jsonl").read_text(encoding="utf-8")


def test_an_unknown_signal_and_a_step_backwards_are_refused(samal, weeks, typed) -> None:
    assert "SIG-095" in typed("signal", "mark", samal, "2020-W01-01", "--state", "acted").err
    id_ = weeks[-1].told[1].id
    typed("signal", "mark", samal, id_, "--state", "acted")
    assert "SIG-096" in typed("signal", "mark", samal, id_, "--state", "reviewed").err


def test_the_verb_answers_as_its_contract_says(samal, weeks, typed) -> None:
    answer = typed("watch", samal, "--as-of", "2025-10-27", "--json").json
    assert {"series", "tested", "expected_false_alarms", "signals"} <= set(answer)
    assert answer["clusters_tried"] > 100
    assert {one["weeks"] for one in answer["seen_from"]} == {13}
    fields = {"id", "kind", "what", "where", "since", "observed", "expected", "q", "cards"}
    assert all(fields <= set(one) for one in answer["signals"])
    assert "person_id" not in str(answer)
