"""A mapping file (YAML or TOML) -> `Mapping`, with a refusal that says which key is wrong."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused
from aiqyn.intake import mapping as m
from aiqyn.intake.mapping_node import Node, pattern_at
from aiqyn.intake.mapping_rules import sheet_rule

NAME = re.compile(r"[a-z0-9_]+")
TOP = (
    "schema", "name", "title", "source", "agency", "missing", "report_year", "guess", "sheets",
    "about",
)  # fmt: skip


def shipped() -> tuple[str, ...]:
    """Names of the mappings that come with the package, sorted."""
    folder = files("aiqyn").joinpath("data", "mappings")
    names = (f.name for f in folder.iterdir() if f.name.endswith(".yaml"))
    return tuple(sorted(name.removesuffix(".yaml") for name in names))


def load_mapping(name_or_path: str | Path, *, extra_folder: Path | None = None) -> m.Mapping:
    """The mapping of that name (in `extra_folder`, then the shipped ones) or in that file.

    Raises
    ------
    InputRefused INTAKE-090 no such mapping, -091 the file is not YAML or TOML, -092 a key that
    does not exist, -093 a key that is missing, -094 a value of the wrong kind.
    """
    text, where = _find(name_or_path, extra_folder)
    folder = Path(name_or_path).parent if not NAME.fullmatch(str(name_or_path)) else extra_folder
    if folder is None:
        return _read_text(text, where)
    return read_mapping(_parse(text, where), where, folder=folder)


@lru_cache(maxsize=128)
def _read_text(text: str, where: str) -> m.Mapping:
    """A mapping that depends on nothing but its text and the shipped tables."""
    return read_mapping(_parse(text, where), where)


def read_mapping(raw: object, where: str, *, folder: Path | None = None) -> m.Mapping:
    """The mapping held in plain lists and dictionaries.

    Parameters
    ----------
    where : the file's name, for refusals
    folder : where tables of spellings (``values: {file: …}``) are looked for first
    """
    top = Node(where, "", raw, folder)
    top.only(TOP)
    top.choice("schema", (1,))
    name = top.text("name")
    missing = top.texts("missing")
    sheets = tuple(sheet_rule(node, missing) for node in top.nodes("sheets"))
    guess = top.node("guess")
    guess.only(("never", "headings", "file"))
    year = top.node("report_year")
    return m.Mapping(
        name=name,
        title=top.node("title").pairs(),
        sheets=sheets,
        agency=top.text("agency", None),
        source=top.node("source").pairs(),
        report_year=m.YearCell(year.text("cell"), year.texts("sheet")) if year.raw else None,
        never_guess=guess.flag("never"),
        guess_headings=guess.texts("headings"),
        guess_file=pattern_at(guess, "file"),
    )


def _find(name_or_path: str | Path, extra: Path | None) -> tuple[str, str]:
    name = str(name_or_path)
    if not NAME.fullmatch(name):
        return _read(Path(name_or_path)), Path(name).name
    for suffix in (".yaml", ".yml", ".toml"):
        if extra is not None and (extra / f"{name}{suffix}").is_file():
            return _read(extra / f"{name}{suffix}"), f"{name}{suffix}"
    if name in shipped():
        file = files("aiqyn").joinpath("data", "mappings", f"{name}.yaml")
        return file.read_text(encoding="utf-8"), f"{name}.yaml"
    raise InputRefused("INTAKE-090", mapping=name, allowed=", ".join(shipped()))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError):
        raise InputRefused("INTAKE-090", mapping=path.name, allowed=", ".join(shipped())) from None


def _parse(text: str, where: str) -> object:
    import tomllib

    import yaml

    try:
        return tomllib.loads(text) if where.endswith(".toml") else yaml.load(text, _loader())
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = str(mark.line + 1) if mark else "?"
        raise InputRefused("INTAKE-091", file=where, row=line) from None


def _loader() -> Any:
    """YAML in which only `true` and `false` are truth values and dates stay text.

    In YAML 1.1 the heading ``No``, the key ``on`` and Norway's ``NO`` are all truth values.
    """
    import yaml

    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Plain(fast):  # type: ignore[misc,valid-type]  # which of the two depends on the machine
        """Safe, and plainer."""

    kept = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int")
    Plain.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if tag not in kept]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    truth = re.compile("^(?:true|false)$")
    Plain.add_implicit_resolver("tag:yaml.org,2002:bool", truth, list("tf"))
    whole = re.compile("^(?:0|[-+]?[1-9][0-9]*)$")  # 007 and 1_000 stay text
    Plain.add_implicit_resolver("tag:yaml.org,2002:int", whole, list("-+0123456789"))
    return Plain
