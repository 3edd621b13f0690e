"""An observatory folder for Samal, and the truth beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.demo import accused, justice, names, reference, spelling, truth_files
from aiqyn.demo.agencies import Held, agencies, write_agencies
from aiqyn.demo.detection import notice
from aiqyn.demo.draws import stage
from aiqyn.demo.factors import write_factors
from aiqyn.demo.persons import draw_persons
from aiqyn.demo.programmes import write_programmes
from aiqyn.demo.rates import cells, expected
from aiqyn.demo.records import write_down


@dataclass(frozen=True, slots=True)
class DemoCountry:
    """What was written.

    Attributes
    ----------
    folder : Path          the observatory
    victims : int          persons exploited in truth, noticed or not
    beyond_definition : int    others recorded though an element of the definition is absent
    detected : int         victims whom at least one list recorded and sent
    records : int          true rows of victims in the agencies' files
    faults : int           faulty rows planted among them
    closing : date         last day of sending
    """

    folder: Path
    victims: int
    beyond_definition: int
    detected: int
    records: int
    faults: int
    closing: date

    def __repr__(self) -> str:
        return (
            f"DemoCountry: Samal in {self.folder.name}, {self.victims} victims in truth, "
            f"{self.detected} of them on {self.records} records, {self.faults} faulty rows"
        )


def write_country(
    folder: Path | str,
    *,
    persons: int = 20_000,
    seed: int = 2025,
    years: tuple[int, int] = (2019, 2025),
) -> DemoCountry:
    """Write the invented country Samal: agencies' files, reference data, and the truth beside them.

    Parameters
    ----------
    folder : where; must not exist or be empty
    persons : victims in truth over all the years, noticed or not (2 thousand to 1 million)
    seed : same seed, same bytes
    years : first and last year of records; series already published begin in 2011

    Raises
    ------
    FileExistsError when the folder holds anything.
    """
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        raise FileExistsError(root)
    closing = date(years[1] + 1, 2, 15)
    rates = cells(years)
    people = draw_persons(stage(seed, 1), rates, persons)
    noticed = notice(stage(seed, 2), people)
    records = write_down(stage(seed, 3), people, noticed, years[1], closing)
    cases = accused.open_cases(stage(seed, 6), records)
    accused_persons = accused.draw_accused(stage(seed, 7), cases)
    events = justice.justice_events(stage(seed, 8), records)
    help_given = justice.help_given(stage(seed, 9), records)
    referred = justice.referrals(stage(seed, 10), records)
    written = _identified(seed, people, records).join(
        justice.recognised_on(events), on="person", how="left", maintain_order="left"
    )
    held = Held(
        victims=_sent_victims(written, closing),
        accused=_sent_accused(seed, accused_persons, closing),
        justice_events=_until(events, closing),
        assistance=_until(help_given, closing),
        referrals=_until(referred, closing).rename({"to_list": "to_agency"}),
    )
    faults = write_agencies(stage(seed, 12), root, held)
    reference.write_reference(stage(seed, 13), root, years=years, persons=persons)
    write_programmes(stage(seed, 14), root / "reference", people)
    truth_files.write_truth(
        root / "truth",
        tables={
            "persons": truth_files.with_lists(people, records),
            "records": written.drop(names.COLUMNS),
            "identities": written.select("list", "record_id", "person", *names.COLUMNS),
            "accused": accused_persons.join(
                accused.victims_of(cases), on="case", how="left", maintain_order="left"
            ),
            "justice_events": events,
            "assistance": help_given,
            "referrals": referred,
            "expected": expected(rates, persons),
        },
        faults=faults,
        seed=seed,
        persons=persons,
        years=years,
    )
    listed = truth_files.with_lists(people, records)
    write_factors(stage(seed, 15), root, listed, reference.population(years))
    seen = records.filter(pl.col("sent") & pl.col("victim"))["person"].n_unique()
    return DemoCountry(
        folder=root,
        victims=persons,
        beyond_definition=people.height - persons,
        detected=seen,
        records=held.victims.height,
        faults=faults.height,
        closing=closing,
    )


def _identified(seed: int, people: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """The records with identity columns: names, birth date, number, as each list spells them."""
    known = np.unique(records["person"].to_numpy())
    who = names.name_persons(stage(seed, 4), people[known])
    place = np.searchsorted(known, records["person"].to_numpy())
    return records.hstack(spelling.identity_columns(stage(seed, 5), records, who, place))


def _sent_victims(written: pl.DataFrame, closing: date) -> pl.DataFrame:
    """The records that arrived, with no day after the closing one or before the detection."""
    told = [
        pl.when(pl.col(day).is_between("date_detected", closing)).then(pl.col(day)).alias(day)
        for day in ("date_recognised", "date_assisted")
    ]
    return written.filter("sent").with_columns(told)


def _until(events: pl.DataFrame, closing: date) -> pl.DataFrame:
    return events.filter(pl.col("date") <= closing)


def _sent_accused(seed: int, persons: pl.DataFrame, closing: date) -> pl.DataFrame:
    """One row an accused and stage reached by the closing day, at the agency that records it."""
    by = {stage: code for code, told in agencies().items() for stage in told.get("stages", ())}
    reached = accused.stages_reached(persons).filter(pl.col("date_stage") <= closing)
    full = reached.join(persons, on="accused", how="left", maintain_order="left")
    family = names.family_names(stage(seed, 11), (persons["sex"] == "female").to_numpy())
    number = pl.format("{}-{}", pl.col("accused_code").str.replace("A", "K"), pl.col("stage"))
    return full.with_columns(
        pl.col("stage").replace_strict(by).alias("list"),
        number.alias("record_id"),
        family.gather(full["accused"]).alias("family_name"),
    )
