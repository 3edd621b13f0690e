"""A mapping file (YAML or TOML) -> `Mapping`, with a refusal that says which key is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused
from aiqyn.intake import mapping as m
from aiqyn.intake.field_defaults import defaults_of, table_names

NAME = re.compile(r"[a-z0-9_]+")
TOP = (
    "schema", "name", "title", "source", "agency", "missing", "report_year", "guess", "sheets",
    "about",
)  # fmt: skip
SHEET = (
    "name", "optional", "header", "skip_after", "not_content", "unpivot", "identity", "ignore",
    "unknown_columns", "rules", "duplicates", "records",
)  # fmt: skip
FIELD = (
    "from", "constant", "flags", "any_of", "kind", "list", "values", "values_only", "otherwise",
    "split", "missing", "required", "missing_column", "min", "max", "pattern", "date_formats",
    "thousands", "decimal", "several", "keep_parents", "free_text", "on", "off", "blank",
    "less_than", "statuses",
)  # fmt: skip
KINDS = ("text", "code", "codes", "integer", "number", "count", "date", "year", "boolean")


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
    return read_mapping(_parse(text, where), where, folder=folder)


def read_mapping(raw: object, where: str, *, folder: Path | None = None) -> m.Mapping:
    """The mapping held in plain lists and dictionaries.

    Parameters
    ----------
    where : the file's name, for refusals
    folder : where tables of spellings (``values: {file: …}``) are looked for first
    """
    top = _Node(where, "", raw, folder)
    top.only(TOP)
    top.choice("schema", (1,))
    name = top.text("name")
    missing = top.texts("missing")
    sheets = tuple(_sheet(node, missing) for node in top.nodes("sheets"))
    guess = top.node("guess")
    guess.only(("never", "headings"))
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


class _Node:
    """A place in a mapping file that can say what is wrong with it."""

    def __init__(self, file: str, path: str, raw: object, folder: Path | None = None) -> None:
        self.file, self.path, self.folder = file, path, folder
        if raw is not None and not isinstance(raw, AnyMapping):
            raise self._wrong_kind(path or "/", "{key: value}")
        self.raw: dict[str, Any] = {str(k): v for k, v in (raw or {}).items()}

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _wrong_kind(self, path: str, expected: str) -> InputRefused:
        return InputRefused("INTAKE-094", file=self.file, key=path, expected=expected)

    def only(self, allowed: tuple[str, ...]) -> None:
        for key in self.raw:
            if key not in allowed:
                raise InputRefused(
                    "INTAKE-092", file=self.file, key=self._at(key), allowed=_nearest(key, allowed)
                )

    def need(self, key: str) -> Any:
        if self.raw.get(key) is None:
            raise InputRefused("INTAKE-093", file=self.file, key=self._at(key))
        return self.raw[key]

    def text(self, key: str, default: Any = ...) -> Any:
        value = self.need(key) if default is ... else self.raw.get(key, default)
        if value is not None and not isinstance(value, (str, int, float)):
            raise self._wrong_kind(self._at(key), "text")
        return None if value is None else _as_text(value)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        return default if self.raw.get(key) is None else _texts(self, key, self.raw[key])

    def number(self, key: str) -> float | None:
        value = self.raw.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise self._wrong_kind(self._at(key), "1, 2, 3 …")
        return value

    def whole(self, key: str, default: int) -> int:
        value = self.number(key)
        if value is not None and (value != int(value) or value < 0):
            raise self._wrong_kind(self._at(key), "0, 1, 2 …")
        return default if value is None else int(value)

    def flag(self, key: str) -> bool:
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong_kind(self._at(key), "true, false")
        return value

    def choice(self, key: str, allowed: tuple[Any, ...], default: Any = ...) -> Any:
        value = self.need(key) if default is ... else self.raw.get(key, default)
        if value not in allowed and value != default:
            raise self._wrong_kind(self._at(key), ", ".join(map(str, allowed)))
        return value

    def node(self, key: str) -> _Node:
        return _Node(self.file, self._at(key), self.raw.get(key), self.folder)

    def nodes(self, key: str) -> list[_Node]:
        value = self.need(key)
        if not isinstance(value, list) or not value:
            raise self._wrong_kind(self._at(key), "- …")
        places = (f"{self._at(key)}[{i}]" for i in range(1, len(value) + 1))
        return [
            _Node(self.file, at, raw, self.folder) for at, raw in zip(places, value, strict=True)
        ]

    def optional_nodes(self, key: str) -> list[_Node]:
        return self.nodes(key) if self.raw.get(key) else []

    def pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple((key, _as_text(value)) for key, value in self.raw.items())


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _texts(node: _Node, key: str, value: object) -> tuple[str, ...]:
    many = value if isinstance(value, list) else [value]
    if any(isinstance(v, (dict, list)) for v in many):
        raise node._wrong_kind(node._at(key), "[a, b]")
    return tuple("" if v is None else _as_text(v) for v in many)


def _nearest(key: str, allowed: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    first = get_close_matches(key, allowed, n=1)
    return ", ".join([*first, *(a for a in allowed if a not in first)])


def _sheet(node: _Node, missing: tuple[str, ...]) -> m.SheetRule:
    node.only(SHEET)
    identity = node.node("identity")
    identity.only(m.IDENTITY)
    return m.SheetRule(
        records=tuple(_record(n, missing) for n in node.nodes("records")),
        names=node.texts("name"),
        optional=node.flag("optional"),
        header=_header(node.node("header")),
        skip_after=node.whole("skip_after", 0),
        not_content=node.texts("not_content"),
        unpivot=_unpivot(node.node("unpivot")) if node.raw.get("unpivot") else None,
        identity=tuple((key, identity.texts(key)) for key in identity.raw),
        ignore=node.texts("ignore"),
        unknown_columns=node.choice("unknown_columns", ("caution", "ignore", "refuse"), "caution"),
        rules=tuple(_rule(n) for n in node.optional_nodes("rules")),
        duplicates=_duplicates(node.node("duplicates")) if node.raw.get("duplicates") else None,
    )


def _header(node: _Node) -> m.Header:
    node.only(("row", "rows", "within", "joined_by"))
    auto = node.raw.get("row", "auto") == "auto"
    return m.Header(
        row=None if auto else max(1, node.whole("row", 1)),
        rows=max(1, node.whole("rows", 1)),
        within=max(1, node.whole("within", 25)),
        joined_by=node.text("joined_by", " / "),
    )


def _unpivot(node: _Node) -> m.Unpivot:
    node.only(("value", "columns", "keep_empty"))
    columns = []
    for part in node.nodes("columns"):
        part.only(("heading", "matching", "set"))
        pattern = _pattern(part, "matching")
        if not pattern:
            part.need("heading")
        columns.append(m.UnpivotColumn(part.texts("heading"), pattern, part.node("set").pairs()))
    return m.Unpivot(tuple(columns), node.text("value", "value"), node.flag("keep_empty"))


def _rule(node: _Node) -> m.RowRule:
    node.only(("aside", "refuse", "when"))
    aside = node.choice("aside", m.ASIDE, None)
    refuse = node.text("refuse", None)
    if (aside is None) == (refuse is None):
        raise InputRefused("INTAKE-093", file=node.file, key=node._at("aside"))
    return m.RowRule(_conditions(node.node("when")), aside, refuse)


def _conditions(node: _Node) -> tuple[m.Condition, ...]:
    if not node.raw:
        raise InputRefused("INTAKE-093", file=node.file, key=node.path)
    return tuple(_condition(node, heading) for heading in node.raw)


def _condition(node: _Node, heading: str) -> m.Condition:
    value = node.raw[heading]
    if not isinstance(value, AnyMapping):
        return m.Condition(heading, _texts(node, heading, value))
    part = node.node(heading)
    part.only(("empty", "not", "matches"))
    empty = part.flag("empty") if "empty" in part.raw else None
    return m.Condition(
        heading, part.texts("not"), "not" in part.raw, empty, _pattern(part, "matches")
    )


def _duplicates(node: _Node) -> m.Duplicates:
    node.only(("exact", "key", "conflicting"))
    return m.Duplicates(
        node.choice("exact", ("aside", "keep", "refuse"), "aside"),
        node.texts("key"),
        node.choice("conflicting", ("refuse", "keep", "interval"), "refuse"),
    )


def _record(node: _Node, missing: tuple[str, ...]) -> m.RecordRule:
    node.only(("table", "fields", "when", "when_any"))
    table = node.choice("table", table_names())
    fields = node.node("fields")
    node.need("fields")
    known = defaults_of(table)
    fields.only(tuple(known))
    return m.RecordRule(
        table=table,
        fields=tuple(_field(fields, name, table, missing) for name in fields.raw),
        when=_conditions(node.node("when")) if node.raw.get("when") else (),
        when_any=node.texts("when_any"),
    )


def _field(parent: _Node, name: str, table: str, missing: tuple[str, ...]) -> m.FieldRule:
    raw = parent.raw[name]
    short = isinstance(raw, (str, list))  # `sex: Sex` is `sex: {from: Sex}`
    node = _Node(parent.file, parent._at(name), {"from": raw} if short else raw, parent.folder)
    return _field_rule(node, name, table, missing)


def _field_rule(node: _Node, name: str, table: str, missing: tuple[str, ...]) -> m.FieldRule:
    node.only(FIELD)
    if not any(key in node.raw for key in ("from", "constant", "flags", "any_of")):
        raise InputRefused("INTAKE-093", file=node.file, key=node._at("from"))
    standard = defaults_of(table)[name]
    code_list = node.text("list", standard.code_list)
    required = node.flag("required")
    bounds = (0.0, 120.0) if name == "age" else (None, None)
    missing_column = node.text("missing_column", "refuse" if required else None)
    return m.FieldRule(
        name=name,
        headings=node.texts("from"),
        constant=_constant(node),
        has_constant="constant" in node.raw,
        flags=tuple((key, node.node("flags").texts(key)) for key in node.node("flags").raw),
        any_of=tuple(_field_rule(n, name, table, missing) for n in node.optional_nodes("any_of")),
        kind=node.choice("kind", KINDS, standard.kind),
        code_list=None if code_list == "none" else code_list,
        values=_values(node),
        values_only=node.flag("values_only"),
        otherwise=node.text("otherwise", None),
        has_otherwise="otherwise" in node.raw,
        split=node.texts("split", m.SPLIT),
        missing=node.texts("missing", missing),
        required=required,
        refuse_missing_column=missing_column == "refuse",
        minimum=bounds[0] if node.number("min") is None else node.number("min"),
        maximum=bounds[1] if node.number("max") is None else node.number("max"),
        pattern=_pattern(node, "pattern"),
        date_formats=node.texts("date_formats", m.DATE_FORMATS),
        thousands=node.text("thousands", None),
        decimal=node.text("decimal", None),
        several=node.choice("several", ("refuse", "first"), "refuse"),
        keep_parents=node.flag("keep_parents"),
        free_text=node.flag("free_text"),
        on=node.texts("on", m.ON),
        off=node.texts("off", m.OFF),
        blank=node.choice("blank", ("unknown", "off"), "unknown"),
        less_than=node.flag("less_than"),
        statuses=_statuses(node.node("statuses")),
    )


def _statuses(node: _Node) -> tuple[tuple[str, str], ...]:
    return tuple((token, node.choice(token, m.STATUSES)) for token in node.raw)


def _constant(node: _Node) -> m.Cell | tuple[str, ...]:
    value = node.raw.get("constant")
    return _texts(node, "constant", value) if isinstance(value, list) else value


def _values(node: _Node) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    part = node.node("values")
    told = _shared_values(part) if "file" in part.raw else {}
    told |= {
        k: None if v is None else _texts(part, k, v) for k, v in part.raw.items() if k != "file"
    }
    return tuple(told.items())


def _shared_values(node: _Node) -> dict[str, tuple[str, ...] | None]:
    """A table of spellings: CSV with the columns ``theirs,ours``; `ours` empty = not recorded."""
    import csv

    name = node.text("file")
    own = node.folder / name if node.folder else None
    shipped_one = files("aiqyn").joinpath("data", "mappings", name)
    try:
        text = (own if own and own.is_file() else shipped_one).read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines()))
        return {
            row["theirs"]: tuple(row["ours"].split(";")) if row["ours"] else None for row in rows
        }
    except (OSError, KeyError, UnicodeDecodeError, AttributeError):
        raise InputRefused(
            "INTAKE-090", mapping=name, allowed="values/*.csv: theirs,ours"
        ) from None


def _pattern(node: _Node, key: str) -> str | None:
    text: str | None = node.text(key, None)
    if text is not None:
        try:
            re.compile(text)
        except re.error:
            raise node._wrong_kind(node._at(key), "regex") from None
    return text
