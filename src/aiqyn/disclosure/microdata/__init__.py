"""Records of persons made safe by taking values out, and tests of what such a file still tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.disclosure.microdata.anonymity import KAnonymity, k_anonymity, k_anonymity_of_file
    from aiqyn.disclosure.microdata.attributes import AttributeRisk, attribute_risk
    from aiqyn.disclosure.microdata.coinciding_rows import Coincidence, coincidence
    from aiqyn.disclosure.microdata.ctdc import ctdc_columns
    from aiqyn.disclosure.microdata.protected_file import ProtectedRecords, protect_records
    from aiqyn.disclosure.microdata.suppressing import LocallySuppressed, suppress_locally

__all__ = [
    "AttributeRisk",
    "Coincidence",
    "KAnonymity",
    "LocallySuppressed",
    "ProtectedRecords",
    "attribute_risk",
    "coincidence",
    "ctdc_columns",
    "k_anonymity",
    "k_anonymity_of_file",
    "protect_records",
    "suppress_locally",
]

_HOME = {
    "AttributeRisk": "attributes",
    "Coincidence": "coinciding_rows",
    "KAnonymity": "anonymity",
    "LocallySuppressed": "suppressing",
    "ProtectedRecords": "protected_file",
    "attribute_risk": "attributes",
    "coincidence": "coinciding_rows",
    "ctdc_columns": "ctdc",
    "k_anonymity": "anonymity",
    "k_anonymity_of_file": "anonymity",
    "protect_records": "protected_file",
    "suppress_locally": "suppressing",
}

__getattr__ = lazily(__name__, _HOME)
