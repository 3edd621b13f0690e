"""How much of a file we are ready to unpack. Far above any honest file of an agency."""

from __future__ import annotations

MAX_FILE = 300_000_000  # bytes on disk
MAX_UNPACKED = 600_000_000  # bytes after unpacking, all parts together
RATIO_FROM = 50_000_000  # bytes; below this a high ratio does no harm
MAX_RATIO = 250  # unpacked to packed; an honest table of flags reaches about 60
MAX_CELLS = 25_000_000  # of the rectangle a sheet spans; 193 thousand × 37 is 7 million
MAX_TEXT = 1_000_000_000  # signs of all shared strings as often as cells use them
MAX_CELL = 32_767  # signs in one cell: Excel's own limit
MAX_COLUMNS = 16_384  # Excel's own limit
