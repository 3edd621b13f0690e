"""``aiqyn link audit DIR``: persons to be searched by hand, and what the search found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words
from aiqyn.cli.link import with_cautions

if TYPE_CHECKING:
    from aiqyn.linkage.audit.ratios import Rate

SEED = 20260102


def draw_audit_file(
    folder: Path, sample: int, *, seed: int | None = None, out: Path | None = None, lang: str = "en"
) -> dict[str, Any]:  # Any: JSON
    """Write the rows to be searched by hand; say where they are.

    Raises
    ------
    InputRefused (LINK-007) when the folder holds no linkage, (LINK-010) when nobody can be drawn.
    """
    from aiqyn.linkage.audit.drawing import draw_audit
    from aiqyn.linkage.audit.drawn_from import marked
    from aiqyn.linkage.linkage_folder import LinkageFolder, write_owner_only

    linkage = LinkageFolder.open(folder)
    chosen = SEED if seed is None else seed
    stored, rows = linkage.plan(), draw_audit(linkage.records(), sample, chosen)
    file = out or linkage.path / "audit.csv"
    write_owner_only(marked(rows, linkage), file)
    text = words.say("link.audit.drawn", lang, n=words.number(rows.height, lang), file=str(file))
    told = {"rows": rows.height, "file": str(file), "seed": chosen}
    return with_cautions(told, text, stored.cautions, lang)


def audit_answers(folder: Path, answers: Path, *, lang: str = "en") -> dict[str, Any]:
    """Recall and precision of the linkage by what was found by hand.

    Raises
    ------
    InputRefused (LINK-007, LINK-011 … LINK-014, LINK-034).
    """
    from aiqyn.linkage.audit.measuring import audited_linkage
    from aiqyn.linkage.linkage_folder import LinkageFolder

    audit = audited_linkage(folder, answers)
    found, stored = audit.quality, LinkageFolder.open(folder).plan()
    told = found.to_json() | {"thresholds": dict(stored.plan.thresholds)}
    text = _text(found.recall, found.precision, found.persons, lang)
    return with_cautions(told, text, (*stored.cautions, *audit.cautions), lang)


def _text(recall: Rate, precision: Rate, persons: int, lang: str) -> str:
    lines = [words.say("link.audit.persons", lang, n=words.number(persons, lang))]
    for name, rate in (("recall", recall), ("precision", precision)):
        lines.append(words.say(f"link.audit.{name}", lang, **_shown(rate, lang)))
    return "\n".join(lines)


def _shown(rate: Rate, lang: str) -> Mapping[str, str]:
    ends = {"value": rate.value, "low": rate.low, "high": rate.high}
    return {k: "…" if v is None else words.percent(v, lang, decimals=1) for k, v in ends.items()}
