"""A file whose rows were not all written in one encoding: half of its names would be read wrong."""

from __future__ import annotations

from pathlib import Path

from aiqyn.errors import InputRefused
from aiqyn.intake.unpack import file_bytes

MOST = 0.5  # of the rows with letters beyond ASCII are UTF-8: then the others are the strange ones
QUOTED = 5  # row numbers in a message
SIGNS = (b"PK", b"PAR1", b"\xd0\xcf", b"\xff\xfe", b"\xfe\xff")  # workbooks, Parquet, UTF-16


def refuse_mixed_encodings(path: Path) -> None:
    """Refuse a text file of which most rows are UTF-8 and some are not.

    Raises
    ------
    InputRefused (LINK-030) with the numbers of the strange rows.
    """
    data = file_bytes(path)
    if data.startswith(SIGNS) or _utf8(data):
        return
    beyond = [(n, line) for n, line in enumerate(data.splitlines(), 1) if not line.isascii()]
    strange = [n for n, line in beyond if not _utf8(line)]
    if strange and 1 - len(strange) / len(beyond) >= MOST:
        rows = ", ".join(map(str, strange[:QUOTED]))
        raise InputRefused("LINK-030", file=path.name, n=len(strange), rows=rows)


def _utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
