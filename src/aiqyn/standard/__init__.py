"""What a record is: fields, code lists, legal definitions and the classifier that explains itself.

The names below are fetched when first asked for, so that ``import aiqyn.standard`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiqyn.standard.code_files import Code
    from aiqyn.standard.code_lists import CodeList, code_list, code_list_names

__all__ = ["Code", "CodeList", "code_list", "code_list_names"]

_HOME = {
    "Code": "code_files",
    "CodeList": "code_lists",
    "code_list": "code_lists",
    "code_list_names": "code_lists",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"aiqyn.standard.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
