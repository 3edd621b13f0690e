from __future__ import annotations

import subprocess
import sys

import aiqyn.standard as standard


def test_the_public_names_are_sorted_and_all_there() -> None:
    assert standard.__all__ == sorted(standard.__all__)
    for name in standard.__all__:
        assert callable(getattr(standard, name)), name


def test_no_module_hides_a_public_name() -> None:
    import pkgutil

    modules = {module.name for module in pkgutil.iter_modules(standard.__path__)}
    assert not modules & set(standard.__all__)


def test_code_lists_and_fields_are_read_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from aiqyn.standard import code_list, fields, region; "
        "code_list('country').find('KZ'); fields('victims'); "
        "print(sorted({'polars', 'numpy', 'altair', 'duckdb'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
