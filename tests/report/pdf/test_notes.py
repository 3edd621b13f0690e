"""Open numbers as numbered notes at the foot of the page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from aiqyn.report.model import Source
from aiqyn.report.pdf.manuscript import manuscript
from aiqyn.report.pdf.notes import note, notes
from aiqyn.report.pdf.speech import Speech

LANGUAGES = ("kk", "ru", "en")


def links(pdf):
    """(page of the link, page it leads to) of every link inside the file."""
    for place, page in enumerate(pdf.pages):
        for reference in page.get("/Annots", []):
            link = reference.get_object()
            goal = link.get("/Dest") or link["/A"]["/D"]
            if isinstance(goal, str):
                goal = pdf.named_destinations[goal].dest_array
            yield place, pdf.get_page_number(goal[0].get_object())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_stands_on_the_page_of_its_mark(opened, lang):
    contents = 0  # the first page also holds the contents, whose links lead away
    for here, there in links(opened(lang)):
        assert here in (contents, there)


def test_a_note_tells_what_the_open_number_tells(samal):
    told = note(samal.numbers["V-017"], Speech(samal, "en"), {}, 1)
    assert told["head"].endswith("27% (95% uncertainty interval: 23–31%).")
    for said in (
        "Counted: 111 of 412.",
        "Palermo Protocol, art.\u00a03",
        "Wilson (1927)",
        "Not known:",
        "Police 2a7f…c1",
        "Caution:",
        "Number V-017.",
    ):
        assert said in told["body"]


def test_a_refused_number_says_so_in_words(samal):
    assert "answer refused" in note(samal.numbers["H-002"], Speech(samal, "en"), {}, 1)["head"]


def test_many_files_are_counted_by_agency_and_not_listed(samal):
    sent = {
        c: Source(c, "police", 3, "a" * 64, 9, 9, 0) for c in ("a", "b", "c", "d", "e", "f", "g")
    }
    number = replace(samal.numbers["V-001"], sources=tuple(sent))
    told = note(number, Speech(replace(samal, sources=sent), "ru"), {}, 1)["body"]
    assert "Полиция (3); всего 21 файл," in told
    assert "aaaa" not in told


def test_what_a_note_of_the_chapter_said_at_length_is_referred_to(samal):
    keys = ("opening/V-001", "opening/H-001", "hidden/V-001")
    made = notes(keys, Speech(samal, "en"))
    assert "Inputs: Police 2a7f…c1" in made["opening/V-001"]["body"]
    assert "Inputs: see note 1." in made["opening/H-001"]["body"]
    assert "Inputs: Police 2a7f…c1" in made["hidden/V-001"]["body"]


def test_a_number_has_one_note_in_each_chapter_that_names_it(samal):
    written = manuscript(samal, "en", {})
    firsts = [run["note"] for run in _marked(written["chapters"]) if run["first"]]
    every = {run["note"] for run in _marked(written["chapters"])}
    assert sorted(firsts) == sorted(every) == sorted(written["notes"])
    assert {"opening/V-001", "hidden/V-001", "victims/V-017", "forms/F-001"} <= every


def test_each_note_of_the_report_is_printed_with_its_number(opened, samal):
    printed = re.sub(r"\s+", " ", " ".join(p.extract_text() for p in opened("en").pages))
    for id_ in ("V-001", "H-001", "V-017", "J-003", "F-001"):
        assert f"Number {id_}." in printed


def _marked(part):
    if isinstance(part, dict):
        if {"note", "text"} <= part.keys():
            yield part
        for value in part.values():
            yield from _marked(value)
    elif isinstance(part, list):
        for value in part:
            yield from _marked(value)
