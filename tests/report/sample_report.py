"""The report of the design pictures, by hand: invented country Samal, 2025.

The charts, the web page and the PDF are tested on it. Every number is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import sqrt
from typing import Any

from aiqyn.report.model import (
    Callout,
    Cell,
    Chapter,
    Chart,
    Check,
    Column,
    Count,
    Day,
    Gate,
    Heading,
    KeyFigure,
    KeyFigures,
    Label,
    Meta,
    Number,
    NumberRef,
    OpenNumbers,
    Paragraph,
    ReportModel,
    Sentence,
    Several,
    Share,
    Sign,
    Source,
    Table,
    Text,
    Value,
    Words,
    Year,
    sentence,
)

YEAR = 2025

# Code, tile row and column, persons, state, rate per 100,000 with its interval, shade.
REGIONS: tuple[
    tuple[str, int, int, int | None, str, tuple[float, float, float] | None, int | None], ...
]
REGIONS = (
    ("XSA-01", 1, 2, 118, "shown", (10.4, 8.6, 12.5), 4),
    ("XSA-02", 0, 3, 74, "shown", (9.8, 7.7, 12.3), 4),
    ("XSA-03", 1, 0, 52, "shown", (8.9, 6.6, 11.7), 3),
    ("XSA-04", 2, 1, 46, "shown", (7.2, 5.3, 9.6), 3),
    ("XSA-05", 1, 1, 38, "shown", (6.0, 4.2, 8.2), 2),
    ("XSA-06", 2, 0, 27, "shown", (4.4, 2.9, 6.4), 1),
    ("XSA-07", 0, 2, 19, "shown", (3.1, 1.9, 4.8), 1),
    ("XSA-08", 2, 2, 14, "shown", (2.2, 1.2, 3.7), 0),
    ("XSA-09", 0, 4, None, "hidden", None, None),
    ("XSA-10", 2, 3, None, "small", None, None),
    ("XSA-11", 1, 3, 0, "zero", (0.0, 0.0, 1.2), None),
    ("XSA-12", 0, 1, None, "unknown", None, None),
)

REGION_NAMES = {  # code: full kk, ru, en; short kk, ru; locative kk, ru
    "XSA-01": (
        "Самал қаласы",
        "город Самал",
        "Samal City",
        "Самал қ.",
        "г. Самал",
        "қаласында",
        "в городе Самале",
    ),
    "XSA-02": ("Бұлақты облысы", "область Булакты", "Bulaqty", "Бұлақты", "Булакты", "", ""),
    "XSA-03": ("Әсемтау облысы", "область Асемтау", "Asemtau", "Әсемтау", "Асемтау", "", ""),
    "XSA-04": (
        "Қоңыртөбе облысы",
        "область Коныртобе",
        "Qongyrtobe",
        "Қоңыртөбе",
        "Коныртобе",
        "",
        "",
    ),
    "XSA-05": ("Өркен облысы", "область Оркен", "Orken", "Өркен", "Оркен", "", ""),
    "XSA-06": ("Ұлыбел облысы", "область Улыбел", "Ulybel", "Ұлыбел", "Улыбел", "", ""),
    "XSA-07": ("Үшқайың облысы", "область Ушкайын", "Ushqaiyng", "Үшқайың", "Ушкайын", "", ""),
    "XSA-08": ("Гауһарсу облысы", "область Гаухарсу", "Gauharsu", "Гауһарсу", "Гаухарсу", "", ""),
    "XSA-09": ("Көкжиек облысы", "область Кокжиек", "Kokzhiek", "Көкжиек", "Кокжиек", "", ""),
    "XSA-10": ("Іргелі облысы", "область Иргели", "Irgeli", "Іргелі", "Иргели", "", ""),
    "XSA-11": ("Шұғыла облысы", "область Шугыла", "Shughyla", "Шұғыла", "Шугыла", "", ""),
    "XSA-12": ("Ғажапсу облысы", "область Гажапсу", "Ghazhapsu", "Ғажапсу", "Гажапсу", "", ""),
}

FOUND = (102, 118, 136, 145, 162, 176, 192, 219, 246, 181, 209, 265, 304, 348, 412)  # 2011-2025
ESTIMATED = {  # year: value, low, high
    2017: (1610, 1120, 2460), 2018: (1700, 1190, 2540), 2019: (1780, 1260, 2600),
    2021: (1820, 1240, 2710), 2022: (1890, 1310, 2700), 2023: (1960, 1380, 2790),
    2024: (2010, 1420, 2850), 2025: (2060, 1450, 2900),
}  # fmt: skip

AGES = {  # age group: (women value, low, high), (men value, low, high); None with its state
    "45+": ((15, 14, 16), (16, 15, 17)),
    "35-44": ((27, 26, 28), (26, 25, 27)),
    "25-34": ((62, 59, 65), (39, 37, 41)),
    "18-24": ((71, 67, 75), (34, 32, 36)),
    "15-17": ((47, 45, 49), (21, 20, 22)),
    "12-14": ((14, 13, 15), (12, 11, 13)),
    "6-11": ("hidden", "hidden"),
    "0-5": ("small", "small"),
}

FORMS = {  # form group: share of the identified, 2019-2025
    "sexual": (0.52, 0.50, 0.53, 0.49, 0.48, 0.47, 0.46),
    "labour": (0.27, 0.29, 0.26, 0.31, 0.32, 0.34, 0.35),
    "begging": (0.12, 0.11, 0.09, 0.10, 0.11, 0.10, 0.10),
    "criminality": (0.04, 0.05, 0.05, 0.06, 0.07, 0.08, 0.09),
    "marriage": (0.06, 0.05, 0.07, 0.06, 0.05, 0.06, 0.05),
    "other": (0.05, 0.06, 0.04, 0.04, 0.03, 0.03, 0.04),
}

VERDICTS = {  # definition: trafficking, unknown, not shown, not covered; of 516 records
    "palermo": (412, 63, 41, 0),
    "kz": (371, 65, 58, 22),
    "eu": (431, 56, 29, 0),
    "us": (389, 50, 46, 31),
}

METHODS = {  # method: value, low, high
    "bayes": (2060, 1450, 2900),
    "log_linear": (1870, 1390, 2610),
    "sparse": (2190, 1340, 3240),
    "latent": (1760, 1280, 2870),
    "chao": (980, 980, None),
    "two_lists": None,
}

SOURCES = (  # agency, first and last digits of the hash, rows, refused
    ("police", "2a7f", "c1", 231, 2),
    ("shelters", "90be", "4d", 188, 0),
    ("helpline", "e41c", "07", 96, 0),
    ("labour_inspectorate", "5d02", "9a", 129, 0),
    ("migration", "c83b", "e6", 102, 0),
)

AGENCIES = {
    "police": ("Полиция", "Полиция", "Police"),
    "shelters": ("Баспаналар", "Приюты", "Shelters"),
    "helpline": ("Сенім телефоны", "Телефон доверия", "Helpline"),
    "labour_inspectorate": ("Еңбек инспекциясы", "Инспекция труда", "Labour inspectorate"),
    "migration": ("Көші-қон қызметі", "Миграционная служба", "Migration service"),
}

METHOD_NAMES = {
    "bayes": (
        "Модельдер бойынша байестік орташа",
        "Байесовское усреднение моделей",
        "Bayesian model average",
    ),
    "log_linear": (
        "Логарифмдік-сызықтық, BIC бойынша",
        "Логлинейная, выбрана по BIC",
        "Log-linear, chosen by BIC",
    ),
    "sparse": (
        "Сирек деректерге арналған, бутстреп",
        "Для разреженных данных, бутстреп",
        "Sparse MSE, bootstrap",
    ),
    "latent": ("Латентті кластар", "Латентные классы", "Latent class"),
    "chao": ("Чао төменгі шегі", "Нижняя граница Чао", "Chao lower bound"),
    "two_lists": (
        "Екі тізім: полиция × баспаналар",
        "Два списка: полиция × приюты",
        "Two lists: police × shelters",
    ),
}

DEFINITION_NAMES = {
    "palermo": (
        "Палермо хаттамасы, 3-бап",
        "Палермский протокол, ст. 3",
        "Palermo Protocol, art. 3",
    ),
    "kz": (
        "Самал Қылмыстық кодексі, 128, 135-баптар",
        "УК Самала, ст. 128, 135",
        "Samal Criminal Code, arts. 128, 135",
    ),
    "eu": (
        "ЕО 2011/36, 2024 жылғы редакция",
        "ЕС 2011/36 в редакции 2024 г.",
        "EU 2011/36, as amended 2024",
    ),
    "us": ("АҚШ TVPA, ауыр нысандар", "США, TVPA, тяжкие формы", "US TVPA, severe forms"),
}


def sample_model() -> ReportModel:
    """The report of the design pictures: Samal 2025, all invented."""
    return ReportModel(
        meta=_meta(),
        numbers={number.id: number for number in _numbers()},
        sources={source.id: source for source in _sources()},
        chapters=(_opening(), _definitions(), _hidden(), _victims(), _forms(), _quality()),
        labels=_labels(),
    )


def _meta() -> Meta:
    return Meta(
        country="XSA",
        year=YEAR,
        period=(date(2025, 1, 1), date(2025, 12, 31)),
        published=date(2026, 4, 15),
        edition=1,
        version="2025.1",
        invented=True,
        languages=("kk", "ru", "en"),
        inputs_sha256="7c1e5b0f" * 8,
    )


def _labels() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return {
        "region": {code: _region_label(*names) for code, names in REGION_NAMES.items()},
        "agency": {code: _three(*names) for code, names in AGENCIES.items()},
        "method": {code: _three(*names) for code, names in METHOD_NAMES.items()},
        "definition": {code: _three(*names) for code, names in DEFINITION_NAMES.items()},
        "country": {"XSA": _three("Самал", "Самал", "Samal")},
        "country_in": {"XSA": _three("Самалдағы", "в Самале", "in Samal")},
    }


def _three(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


def _region_label(
    kk: str, ru: str, en: str, kk_short: str, ru_short: str, kk_loc: str, ru_loc: str
) -> dict[str, str]:
    city = kk_loc == "қаласында"
    return {
        **_three(kk, ru, en),
        "kk_short": kk_short,
        "ru_short": ru_short,
        "en_short": en,
        "kk_loc": kk.replace("қаласы", "қаласында") if city else kk.replace("облысы", "облысында"),
        "ru_loc": ru_loc or ru.replace("область", "в области"),
        "en_loc": f"in {en}",
    }


def _sources() -> tuple[Source, ...]:
    return tuple(
        Source(agency, agency, 1, head + "0" * 58 + tail, rows, rows - bad, bad)
        for agency, head, tail, rows, bad in SOURCES
    )


def _numbers() -> tuple[Number, ...]:
    every = tuple(source.id for source in _sources())
    year = Year(YEAR)
    screening = sentence("report.caution.screening", year=year)
    return (
        Number(
            "V-001", 412, "persons", 398, 427, 0.95,
            title=sentence("report.figure.victims"),
            definition=sentence("report.number.victims.definition"),
            filter=sentence("report.number.victims.filter", year=year),
            method=sentence("report.number.victims.method"),
            not_known=sentence("report.number.victims.unknown", pairs=9),
            cautions=(screening,), sources=every,
        ),
        Number(
            "H-001", 2060, "persons", 1450, 2900, 0.95, kind="estimated",
            title=sentence("report.figure.total"),
            definition=sentence("report.number.total.definition"),
            filter=sentence("report.number.total.filter", year=year),
            method=sentence("report.number.total.method"),
            not_known=sentence("report.number.total.unknown"),
            cautions=(screening,), sources=every,
        ),
        Number(
            "V-017", 0.27, "share", 0.23, 0.31, 0.95, counted=(111, 412),
            title=sentence("report.number.children.title"),
            definition=sentence("report.number.children.definition"),
            filter=sentence("report.number.victims.filter", year=year),
            method=sentence("report.number.children.method"),
            not_known=sentence(
                "report.number.children.unknown", n=11, high=Share(0.30), low=Share(0.27)
            ),
            cautions=(screening,), sources=every[:3],
        ),
        Number(
            "J-003", 14.2, "months", 12.6, 16.4, 0.95,
            title=sentence("report.figure.verdict"),
            definition=sentence("report.number.verdict.definition"),
            filter=sentence("report.number.verdict.filter", year=Year(2022)),
            method=sentence("report.number.verdict.method"),
            cautions=(sentence("report.caution.not_linkage"),), sources=every[:1],
        ),
        Number(
            "F-001", 0.46, "share", 0.41, 0.51, 0.95, counted=(190, 412),
            title=sentence("report.forms.chart"),
            definition=sentence("report.number.victims.definition"),
            filter=sentence("report.number.victims.filter", year=year),
            method=sentence("report.number.children.method"),
            cautions=(screening,), sources=every,
        ),
        Number(
            "H-002", None, "persons", kind="refused", state="refused",
            title=sentence("report.hidden.groups.refused.title"),
            method=sentence("report.number.total.method"), sources=every,
        ),
    )  # fmt: skip


def _opening() -> Chapter:
    return Chapter(
        "opening",
        0,
        sentence("report.opening.title", country_in=Label("country_in", "XSA"), year=Year(YEAR)),
        sentence(
            "report.opening.line",
            start=Day(date(2025, 1, 1)),
            end=Day(date(2025, 12, 31)),
            published=Day(date(2026, 4, 15)),
            edition=1,
        ),
        (
            Paragraph(
                (
                    sentence(
                        "report.opening.found_more",
                        victims=NumberRef("V-001"),
                        year=Year(YEAR),
                        before=Year(YEAR - 1),
                    ),
                    sentence(
                        "report.opening.estimate", low=1450, high=2900, total=NumberRef("H-001")
                    ),
                ),
                "message",
            ),
            KeyFigures(
                tuple(
                    KeyFigure(
                        id_, sentence(f"report.figure.{key}"), sentence(f"report.figure.{key}.not")
                    )
                    for id_, key in (
                        ("V-001", "victims"),
                        ("H-001", "total"),
                        ("V-017", "children"),
                        ("J-003", "verdict"),
                    )
                )
            ),
            _trend(),
            _detection("note"),
        ),
    )


def _detection(kind: Any) -> Callout:
    title = sentence("report.callout.detection.title")
    return Callout(kind, title, (sentence("report.callout.detection"),))


def _trend() -> Chart:
    span = {"from": Year(2011), "to": Year(YEAR)}
    events = ((1, 2014, "helpline"), (2, 2019, "shelters"), (3, 2025, "screening"))
    return Chart(
        "trend",
        "trend_band",
        sentence("report.trend.title", **span),
        sentence(
            "report.trend.subtitle",
            before=Year(2024), year=Year(YEAR), change=Text("+50"), low=-690, high=Text("+780"),
        ),
        sentence(
            "report.trend.alt",
            year=Year(YEAR), victims=412, total=2060, low=1450, high=2900, gap=Year(2020),
        ),
        _trend_rows(),
        caption=(
            sentence("report.trend.events"),
            *(
                sentence(
                    "report.trend.event",
                    mark=mark, year=Year(year), what=Words(f"report.event.{key}"),
                )
                for mark, year, key in events
            ),
            sentence("report.trend.gap", year=Year(2020)),
            sentence("report.trend.unit", agencies=5),
        ),
        table=_trend_table(),
        extra={"events": tuple({"mark": mark, "year": year} for mark, year, _ in events)},
    )  # fmt: skip


def _trend_rows() -> tuple[Mapping[str, Any], ...]:
    found = [_mark("found", 2011 + i, n, *_linkage(n)) for i, n in enumerate(FOUND)]
    estimated = [_mark("estimated", year, *values) for year, values in ESTIMATED.items()]
    gap = {"year": 2020, "series": "estimated", "value": None, "low": None, "high": None}
    rows = [*found, *estimated, {**gap, "state": "refused"}]
    return tuple(sorted(rows, key=lambda row: (str(row["series"]), int(str(row["year"])))))


def _mark(series: str, year: int, value: int, low: int, high: int) -> dict[str, Any]:
    return {
        "year": year,
        "series": series,
        "value": value,
        "low": low,
        "high": high,
        "state": "shown",
    }


def _linkage(n: int) -> tuple[int, int]:
    return (398, 427) if n == 412 else (round(n * 0.966), round(n * 1.036))


def _trend_table() -> Table:
    rows = []
    for i, n in enumerate(FOUND):
        year, (low, high) = 2011 + i, _linkage(n)
        estimate = ESTIMATED.get(year)
        refused = Cell(state="refused" if year == 2020 else "not_asked")
        rows.append(
            {
                "year": Year(year),
                "found": Cell(n, "shown", low, high),
                "estimated": Cell(estimate[0], "shown", *estimate[1:]) if estimate else refused,
            }
        )
    columns = (
        Column("year", sentence("report.column.year"), "label"),
        Column("found", sentence("report.column.found"), "count"),
        Column("found_interval", _interval_of("found"), "interval", of="found"),
        Column("estimated", sentence("report.column.estimated"), "count"),
        Column("estimated_interval", _interval_of("estimated"), "interval", of="estimated"),
    )
    title = sentence("report.trend.title", **{"from": Year(2011), "to": Year(YEAR)})
    return Table("trend", title, columns, tuple(rows))


def _interval_of(column: str) -> Sentence:
    return sentence("report.column.interval_of", what=Words(f"report.column.{column}"))


def _definitions() -> Chapter:
    return Chapter(
        "definitions",
        1,
        sentence("report.definitions.title"),
        sentence("report.definitions.subtitle"),
        (
            Paragraph(
                (sentence("report.definitions.message", records=516, low=371, high=431, gap=60),),
                "message",
            ),
            _verdict_bars(),
            Callout(
                "note",
                sentence("report.definitions.used.title"),
                (sentence("report.definitions.used"),),
            ),
            Callout(
                "caution",
                sentence("report.definitions.undecided.title", low=50, high=65),
                (sentence("report.definitions.undecided", settled=41),),
            ),
            Heading(sentence("report.differ.title")),
            _differ(),
        ),
    )


def _verdict_bars() -> Chart:
    order = ("trafficking", "unknown", "not_shown", "not_covered")
    rows = tuple(
        {"definition": name, "verdict": verdict, "value": n, "state": "shown" if n else "zero"}
        for name, counts in VERDICTS.items()
        for verdict, n in zip(order, counts, strict=True)
    )
    return Chart(
        "definitions",
        "verdict_bars",
        sentence("report.definitions.chart", records=516),
        sentence("report.definitions.chart.subtitle"),
        sentence("report.definitions.chart.alt", palermo=412, kz=371, eu=431, us=389),
        rows,
        caption=(sentence("report.definitions.chart.caption", day=Day(date(2025, 12, 31))),),
        table=_verdict_table(order),
        extra={
            "bounds": tuple(
                {"definition": name, "low": c[0], "high": c[0] + c[1]}
                for name, c in VERDICTS.items()
            )
        },
    )


def _verdict_table(order: tuple[str, ...]) -> Table:
    columns = (
        Column("definition", sentence("report.column.definition"), "label"),
        *(Column(v, sentence(f"report.verdict.{v}"), "count") for v in order),
    )
    rows = tuple(
        {
            "definition": Label("definition", name),
            **{v: Cell(n, "shown" if n else "zero") for v, n in zip(order, counts, strict=True)},
        }
        for name, counts in VERDICTS.items()
    )
    return Table("definitions", sentence("report.definitions.chart", records=516), columns, rows)


def _differ() -> Table:
    t, n, c, u = "trafficking", "not_shown", "not_covered", "unknown"
    cases: tuple[tuple[str, str, Value, str, tuple[str, ...]], ...] = (
        ("child_begging", "recruitment", Words("report.absent"), "forced_begging", (t, t, t, t)),
        ("adult_begging", "recruitment", Words("report.absent"), "forced_begging", (n, n, n, n)),
        ("organ", "transportation", Label("means", "deception"), "organ_removal", (t, t, t, c)),
        ("adoption", "sale", Words("report.absent"), "illegal_adoption", (n, t, t, n)),
        ("building", "harbouring", Cell(state="unknown"), "forced_labour", (u, u, u, u)),
    )
    columns = (
        Column("situation", sentence("report.column.situation"), "text"),
        Column("act", sentence("report.column.act"), "label"),
        Column("means", sentence("report.column.means"), "label"),
        Column("purpose", sentence("report.column.purpose"), "label"),
        *(Column(d, sentence(f"report.column.{d}"), "verdict") for d in VERDICTS),
        Column("why", sentence("report.column.why"), "text"),
    )
    rows = tuple(
        {
            "situation": sentence(f"report.differ.{key}"),
            "act": Label("act", act),
            "means": means,
            "purpose": Label("form", purpose),
            **{d: Label("verdict", v) for d, v in zip(VERDICTS, verdicts, strict=True)},
            "why": sentence(f"report.differ.{key}.why"),
        }
        for key, act, means, purpose, verdicts in cases
    )
    note = sentence("report.differ.note")
    return Table("differ", sentence("report.differ.title"), columns, rows, note=note)


def _hidden() -> Chapter:
    return Chapter(
        "hidden",
        2,
        sentence("report.hidden.title"),
        sentence("report.hidden.subtitle"),
        (
            Paragraph(
                (
                    sentence(
                        "report.hidden.message.estimate",
                        year=Year(YEAR),
                        low=NumberRef("H-001", "low"), high=NumberRef("H-001", "high"),
                        observed=NumberRef("V-001"),
                    ),
                    sentence(
                        "report.hidden.share.estimate",
                        share=Share(0.20), share_low=Share(0.14), share_high=Share(0.28),
                    ),
                ),
                "message",
            ),
            _methods(),
            Gate(
                sentence("report.gate.ask"),
                sentence("report.gate.verdict.estimate.cautions"),
                "estimate",
                (
                    Check("passed", sentence("estimate.gate.check.lists", n=5, least=3)),
                    Check("passed", sentence("estimate.gate.check.overlap", n=61, least=10)),
                    Check("caution", sentence("estimate.gate.check.methods", low=1760, high=2190)),
                    Check("not_for", sentence("estimate.gate.check.without_list.none")),
                ),
            ),
            _overlap(),
            _models(),
            Callout(
                "refusal",
                sentence("report.hidden.groups.refused.title"),
                (
                    sentence(
                        "report.hidden.groups.refused",
                        groups=Several((Words("report.group.boys"),)),
                        why=Words("EST-024"), code=Text("EST-024"),
                    ),
                    sentence("report.hidden.groups.refused.mend"),
                ),
            ),
            Callout(
                "caution",
                sentence("report.hidden.wrong.title"),
                (sentence("report.hidden.wrong"),),
            ),
        ),
    )  # fmt: skip


def _methods() -> Chart:
    rows, cells = [], []
    for code, values in METHODS.items():
        value, low, high = values or (None, None, None)
        state = "shown" if values else "refused"
        mark = {"code": code, "value": value, "low": low, "high": high, "state": state}
        refusal = None if values else "EST-022"
        rows.append({**mark, "main": code == "bayes", "refusal": refusal})
        cells.append({"method": Label("method", code), "estimate": Cell(value, state, low, high)})
    columns = (
        Column("method", sentence("report.column.method"), "label"),
        Column("estimate", sentence("report.column.estimate"), "count"),
        Column("interval", sentence("report.column.interval"), "interval", of="estimate"),
    )
    return Chart(
        "methods",
        "dot_interval",
        sentence("report.hidden.methods"),
        sentence("report.hidden.methods.subtitle"),
        sentence("report.hidden.methods.alt", total=2060, low=1450, high=2900),
        tuple(rows),
        table=Table("methods", sentence("report.hidden.methods"), columns, tuple(cells)),
        extra={"code_list": "method", "band": {"low": 1450, "high": 2900}},
    )


def _overlap() -> Chart:
    histories: tuple[tuple[tuple[str, ...], int | str], ...] = (
        (("police",), 161), (("shelters",), 74), (("labour_inspectorate",), 47),
        (("police", "shelters"), 24), (("police", "helpline"), "small"),
        (("helpline", "migration"), "hidden"), (("police", "migration"), 0),
        (("police", "shelters", "labour_inspectorate"), 6),
    )  # fmt: skip
    rows, cells = [], []
    for lists, n in histories:
        cell = Cell(state=n) if isinstance(n, str) else Cell(n, "shown" if n else "zero")
        rows.append({"lists": lists, "value": cell.value, "state": cell.state})
        cells.append({"lists": _lists(lists), "persons": cell})
    columns = (
        Column("lists", sentence("report.hidden.column.lists"), "text"),
        Column("persons", sentence("report.column.persons"), "count"),
    )
    title = sentence("report.hidden.overlap")
    return Chart(
        "overlap",
        "overlap",
        title,
        sentence("report.hidden.overlap.subtitle"),
        sentence("report.hidden.overlap.alt", lists=Label("agency", "police"), n=161),
        tuple(rows),
        caption=(sentence("report.hidden.overlap.caption", sign=Sign("small"), most=4),),
        table=Table("overlap", title, columns, tuple(cells)),
        extra={"lists": tuple({"code": code, "name": Label("agency", code)} for code in AGENCIES)},
    )


def _lists(codes: tuple[str, ...]) -> Several:
    return Several(tuple(Label("agency", code) for code in codes), " × ")


def _models() -> Chart:
    models = (
        (_lists(("police", "shelters")), 0.61, 2070),
        (_lists(("labour_inspectorate", "migration", "helpline")), 0.24, 1840),
        (Words("report.hidden.models.independent"), 0.15, 1210),
    )
    columns = (
        Column("model", sentence("report.hidden.column.model"), "text"),
        Column("share", sentence("report.hidden.column.tables"), "share"),
        Column("estimate", sentence("report.column.estimate"), "count", estimated=True),
    )
    title = sentence("report.hidden.models")
    return Chart(
        "models",
        "model_shares",
        title,
        sentence("report.hidden.models.subtitle"),
        sentence("report.hidden.models.alt", model=models[0][0], share=Share(0.61), n=3),
        tuple(
            {"name": name, "value": share, "estimate": n, "state": "shown", "main": share > 0.5}
            for name, share, n in models
        ),
        caption=(sentence("report.hidden.models.modes", low=1210, high=2070),),
        table=Table(
            "models",
            title,
            columns,
            tuple({"model": m, "share": Cell(s), "estimate": Cell(n)} for m, s, n in models),
        ),
    )


def _victims() -> Chapter:
    return Chapter(
        "victims",
        3,
        sentence("report.victims.title"),
        sentence("report.victims.subtitle"),
        (
            Paragraph(
                (
                    sentence(
                        "report.victims.message", year=Year(YEAR), women=4, girls=2, men=3, boys=1
                    ),
                    sentence(
                        "report.victims.message.children",
                        share=NumberRef("V-017"),
                        **{"from": Year(2019)},
                        low=Share(0.24),
                        high=Share(0.29),
                    ),
                ),
                "message",
            ),
            _ten(),
            _pyramid(),
            OpenNumbers(("V-017",)),
            _map(),
            _detection("caution"),
            Heading(sentence("report.victims.know")),
            Paragraph(
                (
                    sentence(
                        "report.victims.know.records",
                        agencies=5,
                        records=744,
                        persons=412,
                        pairs=200,
                    ),
                    sentence("report.victims.know.gaps", n=38, region=Label("region", "XSA-12")),
                )
            ),
        ),
    )


def _ten() -> Chart:
    ten = {"women": 4, "girls": 2, "men": 3, "boys": 1}
    columns = (
        Column("group", sentence("report.column.group"), "label"),
        Column("of_ten", sentence("report.column.of_ten"), "count"),
    )
    rows = tuple(
        {"group": Words(f"report.group.{group}"), "of_ten": Cell(n)} for group, n in ten.items()
    )
    return Chart(
        "ten",
        "ten_persons",
        sentence("report.victims.ten"),
        None,
        sentence("report.victims.ten.alt", **ten),
        tuple({"group": group, "value": n} for group, n in ten.items()),
        caption=(sentence("report.victims.ten.caption", known=401, unknown=11),),
        table=Table("ten", sentence("report.victims.ten"), columns, rows),
    )


def _pyramid() -> Chart:
    rows = tuple(
        {"age_group": age, "sex": sex, **_age_mark(mark)}
        for age, pair in AGES.items()
        for sex, mark in zip(("female", "male"), pair, strict=True)
    )
    return Chart(
        "pyramid",
        "pyramid",
        sentence("report.victims.pyramid", year=Year(YEAR)),
        sentence("report.victims.pyramid.subtitle"),
        sentence("report.victims.pyramid.alt", n=71, low=67, high=75),
        rows,
        caption=(sentence("report.victims.pyramid.caption", sign=Sign("small"), most=4),),
        table=_pyramid_table(),
    )


def _age_mark(mark: tuple[int, int, int] | str) -> dict[str, Any]:
    value, low, high = (None, None, None) if isinstance(mark, str) else mark
    state = mark if isinstance(mark, str) else "shown"
    return {"value": value, "low": low, "high": high, "state": state}


def _pyramid_table() -> Table:
    def row(first: Value, female: Any, male: Any) -> dict[str, Value]:
        return {"age": first, "female": Cell(**_age_mark(female)), "male": Cell(**_age_mark(male))}

    rows = [row(Label("age_group", age), *pair) for age, pair in AGES.items()]
    rows.append({"age": Label("age_group", "unknown"), "female": Cell(5), "male": Cell(6)})
    columns = (
        Column("age", sentence("report.column.age"), "label"),
        Column("female", sentence("report.column.female"), "count"),
        Column("female_interval", _interval_of("female"), "interval", of="female"),
        Column("male", sentence("report.column.male"), "count"),
        Column("male_interval", _interval_of("male"), "interval", of="male"),
    )
    total = row(Words("report.all"), (249, 241, 257), (163, 157, 169))
    title = sentence("report.victims.pyramid", year=Year(YEAR))
    return Table("pyramid", title, columns, tuple(rows), (total,))


def _map() -> Chart:
    rows = tuple(
        {"region": c, "tile_row": row, "tile_col": col, "value": n, "state": state, "shade": shade}
        for c, row, col, n, state, _, shade in REGIONS
    )
    return Chart(
        "map",
        "tile_map",
        sentence("report.victims.map", year=Year(YEAR)),
        sentence("report.victims.map.subtitle", year=Year(YEAR)),
        sentence(
            "report.victims.map.alt",
            region=Label("region", "XSA-01"), n=118,
            rate=Count(10.4, 1), low=Count(8.6, 1), high=Count(12.5, 1),
        ),
        rows,
        table=_map_table(),
        extra={"breaks": (0.1, 2.5, 5.0, 7.0, 9.0), "unit": "per_100k"},
    )  # fmt: skip


def _map_table() -> Table:
    rows = []
    for code, _, _, n, state, rate, _ in REGIONS:
        hidden: Any = "hidden" if state == "small" else state
        value, low, high = rate or (None, None, None)
        rows.append(
            {
                "region": Label("region", code),
                "persons": Cell(n, state),
                "rate": Cell(value, hidden, low, high),
            }
        )
    columns = (
        Column("region", sentence("report.column.region"), "label"),
        Column("persons", sentence("report.column.persons"), "count"),
        Column("rate", sentence("report.column.per_100k"), "rate"),
        Column("interval", sentence("report.column.interval"), "interval", of="rate"),
    )
    title = sentence("report.victims.map", year=Year(YEAR))
    return Table("map", title, columns, tuple(rows))


def _forms() -> Chapter:
    return Chapter(
        "forms",
        4,
        sentence("report.forms.title"),
        sentence("report.forms.subtitle"),
        (
            Paragraph(
                (
                    sentence(
                        "report.forms.message",
                        year=Year(YEAR),
                        form=Label("form_group", "sexual"),
                        share=NumberRef("F-001"),
                    ),
                ),
                "message",
            ),
            _small_multiples(),
        ),
    )


def _small_multiples() -> Chart:
    rows = tuple(
        {
            "form_group": form,
            "year": 2019 + i,
            "value": share,
            **_wilson(share, FOUND[8 + i]),
            "state": "shown",
        }
        for form, shares in FORMS.items()
        for i, share in enumerate(shares)
    )
    columns = (
        Column("form", sentence("report.column.form"), "label"),
        Column("share", sentence("report.column.share"), "share"),
        Column("interval", sentence("report.column.interval"), "interval", of="share"),
    )
    last = tuple(
        {
            "form": Label("form_group", row["form_group"]),
            "share": Cell(row["value"], "shown", row["low"], row["high"]),
        }
        for row in rows
        if row["year"] == YEAR
    )
    return Chart(
        "forms",
        "small_multiples",
        sentence("report.forms.chart"),
        sentence("report.forms.chart.subtitle", **{"from": Year(2019), "to": Year(YEAR)}),
        sentence(
            "report.forms.chart.alt",
            year=Year(YEAR),
            first=Label("form_group", "sexual"), first_share=Share(0.46),
            second=Label("form_group", "labour"), second_share=Share(0.35),
        ),
        rows,
        table=Table("forms", sentence("report.forms.table", year=Year(YEAR)), columns, last),
    )  # fmt: skip


def _wilson(share: float, n: int) -> dict[str, float]:
    """Wilson (1927) interval at 95 %, so that the invented marks look like real ones."""
    z = 1.959964
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return {"low": round(middle - half, 3), "high": round(middle + half, 3)}


def _quality() -> Chapter:
    columns = (
        Column("agency", sentence("report.column.agency"), "label"),
        Column("rows", sentence("report.column.rows"), "count"),
        Column("accepted", sentence("report.column.accepted"), "count"),
        Column("refused", sentence("report.column.refused"), "count"),
    )
    rows = tuple(
        {
            "agency": Label("agency", s.agency),
            "rows": Cell(s.rows),
            "accepted": Cell(s.accepted),
            "refused": Cell(s.refused, "shown" if s.refused else "zero"),
        }
        for s in _sources()
    )
    total = {
        "agency": Words("report.all"),
        "rows": Cell(746),
        "accepted": Cell(744),
        "refused": Cell(2),
    }
    return Chapter(
        "quality",
        5,
        sentence("report.quality.title"),
        sentence("report.quality.subtitle"),
        (
            Paragraph(
                (sentence("report.quality.message", rows=746, accepted=744, refused=2),), "message"
            ),
            Table("quality", sentence("report.quality.table"), columns, rows, (total,)),
        ),
    )
