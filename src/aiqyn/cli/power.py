"""``aiqyn power``: how large an effect must be to be seen on this panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

from aiqyn import words
from aiqyn.cli.evaluate import one_of
from aiqyn.cli.panel_source import (
    PanelSource,
    panel_of_csv,
    registered_panel,
    registered_programme,
)
from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    from aiqyn.prevention.effects.panel import Panel


def power_of_source(
    source: PanelSource,
    effects: Sequence[float] = (),
    scale: str = "auto",
    comparison: str | None = None,
    seed: int | None = None,
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """``"points"`` as the contract of ``aiqyn power --json`` has them, and ``"text"`` for people.

    Parameters
    ----------
    source : a CSV with the planned starts, or a registered programme
    effects : to try, on `scale`
    scale : "share" of the outcome, "outcome" for its unit, "auto": shares for counts

    Raises
    ------
    InputRefused (PREV-001 … PREV-009), UsageRefused (PREV-015, PREV-016), AnswerRefused (PREV-010
    … PREV-012).
    """
    import numpy as np

    from aiqyn.prevention.effects import power_at, smallest_effect
    from aiqyn.prevention.effects.evaluating import SEED
    from aiqyn.prevention.effects.linear_form import Comparison
    from aiqyn.prevention.effects.power import Scale

    programme = registered_programme(source) if source.is_registered else None
    plan = programme.comparison if programme else "never-treated"
    how = one_of(comparison or plan, "comparison", get_args(Comparison))
    on = None if scale == "auto" else one_of(scale, "scale", ("auto", *get_args(Scale)))
    panel = registered_panel(source, programme) if programme else panel_of_csv(source, (), "power")
    rng = np.random.default_rng(SEED if seed is None else seed)
    points = power_at(panel, effects, rng, scale=on, comparison=how)
    least = smallest_effect(panel, rng, scale=on, comparison=how)
    lines = [_head(panel, lang), *(_line(p, lang) for p in points)]
    lines.append(_least(least, points[0].scale, lang))
    told = [{"effect": p.effect, "power": p.power, "scale": p.scale} for p in points]
    return {"points": told, "text": "\n".join(lines)}


def _head(panel: Panel, lang: str) -> str:
    slots = {
        "treated": words.number(int((~panel.never).sum()), lang),
        "comparison": words.number(int(panel.never.sum()), lang),
        "periods": words.number(len(panel.times), lang),
    }
    return words.say("power.head", lang, **slots)


def numbers(text: str) -> tuple[float, ...]:
    """The effects of ``0.05,0.1``.

    Raises
    ------
    UsageRefused (PREV-015) when one is no number, or none is given.
    """
    try:
        told = tuple(float(part) for part in text.split(","))
    except ValueError:
        told = ()
    if not told:
        raise UsageRefused("PREV-015", option="effects", allowed="0.05,0.1,0.2")
    return told


def _line(point: Any, lang: str) -> str:
    power = words.percent(point.power, lang)
    return words.say(
        f"power.line.{point.scale}",
        lang,
        effect=_size(point.effect, point.scale, lang),
        power=power,
    )


def _least(least: float | None, scale: str, lang: str) -> str:
    if least is None:
        return words.say("power.smallest.none", lang)
    return words.say("power.smallest", lang, effect=_size(least, scale, lang))


def _size(effect: float, scale: str, lang: str) -> str:
    share = scale == "share"
    return (
        words.percent(effect, lang, decimals=1) if share else words.number(effect, lang, decimals=3)
    )
