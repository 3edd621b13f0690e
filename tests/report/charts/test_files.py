"""The files: same input, same bytes; valid specifications; words for a screen reader; print."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import altair
import pytest

from aiqyn.report.charts import draw
from aiqyn.report.charts.lettering import font_folder

VEGA = ("trend_band", "pyramid", "small_multiples", "verdict_bars", "dot_interval")
SVG = "{http://www.w3.org/2000/svg}"

AGAIN = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("sample_report", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
from aiqyn.report.charts import draw
from aiqyn.report.model import Chart
model = module.sample_model()
for chapter in model.chapters:
    for block in chapter.blocks:
        if isinstance(block, Chart):
            svg = draw(block, model, "kk", width="print").svg
            print(block.kind, hashlib.sha256(svg.encode()).hexdigest())
"""


def test_the_same_chart_gives_the_same_bytes_in_this_process_and_in_another(
    model, charts, drawings
):
    for kind, chart in charts.items():
        assert draw(chart, model, "kk", width="print").svg == drawings[kind, "kk", "print"].svg
    sample = Path(__file__).parents[1] / "sample_report.py"
    told = subprocess.run(
        [sys.executable, "-c", AGAIN, str(sample)],
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Almaty", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    elsewhere = dict(line.split() for line in told.splitlines())
    here = {
        kind: hashlib.sha256(drawings[kind, "kk", "print"].svg.encode()).hexdigest()
        for kind in charts
    }
    assert elsewhere == here


@pytest.mark.parametrize("kind", VEGA)
def test_the_specification_is_vega_lite_with_nothing_left_open(drawings, kind):
    for width in ("page", "phone", "print"):
        spec = dict(drawings[kind, "kk", width].spec)
        text = json.dumps(spec, ensure_ascii=False)
        assert not re.search(r'"\$(?!schema)', text)
        altair.Chart.from_dict(spec)  # checks against the schema


def test_every_specification_file_is_drawn_by_a_module():
    folder = files("aiqyn").joinpath("data", "charts")
    names = {f.name.removesuffix(".json") for f in folder.iterdir() if f.name.endswith(".json")}
    assert names == {*VEGA, "config"}


def test_each_picture_says_what_it_shows(drawings):
    for drawing in drawings.values():
        root = ElementTree.fromstring(drawing.svg)
        assert root.get("role") == "img"
        named = {e.get("id"): e.text for e in root if e.tag in (f"{SVG}title", f"{SVG}desc")}
        assert list(named) == root.get("aria-labelledby").split()
        assert all(named.values())
        assert drawing.alt in named.values()


def test_no_two_pictures_of_a_page_share_an_id_and_every_reference_is_met(drawings):
    ids = [i for d in drawings.values() for i in re.findall(r'\bid="([^"]+)"', d.svg)]
    assert len(ids) == len(set(ids))
    for drawing in drawings.values():
        own = set(re.findall(r'\bid="([^"]+)"', drawing.svg))
        assert set(re.findall(r"url\(#([^)]+)\)", drawing.svg)) <= own


def test_nothing_is_fetched_and_nothing_runs(drawings):
    for drawing in drawings.values():
        without_names = drawing.svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|<script|\bon\w+=|<image|<foreignObject", without_names)


def test_the_print_picture_stands_in_a_pdf_with_its_words_and_its_font(drawings, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    import typst

    for kind in ("pyramid", "tile_map", "dot_interval"):
        (tmp_path / f"{kind}.svg").write_text(drawings[kind, "kk", "print"].svg, encoding="utf-8")
    page = "\n".join(
        f'#image("{kind}.svg", width: 170mm, alt: "{kind}")'
        for kind in ("pyramid", "tile_map", "dot_interval")
    )
    (tmp_path / "page.typ").write_text(page, encoding="utf-8")
    pdf = typst.compile(
        str(tmp_path / "page.typ"), font_paths=[str(font_folder())], ignore_system_fonts=True
    )
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = "".join(page.extract_text() for page in pages)
    for wanted in ("Әйелдер мен қыздар", "Қоңыртөбе", "2\u00a0060 (1\u00a0450–2\u00a0900)"):
        assert wanted in text
    fonts = [f.get_object()["/BaseFont"] for p in pages for f in p["/Resources"]["/Font"].values()]
    assert fonts
    assert all("NotoSans" in font for font in fonts)
