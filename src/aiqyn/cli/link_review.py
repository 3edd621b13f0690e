"""``aiqyn link review DIR``: pairs in doubt for two readers, and what they decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiqyn import words
from aiqyn.cli.link import with_cautions

SEED = 20260103
READERS = (1, 2)


def write_queue(
    folder: Path, pairs: int, *, out: Path | None = None, seed: int | None = None, lang: str = "en"
) -> dict[str, Any]:  # Any: JSON
    """Write a file for each of two readers: the same pairs, each in an order of its own.

    Raises
    ------
    InputRefused (LINK-007) when the folder holds no linkage, (LINK-015) when no pair is in doubt.
    """
    from aiqyn.linkage.linkage_folder import LinkageFolder, write_owner_only
    from aiqyn.linkage.review.queue import draw_queue, for_reader

    linkage = LinkageFolder.open(folder)
    stored = linkage.plan()
    chosen = SEED if seed is None else seed
    doubt = (stored.plan.kept, stored.plan.casework)
    queue = draw_queue(linkage.records(), linkage.pairs(), doubt, pairs, chosen)
    root = out or linkage.path
    root.mkdir(parents=True, exist_ok=True)
    files = [root / f"review-reader-{reader}.xlsx" for reader in READERS]
    for reader, file in zip(READERS, files, strict=True):
        write_owner_only(for_reader(queue, reader, chosen), file)
    shown = words.number(queue.height, lang)
    text = words.say("link.review.drawn", lang, n=shown, folder=str(root))
    named = [str(f) for f in files]
    told = {"pairs": queue.height, "files": named, "seed": chosen}
    return with_cautions(told, text, stored.cautions, lang)


def read_reviews(
    folder: Path, files: Sequence[Path], *, out: Path | None = None, lang: str = "en"
) -> dict[str, Any]:
    """What two or three readers decided; what is settled is written for ``link --decisions``.

    Raises
    ------
    InputRefused (LINK-007, LINK-016, LINK-017).
    """
    from aiqyn.linkage.linkage_folder import LinkageFolder, write_owner_only
    from aiqyn.linkage.review.decisions import read_decisions, reviewed
    from aiqyn.linkage.review.queue import third_queue

    linkage = LinkageFolder.open(folder)
    root = out or linkage.path
    read = [read_decisions(file) for file in files]
    found = reviewed(read[0], read[1], read[2] if len(read) > 2 else None)
    write_owner_only(found.decided, root / "decisions.csv")
    if found.open and len(read) == 2:
        write_owner_only(third_queue(files[0], found.open), root / "review-reader-3.xlsx")
    kappa = "…" if found.kappa is None else words.number(found.kappa, lang, decimals=2)
    slots = {"n": words.number(found.decided.height, lang), "open": len(found.open)}
    return found.to_json() | {"text": words.say("link.review.read", lang, kappa=kappa, **slots)}
