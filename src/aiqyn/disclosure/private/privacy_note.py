"""What the published file says about its own privacy: no more than is left."""

from __future__ import annotations

from aiqyn import words
from aiqyn.disclosure.private.ledger import Ledger, Limit
from aiqyn.disclosure.private.synthesis import Synthesis

UNIT = "one person is one row; neighbours differ by one row added or removed"


def privacy_note(
    made: Synthesis,
    ledger: Ledger,
    *,
    dataset: str,
    release: str,
    epsilon: float,
    delta: float,
    limit: Limit,
    exact_tables: bool,
) -> dict[str, object]:
    """The release's note: noisy and public numbers only, sentences in three languages."""
    together = limit.epsilon_of(ledger.spent(dataset))
    key = "synthetic.note.exact" if exact_tables else "synthetic.note.plain"
    slots = {"epsilon": f"{epsilon:g}", "delta": f"{delta:g}", "together": f"{together:.3g}"}
    return {
        "dataset": dataset,
        "release": release,
        "epsilon": epsilon,
        "delta": delta,
        "rho": made.rho,
        "unit": UNIT,
        "all_releases": {"epsilon": together, "delta": limit.delta, "budget": limit.epsilon},
        "exact_tables_exist": exact_tables,
        "rows": made.rows,
        "rows_sigma": made.rows_sigma,
        "pairs_error_measured_with_noise": made.pairs_error,
        "read_no_less_than": _readable(made),
        "note": {lang: words.say(key, lang, **slots) for lang in words.LANGUAGES},
    }


def _readable(made: Synthesis) -> dict[str, int]:
    """By ways: persons below which a cell is mostly noise (1.96 sigma of the least exact table)."""
    found: dict[str, int] = {}
    if made.levels is not None:
        for table in (*made.levels.by_code, *made.measured):
            ways = str(len(table.clique))
            found[ways] = max(found.get(ways, 0), round(1.96 * table.sigma))
    return found
