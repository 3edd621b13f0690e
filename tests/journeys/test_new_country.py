"""A new country from an empty folder to a published report, as its people would do it."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from aiqyn.standard import code_list

spec = importlib.util.spec_from_file_location(
    "kazakhstan", Path(__file__).with_name("kazakhstan.py")
)
assert spec is not None
assert spec.loader is not None
kazakhstan = importlib.util.module_from_spec(spec)
spec.loader.exec_module(kazakhstan)

SHARED = [f"R-{n:06d}" for n in range(1, 9)]  # persons whom two agencies know
SENT = {  # agency: language of its workbook, name of the file, the persons on it
    "police": ("kk", "Полиция 2025.xlsx", [*SHARED, *[None] * 18]),
    "shelter": ("ru", "Приют 2025.xlsx", [*SHARED[:6], *[None] * 3]),
    "iom": ("en", "IOM 2025.xlsx", [*SHARED[4:], None]),
}
PERSONS = 8 + 18 + 3 + 1
SLIPS = {  # row 3 is the first record
    "E3": ("17 л.", "INTAKE-017"),
    "I4": ("31.02.2025", "INTAKE-021"),
    "D5": ("???", "INTAKE-009"),
    "E6": ("=20+5", "INTAKE-031"),
    "L7": ("Ахметова Айгүл", "INTAKE-009"),
    "A8": (None, "INTAKE-007"),
    "A9": ("008/2025", "INTAKE-035"),
}


@pytest.fixture(scope="module")
def blanks(tmp_path_factory) -> Path:
    """Blank workbooks of the three agencies, in the three languages."""
    from aiqyn.intake import write_agency_workbook

    folder = tmp_path_factory.mktemp("blank")
    for lang in ("ru", "en"):
        write_agency_workbook(folder / f"{lang}.xlsx", country="KZ", year=2025, lang=lang)
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory, blanks) -> Path:
    """Kazakhstan, its observatory made and the files of three agencies put into it."""
    from aiqyn.observatory import write_new

    folder = tmp_path_factory.mktemp("filled") / "kz"
    write_new(folder, country="KZ", year=2025, lang="kk")
    for agency, (lang, name, people) in SENT.items():
        own = folder / "agencies" / agency
        blank = own / "blank" / f"{agency}_2025.xlsx" if lang == "kk" else blanks / f"{lang}.xlsx"
        kazakhstan.fill(blank, own / name, people)
    return folder


@pytest.fixture
def country(filled, tmp_path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "kz"))


def sent(country: Path) -> list[Path]:
    return sorted(country.glob("agencies/*/*.xlsx"))


def test_from_an_empty_folder_to_a_published_report(typed, country):
    checked = typed("check", *sent(country), "--lang", "kk", "--json")
    assert checked.code == 0, checked.out
    assert [f["mapping"] for f in checked.json["files"]] == ["own_workbook"] * 3

    written = typed("report", country, "--lang", "kk,ru,en")
    assert written.code == 0, written.err
    published = country / "published" / "2025"
    names = {f"report.{lang}.{kind}" for lang in ("kk", "ru", "en") for kind in ("html", "pdf")}
    assert {f.name for f in published.iterdir()} == {*names, "report.json", "cleared.json"}
    model = json.loads((published / "report.json").read_text(encoding="utf-8"))
    assert model["numbers"]["V-001"]["value"] == PERSONS

    regions = code_list("region").frame.filter(code_list("region").frame["parent"] == "KAZ")
    today = [r for r in regions.to_dicts() if r["code"] in code_list("region").codes()]
    assert len(today) == 20
    for lang, title in (("kk", "Қазақстандағы"), ("ru", "в Казахстане"), ("en", "in Kazakhstan")):
        page = (published / f"report.{lang}.html").read_text(encoding="utf-8")
        assert title in page
        assert [r["code"] for r in today if r[f"short_{lang}"] not in page] == []
        assert "2025–2025" not in page

    assert typed("audit", "verify", country).code == 0
    again = typed("report", country, "--lang", "kk,ru,en", "--json").json
    assert not again["changed"]


def test_the_workbooks_own_examples_are_nobodys_rows(typed, country):
    notes = typed("build", country, "--until", "intake", "--json").json["stages"]["intake"]["notes"]
    assert notes["rows"] == notes["accepted"] == sum(len(people) for _, _, people in SENT.values())


def test_honest_slips_come_back_with_their_place_and_are_mended(typed, country):
    police = country / "agencies" / "police" / SENT["police"][1]
    kazakhstan.spoil(police, {cell: value for cell, (value, _) in SLIPS.items()})
    before = police.read_bytes()

    built = typed("build", country, "--lang", "ru")
    assert built.code == 0
    assert "Отклонено 8 строк" in built.out  # 035 names both rows of one number
    returned = country / "agencies" / "police" / "returned" / f"{police.name}.errors.xlsx"
    assert returned.stat().st_mode & 0o077 == 0
    errors = list(openpyxl.load_workbook(returned)["Қателер"].iter_rows(values_only=True))
    told = {(int(row[3]), row[-1]) for row in errors if isinstance(row[0], int)}
    assert told >= {(int(cell[1:]), code) for cell, (_, code) in SLIPS.items()}

    in_json = typed("check", police, "--lang", "kk", "--json").out
    assert "Ахметова" not in in_json + built.out + built.err
    assert police.read_bytes() == before

    kazakhstan.fill(country / "agencies/police/blank/police_2025.xlsx", police, SENT["police"][2])
    assert typed("build", country, "--lang", "ru").out.startswith("Готово")
    assert not returned.exists()


def test_a_copy_and_a_stray_file_add_nobody(typed, country):
    def persons() -> int:
        answer = typed("build", country, "--json", "--until", "linkage")
        assert answer.code == 0
        return answer.json["stages"]["linkage"]["notes"]["persons"]

    assert persons() == PERSONS
    own = country / "agencies" / "police"
    first = own / SENT["police"][1]
    shutil.copy(first, own / "копия.xlsx")
    (own / "empty.xlsx").touch()
    (own / "letter.pdf").write_bytes(b"%PDF-1.4 a letter")
    (own / "cut.xlsx").write_bytes(first.read_bytes()[:5_000])
    for left in ("~$Полиция 2025.xlsx", "Thumbs.db", "desktop.ini", ".DS_Store"):
        (own / left).write_bytes(b"x")
    assert persons() == PERSONS
    told = typed("build", country, "--until", "linkage", "--lang", "en").out
    assert "4 files could not be read" in told

    kazakhstan.spoil(own / "копия.xlsx", {"E3": 33})  # the year sent again, one age corrected
    assert persons() == PERSONS
    told = typed("build", country, "--until", "linkage", "--lang", "en").out
    assert "26 records were sent by one agency in two files" in told


@pytest.mark.parametrize(
    ("line", "instead", "code"),
    [
        ("threshold = 5", "treshold = 10", "OBS-015"),
        ("threshold = 5", "threshold = 0", "OBS-016"),
        ("last = 2025", "last = 2020", "OBS-016"),
        ("year = 2025", "year = 2024", "OBS-016"),
        ('main = "palermo"', 'main = "palerma"', "OBS-016"),
        ('languages = ["kk", "ru", "en"]', "languages = []", "OBS-016"),
        ('code = "KAZ"', 'code = "KAX"', "OBS-016"),
        ("edition = 1", 'edition = "1"', "OBS-003"),
        ("first = 2025", "first = 2025,", "OBS-002"),
        ("invented = false", 'regions = "reference/regions.csv"', "OBS-017"),
    ],
)
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_slip_in_the_settings_is_found_before_anything_runs(
    typed, settings, line, instead, code, lang
):
    text = settings.read_text(encoding="utf-8")
    assert line in text
    settings.write_text(text.replace(line, instead), encoding="utf-8")
    answer = typed("build", settings.parent, "--lang", lang)
    assert answer.code == 3
    assert code in answer.err
    assert "Traceback" not in answer.err
    assert not (settings.parent / "build").exists()


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Path:
    from aiqyn.observatory import write_new

    folder = tmp_path_factory.mktemp("empty") / "kz"
    write_new(folder, country="KZ", year=2025, lang="kk")
    return folder


@pytest.fixture
def settings(empty, tmp_path) -> Path:
    (tmp_path / "kz").mkdir()
    return Path(shutil.copy(empty / "observatory.toml", tmp_path / "kz"))


def test_nothing_sent_is_no_report(typed, empty):
    answer = typed("report", empty, "--lang", "ru")
    assert (answer.code, answer.out) == (3, "")
    assert "OBS-006" in answer.err


@pytest.mark.parametrize(("words", "code"), [(("--lang", "de"), 2), (("--year", "2019"), 3)])
def test_a_report_that_cannot_be_is_refused_before_anything_runs(typed, settings, words, code):
    answer = typed("report", settings.parent, *words)
    assert answer.code == code
    assert not (settings.parent / "build").exists()


def test_an_agencys_folder_without_its_page_is_named(typed, settings):
    (settings.parent / "agencies" / "customs").mkdir(parents=True)
    answer = typed("build", settings.parent, "--lang", "kk")
    assert answer.code == 3
    assert "OBS-008" in answer.err
    assert "customs" in answer.err


def test_another_country_is_not_judged_by_kazakhstans_code(typed, tmp_path):
    assert typed("new", tmp_path / "uz", "--country", "UZB", "--lang", "ru").code == 0
    text = (tmp_path / "uz" / "observatory.toml").read_text(encoding="utf-8")
    assert 'compared = ["palermo", "eu", "us"]' in text
    assert "в Узбекистане" in text
