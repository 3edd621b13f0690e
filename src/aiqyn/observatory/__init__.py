"""An observatory folder and the build: which stage feeds which, what is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.observatory.building import Stage, Step, build, stale, table
    from aiqyn.observatory.folder import Observatory
    from aiqyn.observatory.new_folder import write_new
    from aiqyn.observatory.open_data_folder import OpenDataFolder, write_open_data
    from aiqyn.observatory.placing import Publication
    from aiqyn.observatory.publication import asked_for, publish
    from aiqyn.observatory.stages import STAGES

__all__ = [
    "STAGES",
    "Observatory",
    "OpenDataFolder",
    "Publication",
    "Stage",
    "Step",
    "asked_for",
    "build",
    "publish",
    "stale",
    "table",
    "write_new",
    "write_open_data",
]

_HOME = {
    "STAGES": "stages",
    "Observatory": "folder",
    "OpenDataFolder": "open_data_folder",
    "Publication": "placing",
    "Stage": "building",
    "Step": "building",
    "asked_for": "publication",
    "build": "building",
    "publish": "publication",
    "stale": "building",
    "table": "building",
    "write_new": "new_folder",
    "write_open_data": "open_data_folder",
}

__getattr__ = lazily(__name__, _HOME)
