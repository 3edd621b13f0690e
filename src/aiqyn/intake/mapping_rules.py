"""The parts of a mapping file -> sheet rules, record rules and field rules."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from importlib.resources import files

from aiqyn.errors import InputRefused
from aiqyn.intake import mapping as m
from aiqyn.intake.field_defaults import defaults_of, table_names
from aiqyn.intake.mapping_node import Node, pattern_at, texts_at

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


def sheet_rule(node: Node, missing: tuple[str, ...]) -> m.SheetRule:
    """How one sheet is read; `missing` are the mapping's own tokens for "nothing recorded"."""
    node.only(SHEET)
    identity = node.node("identity")
    identity.only(m.IDENTITY)
    return m.SheetRule(
        records=tuple(
            _record(n, missing, identity.texts("birth_date")) for n in node.nodes("records")
        ),
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


def _header(node: Node) -> m.Header:
    node.only(("row", "rows", "within", "joined_by"))
    auto = node.raw.get("row", "auto") == "auto"
    return m.Header(
        row=None if auto else max(1, node.whole("row", 1)),
        rows=max(1, node.whole("rows", 1)),
        within=max(1, node.whole("within", 25)),
        joined_by=node.text("joined_by", " / "),
    )


def _unpivot(node: Node) -> m.Unpivot:
    node.only(("value", "columns", "keep_empty"))
    columns = []
    for part in node.nodes("columns"):
        part.only(("heading", "matching", "set"))
        pattern = pattern_at(part, "matching")
        if not pattern:
            part.need("heading")
        columns.append(m.UnpivotColumn(part.texts("heading"), pattern, part.node("set").pairs()))
    return m.Unpivot(tuple(columns), node.text("value", "value"), node.flag("keep_empty"))


def _rule(node: Node) -> m.RowRule:
    node.only(("aside", "refuse", "when"))
    aside = node.choice("aside", m.ASIDE, None)
    refuse = node.text("refuse", None)
    if (aside is None) == (refuse is None):
        raise InputRefused("INTAKE-093", file=node.file, key=node.at("aside"))
    return m.RowRule(_conditions(node.node("when")), aside, refuse)


def _conditions(node: Node) -> tuple[m.Condition, ...]:
    if not node.raw:
        raise InputRefused("INTAKE-093", file=node.file, key=node.path)
    return tuple(_condition(node, heading) for heading in node.raw)


def _condition(node: Node, heading: str) -> m.Condition:
    value = node.raw[heading]
    if not isinstance(value, AnyMapping):
        return m.Condition(heading, texts_at(node, heading, value))
    part = node.node(heading)
    part.only(("empty", "not", "matches"))
    empty = part.flag("empty") if "empty" in part.raw else None
    return m.Condition(
        heading, part.texts("not"), "not" in part.raw, empty, pattern_at(part, "matches")
    )


def _duplicates(node: Node) -> m.Duplicates:
    node.only(("exact", "key", "conflicting"))
    return m.Duplicates(
        node.choice("exact", ("aside", "keep", "refuse"), "aside"),
        node.texts("key"),
        node.choice("conflicting", ("refuse", "keep", "interval"), "refuse"),
    )


def _record(node: Node, missing: tuple[str, ...], births: tuple[str, ...]) -> m.RecordRule:
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
        births=births if table == "victims" else (),
    )


def _field(parent: Node, name: str, table: str, missing: tuple[str, ...]) -> m.FieldRule:
    raw = parent.raw[name]
    short = isinstance(raw, (str, list))  # `sex: Sex` is `sex: {from: Sex}`
    node = Node(parent.file, parent.at(name), {"from": raw} if short else raw, parent.folder)
    return _field_rule(node, name, table, missing)


def _field_rule(node: Node, name: str, table: str, missing: tuple[str, ...]) -> m.FieldRule:
    node.only(FIELD)
    if not any(key in node.raw for key in ("from", "constant", "flags", "any_of")):
        raise InputRefused("INTAKE-093", file=node.file, key=node.at("from"))
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
        pattern=pattern_at(node, "pattern"),
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


def _statuses(node: Node) -> tuple[tuple[str, str], ...]:
    return tuple((token, node.choice(token, m.STATUSES)) for token in node.raw)


def _constant(node: Node) -> m.Cell | tuple[str, ...]:
    value = node.raw.get("constant")
    return texts_at(node, "constant", value) if isinstance(value, list) else value


def _values(node: Node) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    part = node.node("values")
    told = _shared_values(part) if "file" in part.raw else {}
    told |= {
        k: None if v is None else texts_at(part, k, v) for k, v in part.raw.items() if k != "file"
    }
    return tuple(told.items())


def _shared_values(node: Node) -> dict[str, tuple[str, ...] | None]:
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
