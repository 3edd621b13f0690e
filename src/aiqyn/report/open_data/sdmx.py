"""SDG 16.2.2 as SDMX: the United Nations' series, as CSV 2.0 and as JSON 2.0.

Detected victims alone: the global database has no series for an estimate of those not detected,
and none is invented here. The estimate stands in a table of its own.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from aiqyn.disclosure import ALL, Cleared, Release, cleared_counts
from aiqyn.report.open_data.about import About, choices
from aiqyn.standard import code_list

Observation = Mapping[str, str]
VALUE = "OBS_VALUE"
PER = 100_000  # residents
NUMBER, RATE = "NUMBER", "PER_100000_POP"


def observations(release: Cleared[Release], about: About) -> list[dict[str, str]]:
    """Every observation of the report's year; a hidden one has a status and no value."""
    sdmx = choices()["sdmx"]
    fixed = {**dict.fromkeys(sdmx["dimensions"], "_T"), **sdmx["fixed"]}
    fixed |= {"REF_AREA": _area(about.country), "TIME_PERIOD": str(about.year)}
    common = {"UNIT_MULT": "0", "NATURE": "C", "TIME_DETAIL": str(about.year), "COMMENT_OBS": ""}
    common["SOURCE_DETAIL"] = about.citation("en")
    return [{**fixed, **common, **found} for found in _found(release, about)]


def sdmx_csv(found: list[dict[str, str]]) -> bytes:
    """SDMX-CSV 2.0: structure, action, dimensions, value, attributes."""
    sdmx = choices()["sdmx"]
    columns = [*sdmx["dimensions"], VALUE, *sdmx["attributes"]]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *columns])
    for row in found:
        writer.writerow(["dataflow", sdmx["dataflow"], "I", *(row[c] for c in columns)])
    return stream.getvalue().encode()


def sdmx_json(found: list[dict[str, str]], about: About) -> bytes:
    """SDMX-JSON 2.0 data message, flat: each observation under the places of its codes."""
    sdmx = choices()["sdmx"]
    dims, attributes = sdmx["dimensions"], sdmx["attributes"]
    values = {c: list(dict.fromkeys(row[c] for row in found)) for c in [*dims, *attributes]}
    cells = {
        ":".join(str(values[d].index(row[d])) for d in dims): [
            float(row[VALUE]) if row[VALUE] else None,
            *(values[a].index(row[a]) for a in attributes),
        ]
        for row in found
    }
    told = {
        "meta": {
            "schema": sdmx["json_schema"],
            "id": f"{about.name}-sdg-16-2-2",
            "test": about.invented,
            "prepared": f"{about.published}T00:00:00Z",
            "sender": {"id": about.country},
        },
        "data": {
            "dataSets": [{"structure": 0, "action": "Information", "observations": cells}],
            "structures": [_structure(sdmx, dims, attributes, values)],
        },
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _structure(
    sdmx: Mapping[str, Any], dims: list[str], attributes: list[str], values: dict[str, list[str]]
) -> dict[str, Any]:  # Any: what JSON holds
    return {
        "links": [{"urn": sdmx["urn"], "rel": "dataflow"}],
        "dataSets": [0],
        "dimensions": {
            "observation": [
                {"id": d, "keyPosition": at, "values": [{"id": v} for v in values[d]]}
                for at, d in enumerate(dims)
            ]
        },
        "attributes": {
            "observation": [
                {
                    "id": a,
                    "relationship": {"observation": {}},
                    "values": [{"value": v} for v in values[a]],
                }
                for a in attributes
            ]
        },
        "measures": {"observation": [{"id": VALUE}]},
    }


def _found(release: Cleared[Release], about: About) -> Iterator[dict[str, str]]:
    sdmx = choices()["sdmx"]
    series, names = sdmx["series"], release.value.tables
    if "victims_region" in names:
        everyone = cleared_counts(release, "victims_region", year=about.year).value
        yield _observed(series["all"], {}, everyone)
        if about.residents:
            rate = None if everyone is None else round(PER * everyone / about.residents, 5)
            yield _observed(series["all_rate"], {}, rate, unit=RATE)
    if "victims_sex_age" in names:
        for sex, age in ((s, a) for s in sdmx["sex"] for a in sdmx["age"] if (s, a) != (ALL, ALL)):
            n = cleared_counts(
                release, "victims_sex_age", year=about.year, sex=sex, age_group=age
            ).value
            yield _observed(series["all"], {"SEX": sdmx["sex"][sex], "AGE": sdmx["age"][age]}, n)
    for table, dim, code, purpose in _forms(release):
        n = cleared_counts(release, table, year=about.year, **{dim: code}).value
        yield _observed(series[purpose], {}, n)


def _observed(
    series: str, codes: Mapping[str, str], n: float | None, unit: str = NUMBER
) -> dict[str, str]:
    status = choices()["sdmx"]["status"]["hidden" if n is None else "shown"]
    value = "" if n is None else f"{n:.10g}"
    return {"SERIES": series, **codes, VALUE: value, "OBS_STATUS": status, "UNIT_MEASURE": unit}


def _forms(release: Cleared[Release]) -> Iterator[tuple[str, str, str, str]]:
    """Table, dimension and code of each printed count that is a series of its own.

    A group or a form counts only where all its forms belong to the series, and no other form does:
    persons under several forms could not be added up.
    """
    frame = code_list("form").frame.select("code", "form_group", "sdg").drop_nulls()
    by_purpose: dict[str, set[str]] = {}
    for code, _, purpose in frame.iter_rows():
        by_purpose.setdefault(purpose, set()).add(code)
    groups: dict[str, set[str]] = {}
    for code, group, _ in frame.iter_rows():
        groups.setdefault(group, set()).add(code)
    for purpose, forms in sorted(by_purpose.items()):
        found = [
            ("victims_form_group", "form_group", g) for g, own in groups.items() if own == forms
        ]
        found += [("victims_form", "form", next(iter(forms)))] if len(forms) == 1 else []
        for table, dim, code in found:
            if table in release.value.tables and code in release.value.tables[table][dim]:
                yield table, dim, code, purpose


def _area(country: str) -> str:
    """The country as the SDG database writes it: M49, without leading zeros; or its own code."""
    import pycountry

    found = pycountry.countries.get(alpha_3=country)
    return str(int(found.numeric)) if found else country
