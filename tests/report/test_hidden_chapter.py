"""The chapter on the number nobody recorded says what the gate lets through, and no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from importlib.resources import files
from io import BytesIO
from typing import Any

import polars as pl
import pytest
import small_hidden
from babel.messages.pofile import read_po
from pypdf import PdfReader
from small_evidence import evidence

from aiqyn import words
from aiqyn.report import compose, voice
from aiqyn.report.charts import draw
from aiqyn.report.hidden_evidence import EstimateLine, HiddenEvidence
from aiqyn.report.html import write_html
from aiqyn.report.model import (
    Callout,
    Chart,
    Gate,
    KeyFigures,
    Paragraph,
    ReportModel,
    Sentence,
    Table,
)
from aiqyn.report.pdf import write_pdf
from aiqyn.report.rendering import WIDTHS, charts_of

VERDICTS = tuple(small_hidden.VERDICTS)


def report(verdict: str | None, **changes: Any) -> ReportModel:
    hidden = None if verdict is None else small_hidden.VERDICTS[verdict](**changes)
    return compose(evidence(hidden=hidden))


def blocks(model: ReportModel, kind: type, chapter: str = "hidden") -> list[Any]:
    return [b for c in model.chapters if c.id == chapter for b in c.blocks if isinstance(b, kind)]


def charts(model: ReportModel) -> dict[str, Chart]:
    return {chart.id: chart for chart in blocks(model, Chart)}


def message(model: ReportModel, chapter: str = "hidden") -> list[str]:
    first = blocks(model, Paragraph, chapter)[0]
    return [sentence.key for sentence in first.sentences]


def lines_of(hidden: HiddenEvidence) -> Iterator[EstimateLine]:
    """Every line but that of the year before, which had a gate of its own."""
    for group in (hidden.by_method, hidden.without_list, hidden.merged, hidden.models):
        yield from group
    yield from (line for line in hidden.by_year if line.code == str(hidden.year))
    for group in hidden.groups.values():
        yield from group


def allowed(verdict: str) -> set[float]:
    """The ends that the verdict lets through, and everything of the year before."""
    hidden = small_hidden.VERDICTS[verdict]()
    told = {2010.0, 1420.0, 2850.0}
    if verdict == "range":
        told |= {end for x in lines_of(hidden) for end in (x.low, x.high) if end is not None}
        told |= set(hidden.sdg["low"]) | set(hidden.sdg["high"])
    return told


def withheld(verdict: str) -> set[float]:
    """What the evidence holds and the verdict withholds; of four digits, so no chance meeting."""
    hidden = small_hidden.VERDICTS[verdict]()
    ends = ("value", "low", "high", "low80", "high80")
    held = {getattr(line, end) for line in lines_of(hidden) for end in ends}
    undetected = hidden.sdg.filter(hidden.sdg["series"] == "undetected")
    held |= {v for name in ("value", "low", "high") for v in undetected[name]}
    return {v for v in held if v is not None and v >= 1000} - allowed(verdict)


def numbers_in(part: Any) -> Iterator[float]:
    if isinstance(part, dict):
        for value in part.values():
            yield from numbers_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from numbers_in(value)
    elif isinstance(part, (int, float)) and not isinstance(part, bool):
        yield float(part)


@pytest.mark.parametrize("verdict", ["range", "lower_bound", "nothing"])
def test_what_is_withheld_is_nowhere_in_the_models_json(verdict):
    assert len(withheld(verdict)) > 15
    found = set(numbers_in(json.loads(report(verdict).to_json())))
    assert not found & withheld(verdict)


@pytest.mark.parametrize(("verdict", "lang"), [("range", "kk"), ("lower_bound", "ru"),
                                               ("nothing", "kk")])  # fmt: skip
def test_what_is_withheld_is_nowhere_in_page_picture_or_pdf(verdict, lang):
    model = report(verdict)
    drawn = {
        chart.id: {width: draw(chart, model, lang, width=width) for width in WIDTHS}
        for chart in charts_of(model)
    }
    pdf = PdfReader(BytesIO(write_pdf(model, lang, drawn)))
    html = re.sub(r"<style>.*?</style>", "", write_html(model, lang, drawn), flags=re.S)
    specs = [json.dumps(one.spec) for by_width in drawn.values() for one in by_width.values()]
    media = {"html": unescape(html), "pdf": " ".join(p.extract_text() for p in pdf.pages)}
    for name, text in media.items():
        plain = re.sub(r"[\s\u00a0]+", " ", text)
        written = {words.number(v, lang).replace("\u00a0", " ") for v in withheld(verdict)}
        assert not {number for number in written if number in plain}, name
    assert not set(numbers_in([json.loads(s) for s in specs])) & withheld(verdict)


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("verdict", [*VERDICTS, None])
def test_every_sentence_can_be_said_in_every_language(verdict, lang):
    model = report(verdict)

    def walk(thing: Any) -> int:
        if isinstance(thing, Sentence):
            assert voice.text(thing, lang, model).strip()
            return 1
        if hasattr(thing, "__dataclass_fields__"):
            return sum(walk(getattr(thing, name)) for name in thing.__dataclass_fields__)
        if isinstance(thing, dict):
            return sum(walk(value) for value in thing.values())
        return sum(walk(part) for part in thing) if isinstance(thing, tuple) else 0

    assert sum(walk(chapter) for chapter in model.chapters) > 100


@pytest.mark.parametrize(
    ("verdict", "keys"),
    [
        ("estimate", ["report.hidden.message.estimate", "report.hidden.share.estimate"]),
        ("range", ["report.hidden.message.range", "report.hidden.share.range"]),
        ("lower_bound", ["report.hidden.message.lower_bound", "report.hidden.share.lower_bound"]),
        ("nothing", ["report.hidden.message.nothing", "report.hidden.message.nothing.known"]),
        (None, ["report.hidden.none", "report.opening.hidden"]),
    ],
)
def test_the_message_says_what_the_gate_says(verdict, keys):
    assert message(report(verdict)) == keys


def test_nobody_is_told_how_many_were_on_the_lists_where_that_is_hidden():
    model = compose(evidence(hidden=small_hidden.estimate(observed=None)))
    assert message(model) == ["report.hidden.message.estimate.unrecorded"]
    assert model.numbers["H-002"].state == model.numbers["H-003"].state == "hidden"


def test_the_share_found_has_the_ends_of_the_estimate():
    share = report("estimate").numbers["H-003"]
    found = tuple(412 / total for total in (2060, 2900, 1450))
    assert (share.value, share.low, share.high) == pytest.approx(found)


@pytest.mark.parametrize(
    ("verdict", "kind", "value", "low", "high"),
    [
        ("estimate", "estimated", 2060, 1450, 2900),
        ("range", "estimated", None, 1450, 2900),
        ("lower_bound", "lower_bound", None, 980, None),
        ("nothing", "refused", None, None, None),
    ],
)
def test_the_total_opens_with_method_cautions_and_sources(verdict, kind, value, low, high):
    total = report(verdict).numbers["H-001"]
    assert (total.kind, total.value, total.low, total.high) == (kind, value, low, high)
    assert total.method is not None
    said = {"report.caution.not_linkage", "estimate.gate.check.linkage"}
    assert len(said & {caution.key for caution in total.cautions}) == 1
    assert total.sources == ("police",)


def test_where_the_low_end_is_below_the_lists_both_ends_of_the_count_are_told():
    model = compose(evidence(hidden=small_hidden.estimate(publish="lower_bound", low=400)))
    assert message(model) == ["report.hidden.message.lower_bound.between"]
    assert model.numbers["H-003"].state == "unknown"
    said = voice.text(blocks(model, Paragraph)[0].sentences[0], "en", model)
    assert "at least 400 people" in said
    assert "Between 309 and 412" in said  # 93 of 124 is the fewest that the records allow


def test_a_gate_of_many_checks_goes_under_its_chart():
    def gated(checks) -> str:
        model = compose(evidence(hidden=small_hidden.estimate(checks=checks)))
        return write_html(model, "en", {})

    assert '<div class="gated">' in gated(small_hidden.CHECKS)
    assert '<div class="gated">' not in gated(small_hidden.CHECKS * 2)


def test_a_checks_ratio_keeps_its_decimals_and_a_count_has_none():
    model = report("estimate")
    (gate,) = blocks(model, Gate)
    told = [voice.text(check.sentence, "en", model) for check in gate.checks]
    assert told[4].endswith(": 0.34; at least 0.01 is needed.")
    assert "61" in told[1]
    assert "1,760–2,190" in told[3]


def test_an_audited_linkage_is_no_caution():
    model = compose(evidence(hidden=small_hidden.estimate(audited=True)))
    cautions = [c.key for c in model.numbers["H-001"].cautions]
    assert "report.caution.not_linkage" not in cautions
    titles = [callout.title.key for callout in blocks(model, Callout)]
    assert "report.hidden.linkage.title" not in titles
    assert "report.hidden.linkage.title" in [
        c.title.key for c in blocks(report("estimate"), Callout)
    ]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_gate_stands_in_the_chapter_with_every_check(verdict):
    (gate,) = blocks(report(verdict), Gate)
    checks = small_hidden.VERDICTS[verdict]().checks
    assert gate.publish == verdict
    assert [check.verdict for check in gate.checks] == [check.verdict for check in checks]


def test_the_gate_follows_the_chart_that_it_stands_beside():
    chapter = next(c for c in report("estimate").chapters if c.id == "hidden")
    place = next(i for i, b in enumerate(chapter.blocks) if isinstance(b, Gate))
    assert chapter.blocks[place - 1].id == "hidden_methods"


def test_a_refused_method_is_a_cross_with_its_code_and_never_a_number():
    rows = {row["code"]: row for row in charts(report("estimate"))["hidden_methods"].rows}
    refused = rows["latent-class"]
    assert (refused["state"], refused["refusal"], refused["value"]) == ("refused", "EST-025", None)
    assert rows["stepwise"]["main"]
    assert rows["chao"]["high"] is None


def test_a_range_draws_no_point():
    model = report("range")
    for id_ in ("hidden_methods", "hidden_without", "hidden_merged"):
        spec = draw(charts(model)[id_], model, "en").spec
        assert spec["datasets"]["dots"] == []
        assert spec["datasets"]["band"]
        assert spec["datasets"]["band_middle"] == []


def test_a_lower_bound_is_one_tick_and_an_arrow():
    model = report("lower_bound")
    spec = draw(charts(model)["hidden_methods"], model, "en").spec
    assert [row["x"] for row in spec["datasets"]["ends"]] == [980]
    assert len(spec["datasets"]["arrows"]) == 1
    assert spec["datasets"]["dots"] == spec["datasets"]["band"] == []


def test_an_interval_that_ends_far_away_leaves_the_plot_and_keeps_its_numbers():
    model = report("estimate")
    chart = charts(model)["hidden_without"]
    drawing = draw(chart, model, "en")
    arrows = drawing.spec["datasets"]["arrows"]
    assert [row["code"] for row in arrows] == ["labour_inspectorate"]
    assert arrows[0]["x"] < 14_730
    assert "2,040 (1,410–14,730)" in drawing.svg


def test_where_nothing_may_be_printed_the_overlap_still_stands_with_the_refusal():
    model = report("nothing")
    assert {"hidden_overlap"} <= set(charts(model))
    assert not {"hidden_methods", "hidden_without", "hidden_models"} & set(charts(model))
    titles = [c.title.key for c in blocks(model, Callout) if c.kind == "refusal"]
    assert titles[0] == "report.hidden.refused.title"
    assert not [c for c in blocks(model, Callout) if c.title.key == "report.hidden.wrong.title"]


def test_the_rows_of_the_overlap_stand_in_the_order_of_the_lists_not_of_their_size():
    rows = [row["lists"] for row in charts(report("estimate"))["hidden_overlap"].rows]
    shuffled = dict(reversed(small_hidden.HISTORIES.items()))
    hidden = small_hidden.estimate(overlap=small_hidden.overlap(shuffled))
    again = [r["lists"] for r in charts(compose(evidence(hidden=hidden)))["hidden_overlap"].rows]
    assert rows == again
    assert [len(lists) for lists in rows] == sorted(len(lists) for lists in rows)


def test_a_hidden_combination_leaves_open_which_holds_the_most():
    alt = charts(report("estimate"))["hidden_overlap"].alt
    assert alt.key == "report.hidden.overlap.alt.count"
    open_ = {k: n for k, n in small_hidden.HISTORIES.items() if n != "hidden"}
    hidden = small_hidden.estimate(overlap=small_hidden.overlap(open_))
    told = charts(compose(evidence(hidden=hidden)))["hidden_overlap"].alt
    assert told.key == "report.hidden.overlap.alt"


def test_a_hatched_box_of_the_overlap_is_of_one_length_whatever_it_hides():
    model = report("estimate")
    svg = draw(charts(model)["hidden_overlap"], model, "en").svg
    lengths = re.findall(r'<rect [^>]*width="([\d.]+)"[^>]*fill="url\(', svg)
    assert len(lengths) == 3
    assert len(set(lengths)) == 1


@pytest.mark.parametrize(
    ("moved", "key"), [(1450, "report.hidden.leave.inside"), (3010, "report.hidden.leave.outside")]
)
def test_it_is_said_whether_the_answer_hangs_on_one_list(moved, key):
    lines = (EstimateLine("police", moved, 1190, 3120), EstimateLine("shelter", 2340, 1520, 3680))
    hidden = small_hidden.estimate(without_list=lines)
    assert charts(compose(evidence(hidden=hidden)))["hidden_without"].subtitle.key == key


def test_shares_of_models_add_up_to_the_whole():
    chart = charts(report("estimate"))["hidden_models"]
    assert sum(row["value"] for row in chart.rows) == pytest.approx(1)
    assert chart.caption[0].key == "report.hidden.models.modes"
    assert charts(report("range"))["hidden_models"].caption == ()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("police×shelter, hotline", "Samal × shelter"),
        ("police+shelter,hotline+migration", "Samal × shelter, hotline × migration service"),
        ("police, shelter", "all lists independent"),
    ],
)
def test_a_model_is_named_by_the_lists_that_it_takes_as_dependent(code, text):
    hidden = small_hidden.estimate(models=(EstimateLine(code, 2000, share=1.0),))
    model = compose(evidence(hidden=hidden))
    assert voice.slot_text(charts(model)["hidden_models"].rows[0]["name"], "en", model) == text


@pytest.mark.parametrize(("rose", "word"), [(True, "rose"), (False, "same")])
def test_the_crime_rose_only_where_the_interval_of_the_change_leaves_out_none(rose, word):
    hidden = small_hidden.estimate(change=small_hidden.change(rose=rose))
    said = [
        s.key
        for p in blocks(compose(evidence(hidden=hidden)), Paragraph)
        for s in p.sentences
        if "change" in s.key
    ]
    assert said == [f"report.hidden.change.crime.{word}", "report.hidden.change.detection.same"]


def test_a_change_is_written_with_its_sign():
    model = compose(evidence(hidden=small_hidden.estimate()))
    crime = model.cells["hidden_change.2025.crime"]
    assert (crime.kind, crime.unit) == ("estimated", "change")
    assert voice.shown(crime, "ru", model) == "+2\u00a0%"
    assert voice.shown_interval(crime, "en") == "−34% to +39%"
    assert voice.shown_interval(crime, "kk") == "−34% … +39%"


@pytest.mark.parametrize("verdict", VERDICTS)
def test_groups_say_that_a_bound_may_lie_below_the_records_and_only_a_bound_does(verdict: str):
    told = [p for p in blocks(report(verdict), Paragraph)
            if p.sentences[0].key == "report.hidden.groups.whole"]  # fmt: skip
    keys = {sentence.key for paragraph in told for sentence in paragraph.sentences}
    publish = small_hidden.VERDICTS[verdict]().publish
    assert bool(told) == (publish != "nothing")
    assert ("report.hidden.groups.below" in keys) == (publish == "lower_bound")
    assert ("report.hidden.groups.recorded" in keys) == bool(told)


def test_groups_that_were_refused_are_named_with_the_code_and_what_it_means():
    (refusal,) = [c for c in blocks(report("estimate"), Callout) if c.kind == "refusal"]
    model = report("estimate")
    told = " ".join(voice.text(s, "en", model) for s in refusal.sentences)
    assert "forced begging, forced marriage (EST-020)" in told
    assert words.say("EST-020") in told
    assert "(EST-024)" in told


def test_the_sdg_table_has_a_row_a_group_and_marks_the_undetected_as_estimated():
    model = report("estimate")
    (table,) = [t for t in blocks(model, Table) if t.id == "hidden_sdg"]
    assert len(table.rows) == 2
    assert [c.key for c in table.columns if c.estimated] == ["undetected", "undetected_rate"]
    cell = model.cells["hidden_sdg.female.undetected"]
    assert (cell.kind, cell.low, cell.value, cell.high, cell.level) == (
        "estimated", 660, 1030, 1580, 0.95,
    )  # fmt: skip


def test_a_rate_without_residents_is_not_known_and_not_refused():
    table = small_hidden.sdg().with_columns(
        pl.lit(None, pl.Float64).alias(f"per_100k{end}") for end in ("", "_low", "_high")
    )
    cells = compose(evidence(hidden=small_hidden.estimate(sdg=table))).cells
    assert cells["hidden_sdg.female.undetected_rate"].state == "unknown"
    assert cells["hidden_sdg.female.detected_rate"].state == "unknown"


def test_every_estimated_cell_is_an_estimate_with_its_interval_in_the_json():
    cells = report("estimate").cells
    cell = cells["hidden_without.shelter.estimate"]
    assert (cell.kind, cell.value, cell.low, cell.high) == ("estimated", 2340, 1520, 3680)
    assert cells["hidden_without.migration.estimate"].kind == "refused"
    bound = report("lower_bound").cells["hidden_methods.chao.estimate"]
    assert (bound.kind, bound.low, bound.high) == ("lower_bound", 980, None)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_opening_page_shows_the_estimate_where_it_may(verdict):
    model = report(verdict)
    (figures,) = blocks(model, KeyFigures, "opening")
    shown = "H-001" in [figure.number for figure in figures.figures]
    assert shown == (verdict != "nothing")
    assert (f"report.opening.total.{verdict}" in message(model, "opening")[-1]) == shown
    assert len(figures.figures) == 4


def test_a_bound_below_the_count_stays_off_the_opening_page():
    low = compose(evidence(hidden=small_hidden.estimate(publish="lower_bound", low=400)))
    (figures,) = blocks(low, KeyFigures, "opening")
    assert "H-001" not in [figure.number for figure in figures.figures]
    assert not [key for key in message(low, "opening") if "total" in key]
    (trend,) = blocks(low, Chart, "opening")
    assert {row["series"] for row in trend.rows} == {"found"}
    titles = [callout.title.key for callout in blocks(low, Callout, "opening")]
    assert "report.opening.below.title" in titles


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_key_figure_that_is_a_bound_is_short_enough_for_its_card(lang):
    model = report("lower_bound")
    assert voice.shown_large(model.numbers["H-001"], lang, model) == "≥\u00a0980"
    assert '<span class="value">≥\u00a0980</span>' in write_html(model, lang, {})


def test_most_are_not_identified_only_where_the_low_end_says_so():
    assert message(report("estimate"), "opening")[-1] == "report.opening.total.estimate.most"
    few = compose(evidence(hidden=small_hidden.estimate(low=800)))
    assert message(few, "opening")[-1] == "report.opening.total.estimate"


def test_without_an_estimate_the_opening_says_so():
    titles = [c.title.key for c in blocks(report(None), Callout, "opening")]
    assert "report.opening.hidden.title" in titles
    refused = [c.title.key for c in blocks(report("nothing"), Callout, "opening")]
    assert "report.opening.refused.title" in refused
    assert not [t for t in refused if t == "report.opening.hidden.title"]


def test_the_code_of_what_forbade_an_estimate_is_told_with_its_reason():
    model = compose(evidence(no_estimate="OBS-025"))
    (callout,) = [
        c for c in blocks(model, Callout, "opening") if c.title.key == "report.opening.hidden.title"
    ]
    assert (callout.code, callout.sentences[0].key) == ("OBS-025", "OBS-025")
    assert message(model) == ["report.hidden.none", "OBS-025"]


def test_the_trend_shows_found_and_estimated_on_one_axis():
    model = report("estimate")
    (trend,) = blocks(model, Chart, "opening")
    assert {row["series"] for row in trend.rows} == {"found", "estimated"}
    (plain,) = blocks(report(None), Chart, "opening")
    assert {row["series"] for row in plain.rows} == {"found"}


def test_a_refused_year_is_a_cross_and_breaks_the_band():
    lines = (EstimateLine("2024", refused="EST-024"), small_hidden.YEARS[1])
    model = compose(evidence(hidden=small_hidden.estimate(by_year=lines)))
    chart = charts(model)["hidden_years"]
    assert len(draw(chart, model, "en").spec["datasets"]["refused"]) == 1
    assert "2024 (EST-024)" in voice.text(chart.caption[0], "en", model)


def test_the_three_languages_share_the_chapters_keys():
    def keys(lang: str) -> set[str]:
        file = files("aiqyn").joinpath("data", "words", lang, "report_hidden.po")
        with file.open("rb") as stream:
            return {message.id for message in read_po(stream, locale=lang) if message.id}

    assert keys("kk") == keys("ru") == keys("en")


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("verdict", VERDICTS)
def test_no_english_is_left_in_the_chapter(verdict, lang):
    model = report(verdict)
    chapter = next(c for c in model.chapters if c.id == "hidden")
    texts = [
        voice.text(s, lang, model)
        for block in chapter.blocks
        for s in _sentences(block)
    ]  # fmt: skip
    latin = {w for t in texts for w in re.findall(r"[A-Za-z]+", re.sub(r"[A-Z]+-\d+", "", t))}
    # the method's English name stands once, beside the other; x is a sign
    assert latin <= {"multiple", "systems", "estimation", "BIC", "AIC", "hat", "R", "x"}


def _sentences(thing: Any) -> Iterator[Sentence]:
    if isinstance(thing, Sentence):
        yield thing
    elif hasattr(thing, "__dataclass_fields__"):
        for name in thing.__dataclass_fields__:
            yield from _sentences(getattr(thing, name))
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from _sentences(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from _sentences(value)
