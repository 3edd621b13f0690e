"""Long tables in files: read as found, attacked together, protected."""

from __future__ import annotations
