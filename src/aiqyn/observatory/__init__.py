"""An observatory folder and the build: which stage feeds which, what is stale."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiqyn.observatory.building import Stage, Step, build, stale, table
    from aiqyn.observatory.folder import Observatory
    from aiqyn.observatory.new_folder import write_new
    from aiqyn.observatory.placing import Publication
    from aiqyn.observatory.publication import publish
    from aiqyn.observatory.stages import STAGES

__all__ = [
    "STAGES",
    "Observatory",
    "Publication",
    "Stage",
    "Step",
    "build",
    "publish",
    "stale",
    "table",
    "write_new",
]

_HOME = {
    "STAGES": "stages",
    "Observatory": "folder",
    "Publication": "placing",
    "publish": "publication",
    "write_new": "new_folder",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"aiqyn.observatory.{_HOME.get(name, 'building')}"), name)
