"""``aiqyn factors DIR``: the table of risk factors, and what goes with measured trafficking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn.words import number, say

if TYPE_CHECKING:
    import polars as pl

    from aiqyn.prevention.factors import FactorAnswer, FactorFile, FactorTable

REFUSED_INPUT, REFUSED_ANSWER = 3, 4  # exit codes
SHOWN = 5  # refused rows told one by one


def factors_of_folder(
    folder: str | Path,
    *,
    factors: Sequence[str] = (),
    out: str | Path | None = None,
    leave_out: bool = True,
    seed: int | None = None,
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn factors --json``.

    Returns
    -------
    ``{"read", "accepted", "refused", "files", "refusals", "factors", "values", "association"}``;
    `association` is null where nothing was measured, ``{"refused": true, "why": …}`` where it
    cannot be told.

    Raises
    ------
    InputRefused (PREV-046, PREV-047 …) when the folder holds nothing to read.
    """
    from aiqyn.prevention.factors import answer
    from aiqyn.prevention.factors.association import SEED

    root = Path(folder)
    chosen = SEED if seed is None else seed
    found = answer(root, _measured(root), factors=factors, seed=chosen, leave_out=leave_out)
    values = found.table.values
    if out is not None:
        values.write_csv(out)
    files = found.table.files
    return {
        "read": sum(f.rows for f in files),
        "accepted": sum(f.accepted for f in files),
        "refused": sum(f.refused for f in files),
        "files": [_file(f, lang) for f in files],
        "refusals": [
            {"file": r.file, "sheet": r.sheet, "row": r.row, "column": r.column, "code": r.code,
             "message": r.message(lang), "mend": r.mend(lang)}
            for r in found.table.refusals
        ],
        "factors": _factors(found.table, lang),
        "values": values.to_dicts(),
        "association": _association(found, lang),
    }  # fmt: skip


def blank_workbook(path: str | Path, lang: str) -> str:
    """Write the empty workbook and say where it is."""
    from aiqyn.prevention.factors.workbook import write_workbook

    write_workbook(path, lang)
    return say("factors.workbook.written", lang, file=str(path))


def exit_code(answer: Mapping[str, Any]) -> int:
    """3 when no row could be taken, 4 when there are counts and no honest answer, else 0."""
    if not answer["accepted"]:
        return REFUSED_INPUT
    association = answer["association"]
    return REFUSED_ANSWER if association and association["refused"] else 0


def print_factors(answer: Mapping[str, Any], lang: str) -> None:
    """Print what was read, the first refusals, the factors and the finding."""
    from rich.console import Console

    show = Console(highlight=False, markup=False).print
    counts = {k: number(answer[k], lang) for k in ("read", "accepted", "refused")}
    show(say("factors.counts", lang, **counts))
    for refusal in answer["refusals"][:SHOWN]:
        show(f"✕ {refusal['code']}  {refusal['message']}\n    {refusal['mend']}")
    for factor in answer["factors"]:
        told = {k: number(factor[k], lang) for k in ("areas", "rows")}
        slots = {"factor": factor["label"], "first": factor["first"], "last": factor["last"]}
        show("  " + say("factors.line", lang, **slots, **told))
    show(_finding(answer["association"], lang))


def _finding(association: Mapping[str, Any] | None, lang: str) -> str:
    if association is None:
        return say("factors.nothing_measured", lang)
    if association["refused"]:
        why = association["why"]
        return f"✕ {why['code']}  {why['message']}\n    {why['mend']}"
    return str(association["text"])


def _measured(root: Path) -> pl.DataFrame | None:
    if (root / "observatory.toml").is_file():
        from aiqyn.observatory import Observatory
        from aiqyn.observatory.measured_by_area import measured_by_area

        return measured_by_area(Observatory.open(root))
    from aiqyn.prevention.factors import measured_of

    return measured_of(root)


def _file(file: FactorFile, lang: str) -> dict[str, Any]:
    return {
        "file": file.file,
        "layout": file.layout,
        "read": file.rows,
        "accepted": file.accepted,
        "refused": file.refused,
        "aside": [{"reason": say(key, lang), "rows": n} for key, n in file.aside.items()],
    }


def _factors(table: FactorTable, lang: str) -> list[dict[str, Any]]:
    """Every factor that has a value, in the order of the list, with what it covers."""
    import polars as pl

    from aiqyn.prevention.factors import factor_list

    by = table.values.group_by("factor").agg(
        pl.col("area").n_unique().alias("areas"),
        pl.col("period").min().alias("first"),
        pl.col("period").max().alias("last"),
        pl.len().alias("rows"),
        pl.col("source").unique().sort().alias("sources"),
    )
    told = {row.pop("factor"): row for row in by.to_dicts()}
    return [
        {"factor": f.code, "label": f.label(lang), "group": f.group, "measures": f.parent or f.code,
         "unit": f.unit, "expected": f.direction, **told[f.code]}
        for f in factor_list().values()
        if f.code in told
    ]  # fmt: skip


def _association(found: FactorAnswer, lang: str) -> dict[str, Any] | None:
    if found.association is not None:
        return found.association.to_json(lang)
    why = found.refusal
    if why is None:
        return None
    told = {"code": why.code, "message": why.text(lang), "mend": why.mend(lang)}
    return {"refused": True, "why": told, "links": []}
