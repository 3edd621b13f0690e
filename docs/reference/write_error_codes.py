"""Write error_codes.md from the catalogue: ``python docs/reference/write_error_codes.py``."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from aiqyn import words

PAGE = Path(__file__).with_name("error_codes.md")
CODE = re.compile(r"[A-Z]+-\d+")
TABLE = "| code | what | how to mend |\n| --- | --- | --- |"
FAMILIES = {
    "CLASSIFY": "The file of `aiqyn classify`",
    "DEFINITION": "Definitions and dates",
    "DISC": "Disclosure",
    "EST": "Estimates of the hidden number",
    "FIGURES": "The table of `aiqyn figures`",
    "INTAKE": "Agencies' files and mappings",
    "KNOWN": "Known errors of a source",
    "OBS": "The observatory's folder",
    "PREV": "Panels, programmes and their evaluation",
    "SIG": "Signals",
}
HEAD = """# Error codes

Written from the catalogue by `docs/reference/write_error_codes.py`; a test compares.
`{slot}` is filled in the message. The sentences stand in Kazakh and Russian too:
`aiqyn … --lang kk`. A code without a mend is a caution: the file was taken, with this doubt.
"""


def page() -> str:
    """The whole page."""
    codes = sorted(filter(CODE.fullmatch, words.keys()))
    parts = [HEAD]
    for family, members in groupby(codes, key=lambda code: code.split("-")[0]):
        rows = "\n".join(_row(code) for code in members)
        parts.append(f"\n## {FAMILIES.get(family, family)}\n\n{TABLE}\n{rows}\n")
    return "".join(parts)


def _row(code: str) -> str:
    mend = words.say_raw(f"{code}.mend") if words.has(f"{code}.mend") else ""
    return f"| {code} | {_cell(words.say_raw(code))} | {_cell(mend)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
