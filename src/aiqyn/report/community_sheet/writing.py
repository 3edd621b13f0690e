"""The pages of all areas, one file an area and language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup

from aiqyn.prevention.where_to_act import Area
from aiqyn.report.community_sheet.chart import interval_chart
from aiqyn.report.community_sheet.contents import Where, printed
from aiqyn.report.fonts import font_faces
from aiqyn.report.page_files import page_file, page_templates
from aiqyn.words import LANGUAGES, number, say

TEMPLATE = "sheet.html.j2"


def write_sheets(where: Where, folder: Path) -> list[str]:
    """Write ``<area>.<language>.html`` for each area; the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for area in where.areas:
        for lang in LANGUAGES:
            name = f"{area.code}.{lang}.html"
            text = sheet_html(where, area.code, lang)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            names.append(name)
    return names


def sheet_html(where: Where, code: str, lang: str) -> str:
    """The page of one area as one file that needs no network and no scripts."""
    area = where.ranking.value.area(code)
    country = where.country.get(lang) or say("where.country_none", lang)

    def told(key: str, **slots: object) -> str:
        return say(f"where.{key}", lang, **slots)

    return (
        page_templates("community_sheet")
        .get_template(TEMPLATE)
        .render(
            lang=lang,
            say=told,
            fonts=Markup(font_faces()),
            css=Markup(page_file("community_sheet", "sheet.css")),
            code=code,
            languages=LANGUAGES,
            country=country,
            area=where.name(code, lang),
            invented=where.invented,
            period=where.ranking.value.period,
            key=_key(where, area, lang),
            place=_place(where, area, lang),
            same=_same(where, area, lang),
            charts={w: Markup(interval_chart(where, code, lang, w)) for w in ("page", "phone")},
            groups=[_group(g, lang) for g in area.groups],
            offers=list(_offers(area, lang)),
            sources=", ".join(sorted({o.source for g in area.groups for o in g.offers})),
            currency=", ".join(sorted({o.currency for g in area.groups for o in g.offers})),
            limits=_limits(where, lang),
            seed=where.ranking.value.seed,
        )
    )


def _key(where: Where, area: Area, lang: str) -> dict[str, str]:
    ranking, span = where.ranking.value, printed(area.expected)
    rate = area.per_100k
    key = "where.expected" if ranking.share_known else "where.expected_found"
    ends = {"low": number(span.low, lang), "high": number(span.high, lang)}
    rates = {k: number(getattr(rate, k), lang, decimals=0) for k in ("value", "low", "high")}
    return {
        "what": say(key, lang, year=ranking.period),
        "value": number(span.value, lang),
        "interval": say("where.interval", lang, **ends),
        "rate": say("where.per_100k", lang, **rates),
    }


def _place(where: Where, area: Area, lang: str) -> str:
    first, last = area.places
    slots = {"n": number(len(where.areas), lang), "first": number(first, lang)}
    if first == last:
        return say("where.place_one", lang, **slots)
    return say("where.place_among", lang, **slots, last=number(last, lang))


def _same(where: Where, area: Area, lang: str) -> str:
    others = [where.name(code, lang) for code in area.like]
    if not others:
        return say("where.alone", lang)
    return say("where.same_group", lang, areas=", ".join(others))


def _group(group: Any, lang: str) -> dict[str, str]:  # Any: a target group
    span = printed(group.expected)
    return {
        "name": say(f"where.group.{group.code}", lang),
        "residents": number(round(group.residents, -2), lang),
        "expected": number(span.value, lang),
        "interval": f"{number(span.low, lang)}–{number(span.high, lang)}",
    }


def _offers(area: Area, lang: str) -> Iterator[dict[str, str]]:
    for group in area.groups:
        for offer in group.offers:
            each = offer.cost_of_one
            yield {
                "group": say(f"where.group.{group.code}", lang),
                "way": offer.labels[lang],
                "reached": number(round(offer.reached, -2), lang),
                "cost": _thousands(offer.cost, lang),
                "each": _thousands(each.value, lang),
                "interval": f"{_thousands(each.low, lang)}–{_thousands(each.high, lang)}",
            }


def _thousands(money: float, lang: str) -> str:
    return number(money / 1_000, lang, decimals=0)


def _limits(where: Where, lang: str) -> list[str]:
    share = "share" if where.ranking.value.share_known else "share_unknown"
    most = number(where.threshold - 1, lang)
    told = [say(f"where.not.{key}", lang) for key in ("persons", "league", share)]
    return [*told, say("where.not.hidden", lang, most=most)]
