"""One release, drawn once: the ledger pays, the file is kept, asking again gives the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from aiqyn.disclosure.private.code_tables import kind_of, read_codes_table
from aiqyn.disclosure.private.domain import Domain, domain_for
from aiqyn.disclosure.private.gate import Verdict
from aiqyn.disclosure.private.ledger import REFUSED, RELEASED, Ledger, Limit
from aiqyn.disclosure.private.mixture import mbi_module
from aiqyn.disclosure.private.noise import SecureNoise
from aiqyn.disclosure.private.noisy_tables import noisy_tables
from aiqyn.disclosure.private.privacy_note import privacy_note
from aiqyn.disclosure.private.published_files import hand_out, keep, whole
from aiqyn.disclosure.private.settings import Settings, shipped_settings
from aiqyn.disclosure.private.synthesis import Synthesis, synthesise
from aiqyn.disclosure.private.zcdp import epsilon_of, rho_of
from aiqyn.errors import NotPermitted, UsageRefused

if TYPE_CHECKING:
    import polars as pl

    from aiqyn.disclosure.private.noise import Noise

NAME = re.compile(r"[\w.-]{1,100}")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for.

    Attributes
    ----------
    out : the file to write, CSV or Parquet
    dataset, release : names under which the ledger pays and keeps
    limit : what all releases of the data set may cost together
    exact_tables : whether exact tables of the same persons are published
    """

    out: Path
    epsilon: float
    delta: float
    dataset: str
    release: str
    ledger: Ledger
    limit: Limit
    today: date
    exact_tables: bool = False

    def __post_init__(self) -> None:
        kind_of(self.out)
        if not (0 < self.epsilon < float("inf") and 0 < self.delta < 1):
            raise UsageRefused("DISC-102")
        for name in (self.dataset, self.release):
            if not NAME.fullmatch(name) or set(name) == {"."}:
                raise UsageRefused("DISC-106", name=name)

    @property
    def kept(self) -> Path:
        """Where the release's files are kept: beside the ledger."""
        return self.ledger.path.parent / "synthetic_releases" / self.dataset / self.release


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended.

    Attributes
    ----------
    verdict : the gate's
    rows : of the file; noisy
    spent : rho of this release
    file : the synthetic rows; None where the gate refused before drawing
    drawn : False when the file was kept from an earlier run
    """

    verdict: Verdict
    rows: int
    spent: float
    file: pl.DataFrame | None
    domain: Domain
    drawn: bool


def release(
    table: pl.DataFrame,
    order: Order,
    *,
    codes: Mapping[str, Iterable[str]] | None = None,
    settings: Settings | None = None,
    noise: Noise | None = None,
) -> Outcome:
    """Draw the release's file, or hand out the one that was drawn before.

    Parameters
    ----------
    codes : ``{column: [codes]}``; the shipped lists know the other columns
    noise : for tests only, and no verb passes it; else OpenDP's, which cannot be seeded

    Raises
    ------
    NotPermitted DISC-111 (over-spend), DISC-112 (ledger altered), DISC-113 (drawn already with
    another budget), DISC-114 (the kept file is gone or changed).
    """
    domain = domain_for(table.columns, codes)
    before = order.ledger.release(order.dataset, order.release)
    if before is not None:
        return _kept(before, order, domain)
    mbi_module()  # a missing part is found before anything is spent
    made = _draw(table, domain, order, settings or shipped_settings(), noise or SecureNoise())
    end = {"release": order.release, "rho": made.rho, "rows": made.rows}
    if not made.verdict.released or made.file is None:
        order.ledger.conclude(REFUSED, order.dataset, today=order.today, **end)
        return Outcome(made.verdict, made.rows, made.rho, made.file, domain, True)
    note = privacy_note(
        made,
        order.ledger,
        dataset=order.dataset,
        release=order.release,
        epsilon=order.epsilon,
        delta=order.delta,
        limit=order.limit,
        exact_tables=order.exact_tables or order.ledger.exact_tables(order.dataset),
    )
    digests = keep(order.kept, order.out.name, made.file, noisy_tables(made, domain), note)
    end |= {"epsilon": order.epsilon, "delta": order.delta, "file": order.out.name}
    order.ledger.conclude(RELEASED, order.dataset, today=order.today, sha256=digests, **end)
    hand_out(order.kept, order.out.name, order.out)
    return Outcome(made.verdict, made.rows, made.rho, made.file, domain, True)


def spent_epsilon(outcome: Outcome, delta: float) -> float:
    """What the release has spent, as epsilon at `delta`."""
    return epsilon_of(outcome.spent, delta)


def _draw(
    table: pl.DataFrame, domain: Domain, order: Order, settings: Settings, noise: Noise
) -> Synthesis:
    """One draw, each part of the budget reserved before it; the whole must be there first."""
    import numpy as np

    rho = rho_of(order.epsilon, order.delta)
    order.ledger.afford(order.dataset, rho, order.limit)
    spend = partial(
        order.ledger.spend,
        order.dataset,
        limit=order.limit,
        today=order.today,
        release=order.release,
        exact_tables=order.exact_tables,
    )
    return synthesise(
        table,
        domain,
        rho=rho,
        delta=order.delta,
        noise=noise,
        rng=np.random.default_rng(),
        settings=settings,
        reserve=spend,
    )


def _kept(before: Mapping[str, object], order: Order, domain: Domain) -> Outcome:
    """The release as it left; a draw of another budget under the same name is refused."""
    if (before["epsilon"], before["delta"]) != (order.epsilon, order.delta):
        raise NotPermitted("DISC-113", release=order.release, epsilon=before["epsilon"])
    digests, name = before["sha256"], str(before["file"])
    if not isinstance(digests, dict) or not whole(order.kept, digests):
        raise NotPermitted("DISC-114", release=order.release)
    if kind_of(order.out) != kind_of(Path(name)):
        raise UsageRefused("DISC-115", release=order.release, kind=kind_of(Path(name)))
    hand_out(order.kept, name, order.out)
    rows = int(str(before["rows"]))
    verdict = Verdict(True, "synthetic.why.kept", {"rows": rows})
    file = read_codes_table(order.out)
    return Outcome(verdict, rows, float(str(before["rho"])), file, domain, False)
