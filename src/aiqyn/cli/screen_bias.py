"""``aiqyn screen --bias``: referral and its errors by group, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words
from aiqyn.cli.screen_form import ADULTS

if TYPE_CHECKING:
    from aiqyn.signals.screening.bias import Accuracy, BiasReport, GroupBias, Share


def bias_of_forms(
    file: Path,
    list_name: str | None,
    *,
    groups: Sequence[str],
    decision: str,
    least: int,
    indicators: Path | None = None,
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn screen --bias --json``.

    Raises
    ------
    InputRefused, AnswerRefused (SIG-043, SIG-206 … SIG-208), and of `read_indicators`.
    """
    from aiqyn.signals.screening import read_indicators
    from aiqyn.signals.screening.bias import compare_groups, read_forms
    from aiqyn.signals.screening.bias.groups import OUTSIDE_BY_CHANCE

    listed = read_indicators(list_name or ADULTS, indicators)
    report = compare_groups(read_forms(file, listed, groups, decision), least)
    return {
        "list": listed.name,
        "overall": _as_json(report.overall),
        "groups": [_group(group) for group in report.groups],
        "comparisons": report.comparisons,
        "expected_by_chance": OUTSIDE_BY_CHANCE * report.comparisons,
        "text": list(_lines(report, OUTSIDE_BY_CHANCE, lang)),
        "cautions": [
            {"code": c.code, "text": words.say(c.code, lang, **c.slots)} for c in report.cautions
        ],
    }


def _group(group: GroupBias) -> dict[str, Any]:
    return {
        "column": group.column,
        "group": group.group,
        **_as_json(group.accuracy),
        "differences": {measure: _share(apart) for measure, apart in group.differences.items()},
        "apart": list(group.apart),
    }


def _as_json(accuracy: Accuracy) -> dict[str, Any]:
    from aiqyn.signals.screening.bias.accuracy import MEASURES

    shares = {measure: _share(getattr(accuracy, measure)) for measure in MEASURES}
    return {"forms": accuracy.forms, "decided": accuracy.decided, **shares}


def _share(share: Share) -> dict[str, float] | None:
    if share.value is None:
        return None
    return {"value": share.value, "low": share.low, "high": share.high}


def _lines(report: BiasReport, by_chance: float, lang: str) -> Iterator[str]:
    everyone = words.say("screening.bias.all", lang)
    yield f"{everyone}: {_measures(report.overall, lang)}"
    for group in report.groups:
        who = {"column": group.column, "group": group.group}
        yield words.say(
            "screening.bias.group", lang, **who, measures=_measures(group.accuracy, lang)
        )
        if group.apart:
            names = ", ".join(words.say(f"screening.bias.name.{m}", lang) for m in group.apart)
            yield words.say("screening.bias.apart", lang, **who, measures=names)
    n, chance = report.comparisons, by_chance * report.comparisons
    told = {"n": words.number(n, lang), "by_chance": words.number(chance, lang, decimals=1)}
    yield words.say("screening.bias.chance", lang, **told)
    yield words.say("screening.bias.not_counted", lang)


def _measures(accuracy: Accuracy, lang: str) -> str:
    from aiqyn.signals.screening.bias.accuracy import MEASURES

    return "; ".join(
        words.say(f"screening.bias.{measure}", lang, value=_shown(getattr(accuracy, measure), lang))
        for measure in MEASURES
    )


def _shown(share: Share, lang: str) -> str:
    if share.value is None:
        return words.say("screening.bias.too_few", lang)
    ends = (words.number(100 * end, lang) for end in (share.low, share.high))
    return f"{words.percent(share.value, lang)} ({words.interval(*ends)})"
