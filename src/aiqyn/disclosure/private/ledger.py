"""The budget ledger: what each data set has spent, over releases and years.

One chain of JSON lines (`aiqyn.audit`): each line holds the hash of the one before, so a line that
was changed or taken out is found, and the ledger then pays for nothing. Budget is reserved before
noise is drawn: a run that is killed has spent it. Refused files have spent what was drawn for them.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aiqyn import audit
from aiqyn.disclosure.private.zcdp import epsilon_of, rho_of
from aiqyn.errors import NotPermitted

SPENT, RELEASED, REFUSED = "private.spent", "private.released", "private.refused"
LAST_DIGIT = 1e-12  # of rho


@dataclass(frozen=True, slots=True)
class Limit:
    """What all releases of one data set may cost together: (epsilon, delta)."""

    epsilon: float
    delta: float

    @property
    def rho(self) -> float:
        """The same as zCDP."""
        return rho_of(self.epsilon, self.delta)

    def epsilon_of(self, rho: float) -> float:
        """A spent rho as epsilon at the limit's delta."""
        return epsilon_of(rho, self.delta)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger in a file; made when something is first spent."""

    path: Path

    def acts(self, dataset: str) -> list[dict[str, object]]:
        """What was done with a data set, oldest first: act, when, and the details.

        Raises
        ------
        NotPermitted (DISC-112) when a line was changed or is missing.
        """
        verdict = audit.verify(self.path)
        if not verdict.holds:
            raise NotPermitted("DISC-112", file=self.path.name, line=verdict.broken_at)
        return [
            {"act": entry["act"], "when": entry["when"], **details}
            for entry in audit.entries(self.path)
            if isinstance(details := entry["details"], dict) and details.get("dataset") == dataset
        ]

    def spent(self, dataset: str) -> float:
        """The rho that the data set's releases have cost so far."""
        return sum(float(str(a["rho"])) for a in self.acts(dataset) if a["act"] == SPENT)

    def release(self, dataset: str, release: str) -> dict[str, object] | None:
        """What was written when the release left; None where it has not."""
        left = (a for a in self.acts(dataset) if a["act"] == RELEASED and a["release"] == release)
        return next(left, None)

    def exact_tables(self, dataset: str) -> bool:
        """Whether somebody has said that exact tables of the data set are published."""
        return any(a.get("exact_tables") for a in self.acts(dataset))

    def afford(self, dataset: str, rho: float, limit: Limit) -> None:
        """Nothing, where the budget holds so much more.

        Raises
        ------
        NotPermitted (DISC-111) when it does not.
        """
        spent = self.spent(dataset)
        if spent + rho > limit.rho * (1 + LAST_DIGIT):
            raise NotPermitted(
                "DISC-111",
                dataset=dataset,
                budget=f"{limit.epsilon:g}",
                spent=f"{limit.epsilon_of(spent):.3g}",
                wanted=f"{limit.epsilon_of(spent + rho):.3g}",
            )

    def spend(
        self, dataset: str, rho: float, limit: Limit, *, today: date, **details: object
    ) -> None:
        """Reserve a part of the budget, before anything is drawn."""
        with self._alone():
            self.afford(dataset, rho, limit)
            self._write(SPENT, dataset, today, {"rho": rho, "budget": limit.epsilon, **details})

    def conclude(self, act: str, dataset: str, *, today: date, **details: object) -> None:
        """Write down how a release ended."""
        with self._alone():
            self._write(act, dataset, today, details)

    def _write(self, act: str, dataset: str, today: date, details: dict[str, object]) -> None:
        told = {"dataset": dataset, **details}
        audit.append(self.path, act, actor="aiqyn synthesise", when=today.isoformat(), details=told)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else writes meanwhile: two runs cannot spend the same budget."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
