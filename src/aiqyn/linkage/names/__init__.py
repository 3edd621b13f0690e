"""Names, dates of birth and national numbers in the forms that are compared."""

from aiqyn.lazy_names import lazily

_HOMES = {
    "Cell": "cells",
    "name_key": "sounds",
    "normalise": "normal_forms",
    "read_cell": "cells",
    "script_of": "scripts",
    "skeleton": "skeletons",
    "with_name_keys": "columns",
}
__getattr__ = lazily(__name__, _HOMES)

__all__ = [
    "Cell",
    "name_key",
    "normalise",
    "read_cell",
    "script_of",
    "skeleton",
    "with_name_keys",
]
