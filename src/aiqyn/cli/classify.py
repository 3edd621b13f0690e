"""`aiqyn classify`: a CSV of records in, a verdict and its reason for each definition out."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TextIO

from aiqyn.errors import InputRefused

if TYPE_CHECKING:
    import polars as pl

ELEMENTS: tuple[Literal["acts", "means", "purposes"], ...] = ("acts", "means", "purposes")
COLUMNS = ("id", "age", *ELEMENTS)
LANGUAGES = ("kk", "ru", "en")
OLDEST = 120  # years; an age above is a slip of the pen
FIRST_SHOWN = 5  # cells named before the message says how many there are in all


class CellsRefused(InputRefused):
    """Cells that cannot be taken: all of them at once, so that they can be mended at once.

    Attributes
    ----------
    cells : tuple of InputRefused   one for each cell, in the file's order
    """

    def __init__(self, file: str, cells: Sequence[InputRefused]) -> None:
        self.cells = tuple(cells)
        super().__init__("CLASSIFY-009", file=file, n=len(cells))

    def text(self, lang: str = "en") -> str:
        """The first cells with what is wrong in each, then how many there are."""
        first = [f"{one.text(lang)} {one.mend(lang)}" for one in self.cells[:FIRST_SHOWN]]
        return "\n".join([*first, super().text(lang)])


def classify_file(
    path: str | Path, definitions: Sequence[str] | None, lang: str = "en", on: date | None = None
) -> list[dict[str, Any]]:  # Any: the values of a JSON object
    """Each record of a CSV under each definition, as the JSON list of `aiqyn classify`.

    Parameters
    ----------
    path : CSV in UTF-8 with the columns ``id,age,acts,means,purposes``; codes joined by ``;``,
        empty = not recorded, ``none`` = recorded as absent; age in years
    definitions : names in the order wanted; None or none given = all
    lang : language of ``definition_label`` and ``verdict_label``
    on : the day whose law applies; None = the newest texts

    Returns
    -------
    ``id, definition, verdict, missing, reason`` (kk, ru, en), in the order of the file; besides
    ``in_force`` (first day of the text used) and the two labels.

    Raises
    ------
    InputRefused (CLASSIFY-003, -007, and CLASSIFY-009 naming every bad cell); UsageRefused or
    AnswerRefused for the definitions.
    """
    from aiqyn.standard.classifier import classify

    names = [name.strip() for name in definitions or () if name.strip()]
    verdicts = classify(read_records(Path(path)), names, on=on)
    said: dict[tuple[Any, ...], dict[str, Any]] = {}
    return [_json(row, lang, said) for row in verdicts.iter_rows(named=True)]


def print_verdicts(verdicts: list[dict[str, Any]], lang: str = "en") -> None:
    """Print what `classify_file` found, for a person: record, definition, verdict, reason."""
    from aiqyn.standard.code_lists import code_list
    from aiqyn.standard.definitions import definition

    for one in verdicts:
        text = definition(one["definition"], date.fromisoformat(one["in_force"]))
        verdict = code_list("verdict").label(one["verdict"], lang)
        print(f"{one['id']}  {text.label(lang)}: {verdict}")
        print(f"    {one['reason'][lang]}")


def read_records(path: Path) -> pl.DataFrame:
    """The contract's CSV as a table for `classify`.

    Raises
    ------
    InputRefused as `classify_file` does.
    """
    import polars as pl

    refused: list[InputRefused] = []
    rows = [_record(cells, Place(path.name, n), refused) for n, cells in _rows(path)]
    if refused:
        raise CellsRefused(path.name, refused)
    codes = pl.List(pl.String)
    kinds = (pl.String, pl.Float64, codes, codes, codes)
    return pl.DataFrame(rows, schema=dict(zip(COLUMNS, kinds, strict=True)), orient="row")


class Place(NamedTuple):
    """Where a cell stands: the file's name and the sheet's own row number (header = 1)."""

    file: str
    row: int


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Row number and cells by column; wholly empty rows are left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True, delimiter=_delimiter(stream))
            heading = [name.strip().lower() for name in next(reader, [])]
            read = [(n, cells) for n, cells in enumerate(reader, start=2) if any(cells)]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise InputRefused("CLASSIFY-007", file=path.name) from fault
    for column in COLUMNS:
        if column not in heading:
            raise InputRefused("CLASSIFY-003", file=path.name, column=column)
    return [(n, _by_column(heading, cells)) for n, cells in read]


def _delimiter(stream: TextIO) -> str:
    """A comma; a semicolon where the headings stand so (Excel in Kazakh and Russian writes it)."""
    first = stream.readline()
    stream.seek(0)
    return ";" if ";" in first and "," not in first else ","


_BEYOND = "beyond the headings"


def _by_column(heading: list[str], cells: list[str]) -> dict[str, str]:
    named = dict(zip_longest(heading, cells[: len(heading)], fillvalue=""))
    beyond = "".join(cells[len(heading) :]).strip()
    return named | ({_BEYOND: beyond} if beyond else {})


def _record(cells: dict[str, str], place: Place, refused: list[InputRefused]) -> tuple[object, ...]:
    if _BEYOND in cells:
        refused.append(InputRefused("CLASSIFY-008", **place._asdict()))
        return ()
    age: object = None
    codes: list[list[str]] = []
    try:
        age = _age(cells["age"])
    except InputRefused as fault:
        refused.append(_placed(fault, place))
    for element in ELEMENTS:
        try:
            codes.append(_codes(cells[element], element))
        except InputRefused as fault:
            refused.append(_placed(fault, place))
    return (cells["id"].strip(), age, *codes)


def _age(text: str) -> float | None:
    text = text.strip().lower()
    if text in ("", "unknown"):
        return None
    plain = re.fullmatch(r"\d{1,3}(?:[.,]\d+)?", text)
    if plain is None or float(text.replace(",", ".")) > OLDEST:
        shown = text if re.fullmatch(r"-?\d{1,6}(?:[.,]\d{1,4})?", text) else "…"
        raise InputRefused("CLASSIFY-006", value=shown)
    return float(text.replace(",", "."))


def _codes(text: str, element: Literal["acts", "means", "purposes"]) -> list[str]:
    from aiqyn.standard.classifier import Recorded

    codes = [code for part in text.lower().split(";") if (code := part.strip())]
    Recorded.of(codes, element)
    return codes


_IN_A_FILE = {"CLASSIFY-001": "CLASSIFY-004", "CLASSIFY-002": "CLASSIFY-005"}


def _placed(fault: InputRefused, place: Place) -> InputRefused:
    code = _IN_A_FILE.get(fault.code, fault.code)
    return InputRefused(code, **place._asdict(), **fault.slots)


def _json(
    row: dict[str, Any], lang: str, said: dict[tuple[Any, ...], dict[str, Any]]
) -> dict[str, Any]:  # Any: as in `classify_file`
    """One verdict; rows alike share their sentences, which `said` keeps."""
    alike = tuple(str(row[name]) for name in _SAME)
    if alike not in said:
        said[alike] = _words(row, lang)
    own = {name: row[name] for name in ("id", "definition", "verdict", "missing")}
    return own | said[alike]


_SAME = ("definition", "version", "verdict", "missing", "reason_key", "citations", "codes")


def _words(row: dict[str, Any], lang: str) -> dict[str, Any]:
    from aiqyn.standard.code_lists import code_list
    from aiqyn.standard.definitions import definition
    from aiqyn.standard.reasons import reason

    return {
        "reason": {language: reason(row, language) for language in LANGUAGES},
        "in_force": row["version"].isoformat(),
        "definition_label": definition(row["definition"], row["version"]).label(lang),
        "verdict_label": code_list("verdict").label(row["verdict"], lang),
    }
