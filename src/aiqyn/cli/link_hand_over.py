"""``aiqyn link hand-over DIR --to FOLDER``: a linkage without names, for an observatory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiqyn import words


def handed_over(
    folder: Path, to: Path, answers: Path | None = None, *, lang: str = "en"
) -> dict[str, Any]:  # Any: JSON
    """Write the files; say what ``observatory.toml`` must say of them.

    Raises
    ------
    InputRefused (LINK-007, LINK-011 … LINK-014).
    """
    from aiqyn.linkage.handing_over import hand_over

    written = hand_over(folder, to, answers)
    names = ("persons", "audit")
    lines = [f'{key} = "{to.name}/{f.name}"' for key, f in zip(names, written, strict=False)]
    settings = "\n".join(["[linkage]", *lines])
    text = words.say("link.handed_over", lang, folder=str(to))
    files = [str(file) for file in written]
    return {"files": files, "settings": settings, "text": f"{text}\n{settings}"}
