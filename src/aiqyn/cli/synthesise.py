"""The answer of ``aiqyn synthesise``: what left, what it cost, and the officer's own figures."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import typer

from aiqyn import words
from aiqyn.disclosure.private.releasing import Order, Outcome, release, spent_epsilon
from aiqyn.errors import UsageRefused


def synthesise_file(
    file: Path,
    out: Path,
    *,
    epsilon: float,
    delta: float | None,
    domain: Path | None,
    names: tuple[str, str],
    ledger: Path | None,
    budget: float | None,
    exact_tables: bool,
    today: date,
    lang: str,
) -> dict[str, Any]:  # JSON
    """Draw the release or hand out the kept one; the fields that the verb prints."""
    from aiqyn.disclosure.private import (
        Ledger,
        Limit,
        read_codes_table,
        read_domain,
        shipped_settings,
    )
    from aiqyn.disclosure.private.places import has_published, ledger_for

    if file.resolve() == out.resolve():
        raise UsageRefused("DISC-110", file=out.name)
    settings = shipped_settings()
    if budget is not None and not 0 < budget < float("inf"):
        raise UsageRefused("DISC-102")
    order = Order(
        out=out,
        epsilon=epsilon,
        delta=settings.delta if delta is None else delta,
        dataset=names[0],
        release=names[1],
        ledger=Ledger(ledger or ledger_for(out)),
        limit=Limit(budget or settings.budget, settings.delta),
        today=today,
        exact_tables=exact_tables or has_published(file, out),
    )
    table = read_codes_table(file)
    outcome = release(table, order, codes=read_domain(domain) if domain else None)
    return _answer(table, order, outcome, lang)


def print_synthesis(answer: dict[str, Any], lang: str) -> None:
    """The answer as a person reads it."""
    typer.echo("\n".join(answer["text"]))


def _answer(table: Any, order: Order, outcome: Outcome, lang: str) -> dict[str, Any]:
    from aiqyn.disclosure.private.encoding import encode
    from aiqyn.disclosure.private.true_error import codes_error, total_variation

    shape = outcome.domain.shape
    tv: dict[str, float | None] = {"1": None, "2": None, "3": None}
    apart: dict[str, object] | None = None
    if outcome.file is not None:
        real, made = encode(table, outcome.domain), encode(outcome.file, outcome.domain)
        tv = {way: total_variation(real, made, shape, int(way)) for way in tv}
        apart = {kind: asdict(error) for kind, error in codes_error(real, made, shape).items()}
    limit, spent = order.limit, order.ledger.spent(order.dataset)
    answer = {
        "rows": outcome.rows,
        "epsilon": order.epsilon,
        "delta": order.delta,
        "spent": spent_epsilon(outcome, order.delta),
        "tv": tv,
        "gate": "released" if outcome.verdict.released else "refused",
        "why": _why(outcome, lang),
        "error_by_code": apart,
        "officer_only": ["tv", "error_by_code"],
        "drawn": outcome.drawn,
        "dataset": order.dataset,
        "release": order.release,
        "ledger": {"spent": limit.epsilon_of(spent), "budget": limit.epsilon, "delta": limit.delta},
    }
    return {**answer, "text": _text(answer, order, lang)}


def _why(outcome: Outcome, lang: str) -> str:
    slots = {
        name: words.number(value, lang, decimals=0 if name == "rows" else 3)
        for name, value in outcome.verdict.slots.items()
    }
    return words.say(outcome.verdict.key, lang, **slots)


def _text(answer: dict[str, Any], order: Order, lang: str) -> list[str]:
    lines = [answer["why"]]
    if answer["gate"] == "refused":
        lines.append(words.say("synthetic.offer", lang))
    else:
        lines.append(words.say("synthetic.files", lang, file=order.out.name))
    ledger = answer["ledger"]
    spent, budget = (words.number(ledger[part], lang, decimals=2) for part in ("spent", "budget"))
    lines.append(words.say("synthetic.ledger", lang, spent=spent, budget=budget))
    if answer["tv"]["1"] is not None:
        tv = {
            f"tv_{way}": words.number(x or 0, lang, decimals=3) for way, x in answer["tv"].items()
        }
        lines.append(words.say("synthetic.officer", lang, **tv))
    return lines
