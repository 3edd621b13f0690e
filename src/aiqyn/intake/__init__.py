"""Agencies' files -> records in the standard; every refused row, and why, and how to mend it.

The names below are fetched when first asked for, so that ``import aiqyn.intake`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.intake.agency_workbook import write_agency_workbook
    from aiqyn.intake.choosing import guess_mapping, mapping_names
    from aiqyn.intake.error_workbook import write_error_workbook
    from aiqyn.intake.identity_columns import IdentityRows, identity_rows
    from aiqyn.intake.mapping import Mapping
    from aiqyn.intake.mapping_file import load_mapping
    from aiqyn.intake.reading import Intake, read
    from aiqyn.intake.refusal import Caution, Refusal

__all__ = [
    "Caution",
    "IdentityRows",
    "Intake",
    "Mapping",
    "Refusal",
    "guess_mapping",
    "identity_rows",
    "load_mapping",
    "mapping_names",
    "read",
    "write_agency_workbook",
    "write_error_workbook",
]

_HOME = {
    "Caution": "refusal",
    "IdentityRows": "identity_columns",
    "Intake": "reading",
    "Mapping": "mapping",
    "Refusal": "refusal",
    "guess_mapping": "choosing",
    "identity_rows": "identity_columns",
    "load_mapping": "mapping_file",
    "mapping_names": "choosing",
    "read": "reading",
    "write_agency_workbook": "agency_workbook",
    "write_error_workbook": "error_workbook",
}

__getattr__ = lazily(__name__, _HOME)
