"""What is publicly known of Samal: settings, population, detection changes, policy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.demo.draws import Rng
from aiqyn.demo.records import SILENT_REGION
from aiqyn.demo.tables import column, folder, regions, rows

# Share of the residents by age group: a young country. The groups of the victims' tables.
_AGE_SHARES = {
    "0-5": 0.115,
    "6-11": 0.120,
    "12-14": 0.052,
    "15-17": 0.045,
    "18-24": 0.098,
    "25-34": 0.160,
    "35-44": 0.145,
    "45+": 0.265,
}
_PUBLISHED = {  # persons identified at 20 thousand victims in truth, before the records begin
    2011: 96,
    2012: 108,
    2013: 121,
    2014: 134,
    2015: 158,
    2016: 171,
    2017: 188,
    2018: 212,
}
_SETTINGS = """# The invented country Samal: every person and every number is invented.
[country]
code = "XSA"
name_kk = "Самал"
name_ru = "Самал"
name_en = "Samal"
name_kk_loc = "Самалдағы"
name_ru_loc = "в Самале"
name_en_loc = "in Samal"
invented = true
regions = "reference/regions.csv"
countries = "reference/countries.csv"

[years]
first = {first}
last = {last}

[report]
year = {last}
published = {published}
edition = 1
languages = ["kk", "ru", "en"]

[definitions]
main = "palermo"
compared = ["palermo", "kz", "eu", "us"]

[disclosure]
threshold = 5
"""
_AGREEMENT = """# An example: the referral mechanism between the police, the shelters and IOM.
code = "AG-01"
purpose = "assistance"
parties = ["police", "shelter", "iom"]
fields = ["person_code", "sex", "age_group", "region", "forms", "date_detected"]
identities = false
from = {first}-01-01
until = {last}-12-31
text_kk = "Көмек көрсету мақсатында қайта бағыттау туралы келісім"
text_ru = "Соглашение о перенаправлении для оказания помощи"
text_en = "Agreement on referral for assistance"
"""


def write_reference(rng: Rng, root: Path, *, years: tuple[int, int], persons: int) -> None:
    """Write ``observatory.toml``, ``reference/`` and ``agreements/``."""
    first, last = years
    told = {"first": first, "last": last, "published": f"{last + 1}-04-15"}
    (root / "observatory.toml").write_text(_SETTINGS.format(**told), encoding="utf-8")
    (root / "agreements").mkdir()
    (root / "agreements" / "AG-01.toml").write_text(_AGREEMENT.format(**told), encoding="utf-8")
    place = root / "reference"
    place.mkdir()
    for name in ("regions", "countries", "policy_register"):
        text = folder("demo", f"{name}.csv").read_text(encoding="utf-8")
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    population(years).write_csv(place / "population.csv")
    _detection_changes().write_csv(place / "detection_changes.csv")
    _published(rng, persons).write_csv(place / "published_counts.csv")
    _no_report(last).write_csv(place / "no_report.csv")


def population(years: tuple[int, int]) -> pl.DataFrame:
    """Residents by region, sex, age group and year; Ghazhapsu counts in Ulybel before 2022."""
    people = dict(zip(regions(), map(float, column("regions", "population")), strict=True))
    told = []
    for year in range(min(2011, years[0]), years[1] + 1):
        now = {r: n * 1.012 ** (year - 2025) for r, n in people.items()}
        if year < 2022:
            now["XSA-06"] += now.pop("XSA-12")
        for region, residents in now.items():
            for sex, share in (("female", 0.512), ("male", 0.488)):
                for age, part in _AGE_SHARES.items():
                    told.append((region, sex, age, year, round(residents * share * part)))
    names = ["region", "sex", "age_group", "year", "population"]
    return pl.DataFrame(told, schema=names, orient="row")


def _detection_changes() -> pl.DataFrame:
    """What changed in detection: when, where, at whom; not by how much, which only truth knows."""
    told = pl.DataFrame([dict(row) for row in rows("detection_changes")])
    return told.drop("logit")


def _published(rng: Rng, persons: int) -> pl.DataFrame:
    """Yearly totals published before the observatory existed."""
    scale = persons / 20_000
    counts = rng.poisson(np.array(list(_PUBLISHED.values())) * scale)
    return pl.DataFrame(
        {
            "country": ["XSA"] * len(counts),
            "region": ["_all"] * len(counts),
            "indicator": ["detected_victims"] * len(counts),
            "sex": ["_all"] * len(counts),
            "age_group": ["_all"] * len(counts),
            "year": list(_PUBLISHED),
            "unit": ["persons"] * len(counts),
            "series": ["police bulletins"] * len(counts),
            "value": counts,
            "low": counts,
            "high": counts,
            "status": ["counted"] * len(counts),
        }
    )


def _no_report(last: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "year": [last],
            "region": [SILENT_REGION],
            "agency": ["_all"],
            "text_kk": ["Облыстан деректер келмеді"],
            "text_ru": ["Данные из области не получены"],
            "text_en": ["No data were received from the region"],
        }
    )
