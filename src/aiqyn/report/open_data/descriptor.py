"""``datapackage.json``: what each file holds, by the Data Package standard, version 2."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from aiqyn import words
from aiqyn.report.open_data.about import About, choices
from aiqyn.report.open_data.labels import column_title, table_title
from aiqyn.report.open_data.open_tables import STATUS, OpenTable
from aiqyn.report.open_data.readme import protection

Plain = dict[str, Any]  # Any: what JSON holds
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "json": "application/json"}


def descriptor(
    tables: Sequence[OpenTable], files: Mapping[str, bytes], about: About, *, exact_tables: bool
) -> bytes:
    """The package's descriptor.

    Parameters
    ----------
    files : path in the folder -> content, of every file that is described
    exact_tables : whether the tables hold true numbers; synthetic data from the same records could
        then claim less privacy
    """
    profile, licence = choices()["profile"], choices()["licence"]
    by_name = {table.name: table for table in tables}
    told: Plain = {
        "$schema": profile["schema"],
        "profile": profile["version_1"],
        "name": about.name,
        "title": about.title("en"),
        "description": " ".join(protection(about, "en")),
        "version": about.version,
        "created": f"{about.published}T00:00:00Z",
        "licenses": [dict(licence)],
        "keywords": ["trafficking in persons", "SDG 16.2.2", about.country],
        "contributors": [{"title": about.names["en"], "roles": ["publisher"]}],
        "sources": [{"title": "agencies' records", "version": about.inputs_sha256}],
        "titles": {lang: about.title(lang) for lang in words.LANGUAGES},
        "citation": {lang: about.citation(lang) for lang in words.LANGUAGES},
        "threshold": about.threshold,
        "exactTables": exact_tables,
        "invented": about.invented,
        "resources": [
            _resource(path, content, by_name.get(_stem(path)), about)
            for path, content in sorted(files.items())
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _resource(path: str, content: bytes, table: OpenTable | None, about: About) -> Plain:
    form = path.rpartition(".")[2]
    told: Plain = {
        "name": path.replace("/", "-").replace("_", "-").replace(".", "-").lower(),
        "path": path,
        "format": form,
        "mediatype": MEDIA.get(form, "text/markdown"),
    }
    if form != "parquet":  # readers of Parquet do not count its bytes: SHA256SUMS has their hashes
        digest = hashlib.sha256(content).hexdigest()
        told |= {"bytes": len(content), "hash": f"sha256:{digest}"}
    if form == "csv":
        fields = _fields(table, about) if table else _plain_fields(content, about)
        profile = choices()["profile"]["table_version_1"]
        told |= {"type": "table", "profile": profile, "encoding": "utf-8", "schema": fields}
    if table is not None:
        titles = {lang: table_title(table.name, lang) for lang in words.LANGUAGES}
        told |= {"title": titles["en"], "titles": titles}
    return told


def _fields(table: OpenTable, about: About) -> Plain:
    fields = [_field(dim, "year" if dim == "year" else "string") for dim in table.dims]
    for dim, field in zip(table.dims, fields, strict=True):
        if dim != "year":
            codes = table.frame[dim].unique(maintain_order=True).to_list()
            field["constraints"] = {"required": True, "enum": codes}
    value = _field(table.value, "integer")
    value["constraints"] = {"minimum": 0}
    status = _field(STATUS, "string")
    status["constraints"] = {"required": True, "enum": ["shown", "small", "hidden"]}
    return {
        "fields": [*fields, value, status],
        "primaryKey": list(table.dims),
        "missingValues": _missing(about),
    }


def _missing(about: About) -> list[str]:
    return ["", f"<{about.threshold}", "x"]


def _field(name: str, kind: str) -> Plain:
    titles = {lang: column_title(name, lang) for lang in words.LANGUAGES}
    return {"name": name, "type": kind, "title": titles["en"], "titles": titles}


def _plain_fields(content: bytes, about: About) -> Plain:
    """Columns of a table that its own standard describes: text, but for numbers."""
    heading = content.split(b"\n", 1)[0].decode().split(",")
    kinds = {"persons": "integer", "OBS_VALUE": "number", "value": "number"}
    numbers = {"low", "high", "per_100k", "per_100k_low", "per_100k_high"}
    fields = [
        {"name": c, "type": "number" if c in numbers else kinds.get(c, "string")} for c in heading
    ]
    return {"fields": fields, "missingValues": _missing(about)}
