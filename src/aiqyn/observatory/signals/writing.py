"""What a run leaves in the folder ``signals``: digest, cards and records, for its owner only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.reference_files import detection_changes
from aiqyn.observatory.signals.card_words import card_page
from aiqyn.observatory.signals.desk import Desk, card_file, digest_file
from aiqyn.observatory.signals.digest_words import digest_page
from aiqyn.observatory.signals.folder_watch import (
    FolderWatch,
    person_ids,
    signals_folder,
    watch_folder,
)
from aiqyn.observatory.signals.naming import names
from aiqyn.observatory.signals.record_files import write_records
from aiqyn.observatory.signals.register import write_private
from aiqyn.observatory.signals.states import last_note, precision, standings
from aiqyn.observatory.signals.told import Told, told
from aiqyn.report.early_signals import card_html, digest_html, digest_pdf
from aiqyn.signals.watching_country.settings import WatchSettings


@dataclass(frozen=True, slots=True)
class Written:
    """A run, its signals, and the cards of each by language; no file where it only looked back."""

    run: FolderWatch
    told: tuple[Told, ...]

    def cards(self, id_: str, languages: tuple[str, ...]) -> dict[str, str]:
        """Language -> the card's file in the observatory's folder."""
        if self.run.looked_back:
            return {}
        return {lang: f"signals/{card_file(id_, lang)}" for lang in languages}


def watch_and_write(
    observatory: Observatory, as_of: date | None = None, settings: WatchSettings | None = None
) -> Written:
    """Watch, and leave the digest, the cards and the records in the folder of signals."""
    run = watch_folder(observatory, as_of, settings)
    found = standings(observatory.chain)
    signals = told(observatory, run, found)
    if not run.looked_back:
        _write(observatory, run, signals)
    return Written(run, signals)


def _write(observatory: Observatory, run: FolderWatch, signals: tuple[Told, ...]) -> None:
    folder = signals_folder(observatory)
    for lang in observatory.settings.languages:
        desk = _desk(observatory, run, signals, lang)
        page = digest_page(desk)
        write_private(folder / digest_file(lang), digest_html(page))
        write_private(folder / digest_file(lang, "pdf"), digest_pdf(page, run.watch.as_of))
        for one in signals:
            write_private(folder / card_file(one.id, lang), card_html(card_page(one, desk)))
    for one in signals:
        write_records(folder, one.id, run.known, person_ids(run.known, one.signal))


def _desk(observatory: Observatory, run: FolderWatch, signals: tuple[Told, ...], lang: str) -> Desk:
    folder, found = signals_folder(observatory), standings(observatory.chain)
    closed = sorted(
        ((id_, one) for id_, one in found.items() if one.state == "closed"),
        key=lambda pair: pair[1].when,
        reverse=True,
    )
    return Desk(
        observatory,
        run,
        signals,
        names(observatory, lang),
        {row["code"]: row for row in detection_changes(observatory)},
        tuple(closed),
        precision(found),
        {id_: last_note(folder, id_) for id_ in {*found, *run.ids}},
    )
