"""``python -m benches``: measure and print.

Ends with 1 when a number is over its limit or a program failed.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from benches import measures
from benches.against_r import against_r
from benches.alarms import alarms
from benches.hiding import hiding
from benches.linkage import linking
from benches.planted import planted
from benches.programmes import programmes
from benches.rows import Row, as_json, as_text
from benches.scanning import scanning
from benches.synthetic import synthetic


def main(words: list[str] | None = None) -> int:
    """Run what was asked; rows to stdout, what goes on to stderr."""
    asked = _arguments().parse_args(words)
    with measures.scratch() as place:
        rows = list(_told(_measured(asked, Path(place))))
    print(as_json(rows, _machine()) if asked.json else as_text(rows))
    return 1 if any(row.verdict in ("over", "failed") for row in rows) else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benches", description=__doc__)
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    parser.add_argument(
        "--quick", action="store_true", help="the smallest size, and no clean clone"
    )
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[20_000, 200_000], help="persons of the demo"
    )
    parser.add_argument("--records", type=int, default=1_000_000, help="records to classify")
    parser.add_argument("--languages", nargs="+", default=["kk", "ru", "en"])
    return parser


def _measured(asked: argparse.Namespace, place: Path) -> Iterator[Row]:
    sizes = sorted(asked.sizes)[:1] if asked.quick else sorted(asked.sizes)
    yield from measures.cold_start()
    yield from measures.builds(place, sizes)
    yield from measures.checks()
    yield from measures.classifying(place, sizes[-1], asked.records)
    yield from measures.clearing(place, sizes)
    yield from measures.rendering(place, sizes[0], asked.languages)
    yield from against_r()
    yield from scanning()
    yield from alarms()
    yield from hiding(place, tables=200 if asked.quick else 2_000)
    yield from linking(place, sizes)
    yield from synthetic(place)
    if not asked.quick:
        yield from programmes()
        yield from planted()
        yield from measures.first_report(place)


def _told(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        print(f"  {row.what}", file=sys.stderr, flush=True)
        yield row


def _machine() -> dict[str, object]:
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "system": platform.system(),
    }


if __name__ == "__main__":
    sys.exit(main())
