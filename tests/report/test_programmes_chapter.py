"""The chapter on prevention says what the kind of outcome allows, and is left out without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_evidence import evidence

from aiqyn.report.charts.chart import draw
from aiqyn.report.composition import compose
from aiqyn.report.model import Chart
from aiqyn.report.programme_evidence import Answer, ProgrammeEvidence, ProgrammeFacts
from aiqyn.report.voice import text

FACTS = ProgrammeFacts(
    "P-01", "Ministry", ("women",), ("labour",), ("XSA-04",), date(2022, 7, 1),
    1000.0, "KZT", -0.2, "share", "detections", "staggered-did", "half-year",
)  # fmt: skip
ANSWER = Answer(
    5.0, 2.0, 8.0, 20.0, 0.25, 3, 9,
    checks=(("pre-trends", True, {"n": 3, "p": 0.4}),),
    mind=("hidden_number",),
    cost_per_person=("found", 25, 12, 50),
    placebos=(-2.0, -1.0, 0.0, 0.5, 1.0, 6.0),
    event=((-1, 0.5, -2.0, 3.0), (0, 4.0, 1.0, 7.0), (1, 6.0, 2.0, 10.0)),
    power=((-0.4, 0.9), (-0.2, 0.4)),
    least=0.31,
)  # fmt: skip
LANGUAGES = ("kk", "ru", "en")


def report(*programmes):
    known = evidence()
    own = {code: {lang: f"«{code}»" for lang in LANGUAGES} for code in ("P-01",)}
    labels = {f"programme_{part}": own for part in ("title", "what", "theory")}
    return compose(replace(known, programmes=programmes, labels={**known.labels, **labels}))


def chapter(model):
    return next((c for c in model.chapters if c.id == "programmes"), None)


def sentences(model, lang):
    blocks = chapter(model).blocks
    return " ".join(text(s, lang, model) for b in blocks for s in getattr(b, "sentences", ()))


def test_without_programmes_there_is_one_honest_line_and_no_chapter():
    model = report()
    assert chapter(model) is None
    assert [c.number for c in model.chapters] == list(range(len(model.chapters)))
    told = [
        text(s, "en", model) for b in model.chapters[-1].blocks for s in getattr(b, "sentences", ())
    ]
    assert sum("No prevention programme is registered" in s for s in told) == 1


def test_chapters_are_numbered_one_after_another_with_the_chapter_among_them():
    model = report(ProgrammeEvidence(FACTS, "more_detected", "moderate", ANSWER))
    assert [c.number for c in model.chapters] == list(range(len(model.chapters)))
    assert chapter(model).number == 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_more_identified_is_never_told_as_more_harm(lang):
    model = report(ProgrammeEvidence(FACTS, "more_detected", "moderate", ANSWER))
    said = sentences(model, lang)
    assert {"kk": "анықтаудағы өзгеріс", "ru": "Изменилось выявление", "en": "change of detection"}[
        lang
    ] in said
    assert not [w for w in ("more victims", "жәбірленушілер көбейді", "стало больше") if w in said]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", ["page", "phone", "print"])
def test_every_picture_is_drawn_with_its_words_and_its_table(lang, width):
    model = report(ProgrammeEvidence(FACTS, "more_detected", "moderate", ANSWER))
    charts = [b for b in chapter(model).blocks if isinstance(b, Chart)]
    assert [c.kind for c in charts] == ["event_study", "placebo_cloud", "power_curve"]
    for chart in charts:
        drawn = draw(chart, model, lang, width=width)
        assert drawn.svg.count("<circle") + drawn.svg.count("<polygon") >= len(chart.rows) - 1
        assert drawn.alt
        assert chart.table.rows


def test_a_refused_programme_has_its_code_and_no_picture():
    refused = ProgrammeEvidence(FACTS, "refused", "none", refused=("PREV-011", {"later": "0"}))
    blocks = chapter(report(refused)).blocks
    assert [b.code for b in blocks if getattr(b, "kind", "") == "refusal"] == ["PREV-011"]
    assert not [b for b in blocks if isinstance(b, Chart)]


def test_no_cost_a_person_where_no_change_is_seen():
    unseen = replace(ANSWER, low=-1.0)
    model = report(ProgrammeEvidence(FACTS, "no_change_seen", "moderate", unseen))
    assert "KZT (95%" not in sentences(model, "en")
    seen = report(ProgrammeEvidence(FACTS, "more_detected", "moderate", ANSWER))
    assert "25 KZT (95%" in sentences(seen, "en")


def test_few_persons_leave_a_sentence_in_the_place_of_the_picture():
    few = replace(ANSWER, event=())
    model = report(ProgrammeEvidence(FACTS, "no_change_seen", "moderate", few))
    assert "would tell of single persons" in sentences(model, "en")
    kinds = [b.kind for b in chapter(model).blocks if isinstance(b, Chart)]
    assert "event_study" not in kinds
