"""Where a release's ledger stands: in the observatory, or beside the file."""

from __future__ import annotations

from pathlib import Path

LEDGER = "privacy_ledger.jsonl"


def ledger_for(out: Path) -> Path:
    """``audit/`` of the observatory that `out` lies in; else the folder of `out`."""
    home = observatory_of(out)
    return home / "audit" / LEDGER if home else out.resolve().parent / LEDGER


def has_published(*files: Path) -> bool:
    """Whether a file lies in an observatory that has published a report: exact tables exist."""
    homes = {home for file in files if (home := observatory_of(file))}
    return any(
        (home / "published").is_dir() and any((home / "published").iterdir()) for home in homes
    )


def observatory_of(file: Path) -> Path | None:
    """The observatory's folder above a file."""
    above = file.resolve().parents
    return next((folder for folder in above if (folder / "observatory.toml").is_file()), None)
