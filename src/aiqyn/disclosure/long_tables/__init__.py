"""Long tables in files: read as found, attacked together, protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.disclosure.long_tables.attacking import FileAttack, Recovered, attack_tables
    from aiqyn.disclosure.long_tables.changing import (
        ChangedTable,
        rounded_table,
        table_with_noise,
    )
    from aiqyn.disclosure.long_tables.protecting import ProtectedTable, protect_table, read_true
    from aiqyn.disclosure.long_tables.reading import LongTable, read_long

__all__ = [
    "ChangedTable",
    "FileAttack",
    "LongTable",
    "ProtectedTable",
    "Recovered",
    "attack_tables",
    "protect_table",
    "read_long",
    "read_true",
    "rounded_table",
    "table_with_noise",
]

_HOME = {
    "ChangedTable": "changing",
    "FileAttack": "attacking",
    "LongTable": "reading",
    "ProtectedTable": "protecting",
    "Recovered": "attacking",
    "attack_tables": "attacking",
    "protect_table": "protecting",
    "read_long": "reading",
    "read_true": "protecting",
    "rounded_table": "changing",
    "table_with_noise": "changing",
}

__getattr__ = lazily(__name__, _HOME)
