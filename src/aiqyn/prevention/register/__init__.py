"""The programme register: what was planned, where, for whom, at what cost, and how it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.prevention.register.panels import outcome_draws, programme_panel
    from aiqyn.prevention.register.programme import OutcomeFile, Place, Programme, Register
    from aiqyn.prevention.register.register_files import read_register, register_folder
    from aiqyn.prevention.register.toml_text import blank_toml
    from aiqyn.prevention.register.workbook import write_workbook

__all__ = [
    "OutcomeFile",
    "Place",
    "Programme",
    "Register",
    "blank_toml",
    "outcome_draws",
    "programme_panel",
    "read_register",
    "register_folder",
    "write_workbook",
]

_HOME = {
    "OutcomeFile": "programme",
    "Place": "programme",
    "Programme": "programme",
    "Register": "programme",
    "blank_toml": "toml_text",
    "outcome_draws": "panels",
    "programme_panel": "panels",
    "read_register": "register_files",
    "register_folder": "register_files",
    "write_workbook": "workbook",
}

__getattr__ = lazily(__name__, _HOME)
