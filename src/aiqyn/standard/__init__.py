"""What a record is: fields, code lists, legal definitions and the classifier that explains itself.

The names below are fetched when first asked for, so that ``import aiqyn.standard`` costs nothing.
No module here may be called like a public name: the module would hide it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.standard.ages import age_group, age_group_of, age_groups, coarse_age_group
    from aiqyn.standard.classifier import classify
    from aiqyn.standard.code_files import Code
    from aiqyn.standard.code_lists import CodeList, code_list, code_list_names, make_code_list
    from aiqyn.standard.countries import alpha_2, country, from_alpha_2
    from aiqyn.standard.definitional_effect import DefinitionEffect, definition_effect
    from aiqyn.standard.definitions import definition, definition_names
    from aiqyn.standard.field_standard import Field, field, fields, tables
    from aiqyn.standard.htcds import (
        from_htcds,
        htcds_fields,
        to_htcds,
        victim_from_htcds,
        victim_to_htcds,
    )
    from aiqyn.standard.ictip import ictip_attributes, ictip_values
    from aiqyn.standard.kazakh_sort import in_order, sort_key
    from aiqyn.standard.legal_definition import Definition
    from aiqyn.standard.reasons import reason
    from aiqyn.standard.regions import RegionOn, region, regions_on

__all__ = [
    "Code",
    "CodeList",
    "Definition",
    "DefinitionEffect",
    "Field",
    "RegionOn",
    "age_group",
    "age_group_of",
    "age_groups",
    "alpha_2",
    "classify",
    "coarse_age_group",
    "code_list",
    "code_list_names",
    "country",
    "definition",
    "definition_effect",
    "definition_names",
    "field",
    "fields",
    "from_alpha_2",
    "from_htcds",
    "htcds_fields",
    "ictip_attributes",
    "ictip_values",
    "in_order",
    "make_code_list",
    "reason",
    "region",
    "regions_on",
    "sort_key",
    "tables",
    "to_htcds",
    "victim_from_htcds",
    "victim_to_htcds",
]

_HOME = {
    "Code": "code_files",
    "CodeList": "code_lists",
    "Definition": "legal_definition",
    "DefinitionEffect": "definitional_effect",
    "Field": "field_standard",
    "RegionOn": "regions",
    "age_group": "ages",
    "age_group_of": "ages",
    "age_groups": "ages",
    "alpha_2": "countries",
    "classify": "classifier",
    "coarse_age_group": "ages",
    "code_list": "code_lists",
    "code_list_names": "code_lists",
    "country": "countries",
    "definition": "definitions",
    "definition_effect": "definitional_effect",
    "definition_names": "definitions",
    "field": "field_standard",
    "fields": "field_standard",
    "from_alpha_2": "countries",
    "from_htcds": "htcds",
    "htcds_fields": "htcds",
    "ictip_attributes": "ictip",
    "ictip_values": "ictip",
    "in_order": "kazakh_sort",
    "make_code_list": "code_lists",
    "reason": "reasons",
    "region": "regions",
    "regions_on": "regions",
    "sort_key": "kazakh_sort",
    "tables": "field_standard",
    "to_htcds": "htcds",
    "victim_from_htcds": "htcds",
    "victim_to_htcds": "htcds",
}

__getattr__ = lazily(__name__, _HOME)
