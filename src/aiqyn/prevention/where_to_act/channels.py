"""Ways to reach a target group and what they cost: ``reach.csv``, written by the office."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aiqyn.errors import InputRefused
from aiqyn.intake.open_file import open_file
from aiqyn.prevention.factors.reading import Row, heads_and_rows
from aiqyn.prevention.where_to_act.reach import Channel
from aiqyn.words import LANGUAGES

FILES = ("reference/reach.csv", "reach.csv")
COLUMNS = (
    "code", "group", "share", "cost", "currency",
    "label_kk", "label_ru", "label_en", "source",
)  # fmt: skip


def read_channels(folder: Path) -> tuple[Channel, ...]:
    """The channels of the folder; none where it has no such file.

    Raises
    ------
    InputRefused PREV-047 for a missing column, PREV-055 for what is no number, PREV-048 for a share
    above 1.
    """
    path = next((folder / name for name in FILES if (folder / name).is_file()), None)
    if path is None:
        return ()
    there, rows = heads_and_rows(open_file(path)[0])
    for name in COLUMNS:
        if name not in there:
            raise InputRefused("PREV-047", file=path.name, column=name, known=", ".join(there))
    return tuple(_channel(path.name, number, row) for number, row in rows.items())


def _channel(file: str, number: int, row: Row) -> Channel:
    share, cost = (_number(file, number, row, name) for name in ("share", "cost"))
    if not 0 < share <= 1:
        raise InputRefused("PREV-048", file=file, row=number)
    labels: Mapping[str, str] = {lang: row[f"label_{lang}"] for lang in LANGUAGES}
    plain = (row["code"], row["group"], share, cost, row["currency"])
    return Channel(*plain, labels, row["source"])


def _number(file: str, number: int, row: Row, name: str) -> float:
    try:
        value = float(row[name].replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise InputRefused("PREV-055", file=file, row=number, column=name)
    return value
