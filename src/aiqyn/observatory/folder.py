"""An observatory is a folder; this is where its things stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aiqyn.observatory.settings import Agency, Settings, load_agency, load_settings


@dataclass(frozen=True, slots=True)
class Observatory:
    """One country's observatory on disk: its settings, its agencies and its places."""

    folder: Path
    settings: Settings
    agencies: tuple[Agency, ...]

    @classmethod
    def open(cls, folder: Path | str) -> Observatory:
        """Read the settings and list the agencies.

        Raises
        ------
        InputRefused OBS-001, OBS-002, OBS-003: which file, which key, how to mend.
        """
        root = Path(folder)
        settings = load_settings(root)
        agencies = root / "agencies"
        codes = sorted(agencies.iterdir(), key=lambda f: f.name) if agencies.is_dir() else []
        return cls(root, settings, tuple(load_agency(code) for code in codes if code.is_dir()))

    @property
    def build(self) -> Path:
        """Derived tables, safe to delete."""
        return self.folder / "build"

    @property
    def published(self) -> Path:
        """What left the house."""
        return self.folder / "published"

    @property
    def reference(self) -> Path:
        """Population, risk factors, policy register, published aggregates."""
        return self.folder / "reference"

    @property
    def chain(self) -> Path:
        """The audit chain."""
        return self.folder / "audit" / "chain.jsonl"

    def returned(self, agency: str) -> Path:
        """Where an agency gets its error workbook; it may hold what the agency itself sent."""
        return self.folder / "agencies" / agency / "returned"
