"""UNODC's table of detected victims and offenders (GLOTIP) as published counts.

The quick way in for ``aiqyn figures``: the whole file in one pass, the same rules as the mapping
``glotip`` (a test holds the two together), without the cell-by-cell refusals of ``aiqyn check``.

The traps of this file, each a test: thousands commas; sub-regional aggregates among the countries;
"<5", which is 0 to 4; exact duplicates; several rows of one cell, which are parts and add up;
"NA", which is no missing value; title rows above the heading in the portal's workbook.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused

UNIT = "Unit of measurement"
COLUMNS = (
    "Iso3_code", "Country", "Indicator", "Dimension", "Category", "Sex", "Age", "Year", UNIT,
    "txtVALUE",
)  # fmt: skip

_INDICATORS = {
    "Detected trafficking victims": "detected_victims",
    "Persons brought into formal contact": "formal_contact",
    "Persons prosecuted": "prosecuted",
    "Persons convicted": "convicted",
    "Offences of trafficking in persons": "offences",
}
_DIMENSIONS = {
    "Total": "total",
    "by form of exploitation": "form",
    "by citizenship": "citizenship",
    "by country of repatriation": "repatriation",
}
_FORMS = {
    "Sexual exploitation": "sexual",
    "Forced labour": "labour",
    "Other forms of exploitation": "other",
}
_SEXES = {
    "Total": "_all",
    "Female": "female",
    "Male": "male",
    "Other": "other",
    "Unknown": "unknown",
}
_AGES = {
    "Total": "_all",
    "0 to 17 years": "0-17",
    "18 years or over": "18+",
    "Unknown": "unknown",
}
_SARK = "GGY"  # ISO 3166 counts Sark, which has no code of its own, within Guernsey


def counts(path: str | Path) -> pl.DataFrame:
    """The file's countries as one row per printed cell, exact duplicates and aggregates left out.

    Returns
    -------
    Columns ``country indicator dimension form_group sex age_group year value low high``; persons
    (offences under ``offences``); "<5" has value null, low 0, high 4.

    Raises
    ------
    InputRefused (FIGURES-001) when the file is not such a table.
    """
    raw = _raw(Path(path))
    countries = raw.filter(pl.col("Country") != "", pl.col(UNIT) == "Counts")  # editions hold rates
    return _told(countries.unique(maintain_order=True))


def _told(raw: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("txtVALUE").str.strip_chars()
    small = text == "<5"
    value = text.str.replace_all(",", "", literal=True).cast(pl.Int64, strict=False)
    iso = pl.col("Iso3_code")
    told = raw.select(
        country=pl.when(iso == "").then(pl.lit(_SARK)).otherwise(iso),
        indicator=_as("Indicator", _INDICATORS),
        dimension=_as("Dimension", _DIMENSIONS),
        form_group=_as("Category", _FORMS).fill_null("_all"),
        sex=_as("Sex", _SEXES),
        age_group=_as("Age", _AGES),
        year=pl.col("Year").cast(pl.Int64, strict=False),
        value=value,
        low=pl.when(small).then(0).otherwise(value),
        high=pl.when(small).then(4).otherwise(value),
    )
    return told.drop_nulls(["indicator", "dimension", "sex", "age_group", "year", "low"])


def _as(column: str, codes: dict[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(codes, default=None, return_dtype=pl.String)


def _raw(path: Path) -> pl.DataFrame:
    """Every cell as text; nothing is taken for missing ("NAM" and "NA" are Namibia)."""
    try:
        read = _workbook(path) if _is_workbook(path) else _csv(path)
    except (OSError, pl.exceptions.PolarsError, ValueError) as cause:
        raise InputRefused("FIGURES-001", file=path.name) from cause
    if not set(COLUMNS) <= set(read.columns):
        raise InputRefused("FIGURES-001", file=path.name)
    return read.fill_null("")


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".ods"}


def _csv(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False, encoding="utf8-lossy")


def _workbook(path: Path) -> pl.DataFrame:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except CalamineError as cause:
        raise ValueError(path.name) from cause
    head = next((n for n, row in enumerate(rows) if "txtVALUE" in row), None)
    if head is None:
        raise ValueError(path.name)
    texts = [[_text(cell) for cell in row] for row in rows[head + 1 :]]
    return pl.DataFrame(texts, schema=[str(name) for name in rows[head]], orient="row")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
