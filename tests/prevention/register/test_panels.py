"""The panel of a programme counts whom it is for, where it was known, from when it began."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects.panel import NEVER
from aiqyn.prevention.register import outcome_draws, programme_panel


def people(*rows):
    names = ["region", "date_detected", "sex", "age_group", "form_group"]
    return pl.DataFrame(rows, schema=names, orient="row")


VICTIMS = people(
    ("R-1", date(2021, 5, 1), "female", "18-24", ["labour"]),
    ("R-1", date(2022, 8, 1), "male", "45+", ["labour", "sexual"]),
    ("R-1", date(2022, 8, 1), "male", "15-17", ["labour"]),  # a boy
    ("R-1", date(2022, 8, 1), "unknown", "25-34", ["labour"]),
    ("R-2", date(2022, 1, 1), "female", "25-34", ["sexual"]),  # another form
    ("R-2", date(2023, 1, 1), "female", "25-34", ["labour"]),
    ("R-3", date(2023, 1, 1), "female", "25-34", ["labour"]),  # a silent region
)


def panel(programme, tmp_path, regions=("R-1", "R-2"), years=(2021, 2023)):
    return programme_panel(programme, VICTIMS, regions, years, tmp_path)


def test_only_those_are_counted_for_whom_the_programme_is(register, sound, tmp_path):
    found = panel(register(sound).programmes["P-01"], tmp_path)
    assert found.units == ("R-1", "R-2")
    assert found.times == ("2021", "2022", "2023")
    assert found.outcome.tolist() == [[1, 1, 0], [0, 0, 1]]
    assert found.starts.tolist() == [1, NEVER]


@pytest.mark.parametrize(
    ("period", "at", "of"), [("month", 18, 36), ("quarter", 6, 12), ("half-year", 3, 6)]
)
def test_the_period_in_which_it_began_is_the_first_under_it(
    register, sound, tmp_path, period, at, of
):
    text = sound.replace('period = "year"', f'period = "{period}"')
    found = panel(register(text).programmes["P-01"], tmp_path)
    assert (len(found.times), found.starts[0]) == (of, at)


def test_a_programme_that_ended_is_compared_up_to_its_end(register, sound, tmp_path):
    text = sound.replace("from = 2022-07-01", "from = 2022-07-01\nuntil = 2023-06-01")
    assert panel(register(text).programmes["P-01"], tmp_path).times == ("2021", "2022")


def test_a_programme_in_a_silent_region_is_refused(register, sound, tmp_path):
    text = sound.replace("R-1", "R-3")
    with pytest.raises(AnswerRefused, match="PREV-074"):
        panel(register(text).programmes["P-01"], tmp_path)


def test_estimates_come_from_the_programmes_own_file_with_their_doubt(register, sound, tmp_path):
    rows = ["region,period,n,lo,hi"]
    rows += [f"R-{i},{y},100,80,125" for i in (1, 2) for y in (2021, 2022, 2023)]
    (tmp_path / "e.csv").write_text("\n".join(rows), encoding="utf-8")
    file = 'outcome_file = "e.csv"\noutcome_column = "n"\nlow_column = "lo"\nhigh_column = "hi"'
    text = sound.replace('"detections"', f'"estimates"\n{file}')
    programme = register(text).programmes["P-01"]
    found = panel(programme, tmp_path)
    drawn = np.stack(outcome_draws(programme, found, np.random.default_rng(1)))
    inside = ((drawn >= 80) & (drawn <= 125)).mean()
    assert found.outcome.tolist() == [[100.0] * 3] * 2
    assert inside == pytest.approx(0.95, abs=0.05)
