"""Dictionaries, code books and read-mes beside the data: a clear refusal, never a traceback."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.shared

FOLDERS = ("htcds", "ctdc", "glotip", "sdg_16_2_2", "uk_nrm_form")
DATA = {
    "htcds_case_sheet_single_select_v2.0.xlsx", "htcds_case_sheet_v2.0.xlsx",
    "ctdc_global_synthetic_2002_2021.csv.gz", "ctdc_kanonymised_apr2020_7cols.csv.gz",
    "ctdc_victim_perpetrator_synthetic.csv.gz", "data_glotip_2023-05-30.csv.gz",
}  # fmt: skip


def test_what_is_no_data_is_refused_whole_with_the_way_out(shared, reading):
    seen = 0
    for folder in FOLDERS:
        for path in sorted((shared / "data" / folder).iterdir()):
            if path.name in DATA or path.name.startswith("16-2-2"):
                continue
            intake = reading(f"{folder}/{path.name}")
            assert (intake.rows, intake.accepted, intake.refused) == (0, 0, 0), path.name
            assert len(intake.refusals) == 1, path.name
            assert intake.refusals[0].row is None
            for lang in ("kk", "ru", "en"):
                assert path.name in intake.refusals[0].message(lang)
                assert intake.refusals[0].mend(lang)
            seen += 1
    assert seen >= 20
