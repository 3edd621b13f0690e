"""``aiqyn link hand-over DIR --to FOLDER``: a linkage without names, for an observatory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiqyn import words
from aiqyn.cli.link import with_cautions


def handed_over(
    folder: Path, to: Path, answers: Path | None = None, *, lang: str = "en"
) -> dict[str, Any]:  # Any: JSON
    """Write the files; say what ``observatory.toml`` must say of them.

    Raises
    ------
    InputRefused (LINK-007, LINK-011 … LINK-014, LINK-034).
    """
    from aiqyn.linkage.handing_over import hand_over

    written = hand_over(folder, to, answers)
    names = ("persons", "audit")
    lines = [f'{key} = "{to.name}/{f.name}"' for key, f in zip(names, written.files, strict=False)]
    settings = "\n".join(["[linkage]", *lines])
    text = words.say("link.handed_over", lang, folder=str(to))
    told = {"files": [str(file) for file in written.files], "settings": settings}
    return with_cautions(told, f"{text}\n{settings}", written.cautions, lang)
