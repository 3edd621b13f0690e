"""Cell-key perturbation: the same cell gets the same noise in every table; a zero stays a zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.disclosure.cell_key.keys import cell_keys_of_names, cell_keys_of_records, record_keys
    from aiqyn.disclosure.cell_key.noise_table import NoiseTable, load_noise_table
    from aiqyn.disclosure.cell_key.perturbing import perturbed, perturbed_table

__all__ = [
    "NoiseTable",
    "cell_keys_of_names",
    "cell_keys_of_records",
    "load_noise_table",
    "perturbed",
    "perturbed_table",
    "record_keys",
]

_HOME = {
    "NoiseTable": "noise_table",
    "cell_keys_of_names": "keys",
    "cell_keys_of_records": "keys",
    "load_noise_table": "noise_table",
    "perturbed": "perturbing",
    "perturbed_table": "perturbing",
    "record_keys": "keys",
}

__getattr__ = lazily(__name__, _HOME)
