"""The pictures of a programme: event study, placebo cloud, power curve."""

from __future__ import annotations

from collections.abc import Iterator

from aiqyn.report.chapters.programmes.amounts import amount
from aiqyn.report.model import (
    Block,
    Callout,
    Chart,
    Column,
    Count,
    Label,
    Row,
    Sentence,
    Share,
    Table,
    Words,
    sentence,
)
from aiqyn.report.programme_evidence import Answer, ProgrammeEvidence

FEWEST_PLACEBOS = 5


def figures(one: ProgrammeEvidence) -> Iterator[Block]:
    """Those that this design and these numbers allow."""
    answer = one.answer
    if answer is None:
        return
    if one.facts.design == "staggered-did" and not answer.event:
        yield Callout(
            "note",
            sentence("report.programmes.few_persons.title"),
            (sentence("report.programmes.few_persons"),),
        )
    if one.facts.design == "staggered-did" and answer.event:
        yield _event_study(one, answer)
    if len(answer.placebos) >= FEWEST_PLACEBOS:
        yield _placebo_cloud(one, answer)
    if answer.power:
        yield _power_curve(one, answer)


def _event_study(one: ProgrammeEvidence, answer: Answer) -> Chart:
    rows = tuple(
        {"event": event, "value": value, "low": low, "high": high, "state": "shown"}
        for event, value, low, high in answer.event
    )
    keys = ("event", "value", "interval")
    cells = tuple(
        {
            "event": sentence("report.programmes.number", value=Count(event)),
            "value": sentence("report.programmes.number", value=Count(value, 1)),
            "interval": _range(low, high),
        }
        for event, value, low, high in answer.event
    )
    alt = _effect_alt("event_study", answer)
    return _chart("event_study", one, rows, alt, _table("event_study", one, keys, cells))


def _placebo_cloud(one: ProgrammeEvidence, answer: Answer) -> Chart:
    own = {"value": answer.value, "low": answer.low, "high": answer.high}
    others = [{"value": value, "main": False, "state": "shown"} for value in answer.placebos]
    rows: tuple[Row, ...] = (*others, {**own, "main": True, "state": "shown"})
    larger = sum(abs(value) >= abs(answer.value) for value in answer.placebos)
    told = (
        ("own", sentence("report.programmes.number", value=amount(answer.value))),
        ("count", sentence("report.programmes.number", value=Count(len(answer.placebos)))),
        ("larger", sentence("report.programmes.number", value=Count(larger))),
        ("spread", _range(answer.placebos[0], answer.placebos[-1])),
    )
    cells = tuple(
        {"what": Words(f"report.programmes.placebo.{key}"), "value": value} for key, value in told
    )
    counts = {"n": Count(len(answer.placebos)), "larger": Count(larger)}
    alt = sentence("report.programmes.placebo_cloud.alt", effect=amount(answer.value), **counts)
    table = _table("placebo_cloud", one, ("what", "value"), cells)
    return _chart("placebo_cloud", one, rows, alt, table)


def _power_curve(one: ProgrammeEvidence, answer: Answer) -> Chart:
    rows = tuple(
        {"effect": effect, "value": power, "state": "shown"} for effect, power in answer.power
    )
    cells = tuple(
        {
            "effect": sentence("report.programmes.number", value=Share(effect, signed=True)),
            "power": sentence("report.programmes.number", value=Share(power)),
        }
        for effect, power in answer.power
    )
    table = _table("power_curve", one, ("effect", "power"), cells)
    key = "report.programmes.power_curve.alt"
    least = answer.least
    alt = (
        sentence(f"{key}.none") if least is None else sentence(key, least=Share(least, signed=True))
    )
    expected = one.facts.expected if one.facts.scale == "share" else None
    return _chart("power_curve", one, rows, alt, table, {"expected": expected})


def _chart(
    kind: str,
    one: ProgrammeEvidence,
    rows: tuple[Row, ...],
    alt: Sentence,
    table: Table,
    extra: dict[str, object] | None = None,
) -> Chart:
    key = f"report.programmes.{kind}"
    return Chart(
        f"{kind}_{one.facts.code}",
        kind,  # type: ignore[arg-type]  # one of the three kinds of this file
        sentence(key, title=Label("programme_title", one.facts.code)),
        sentence(f"{key}.subtitle"),
        alt,
        rows,
        table=table,
        extra=extra or {},
        caption=(alt,) if kind == "power_curve" else (),
    )


def _table(
    kind: str, one: ProgrammeEvidence, keys: tuple[str, ...], rows: tuple[Row, ...]
) -> Table:
    columns = tuple(
        Column(key, sentence(f"report.programmes.column.{key}"), "text") for key in keys
    )
    title = sentence(f"report.programmes.{kind}.table")
    return Table(f"{kind}_table_{one.facts.code}", title, columns, rows, symbols=False)


def _effect_alt(kind: str, answer: Answer) -> Sentence:
    ends = {"low": amount(answer.low), "high": amount(answer.high)}
    return sentence(f"report.programmes.{kind}.alt", effect=amount(answer.value), **ends)


def _range(low: float, high: float) -> Sentence:
    return sentence("report.programmes.range", low=Count(low, 1), high=Count(high, 1))
