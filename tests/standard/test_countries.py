from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pycountry
import pytest

from aiqyn.standard import alpha_2, code_list, country, from_alpha_2


def test_every_country_of_iso_3166_is_there_with_its_letters() -> None:
    for known in pycountry.countries:
        assert known.alpha_3 in code_list("country")
        assert alpha_2(known.alpha_3) == known.alpha_2
        assert from_alpha_2()[known.alpha_2] == known.alpha_3
        for spelling in (known.alpha_2, known.alpha_3, known.name):
            assert country(spelling) == known.alpha_3, spelling


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Kazahstan", "KAZ"),
        ("Kazakhistan", "KAZ"),
        ("Kazalhstan", "KAZ"),
        ("TÃ¼rkiye", "TUR"),
        ("Киргизия", "KGZ"),
        ("ӨЗБЕКСТАН", "UZB"),
        ("США", "USA"),
        ("Côte d’Ivoire", "CIV"),
        ("апатрид", "stateless"),
        ("СССР", "SUN"),
    ],
)
def test_spellings_of_the_questionnaires_are_found(spelling: str, code: str) -> None:
    assert country(spelling) == code


@pytest.mark.parametrize("text", ["TOTAL", "2 maliens", "own country", "0", "", "Конго"])
def test_what_is_no_name_of_one_country_is_not_guessed(text: str) -> None:
    assert country(text) is None


@pytest.mark.shared
def test_nearly_every_citizenship_written_to_unodc_is_understood(shared: Path) -> None:
    path = shared / "data" / "glotip" / "data_glotip_2023-05-30.csv.gz"
    own = {"Nationals", "Ciudadanos de su pa\ufffds", "own country", ""}
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as stream:
        rows = [r for r in csv.DictReader(stream) if r["Dimension"] == "by citizenship"]
    told = [r["Category"] for r in rows if r["Category"].strip() not in own]
    understood = sum(country(text) is not None for text in told)
    assert understood / len(told) > 0.98, f"{understood} of {len(told)}"
