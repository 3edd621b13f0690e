"""A file's bytes, unpacked no further than `limits` allow."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from aiqyn.errors import InputRefused
from aiqyn.intake import limits

GZIP = b"\x1f\x8b"
STEP = 1 << 20


def file_bytes(path: Path) -> bytes:
    """What the file holds; a ``.gz`` (told by its first bytes) is unpacked.

    Raises
    ------
    InputRefused INTAKE-033 no such file, -039 a folder, -001 unreadable, -003 too large or a bomb,
    -036 empty.
    """
    name = path.name
    try:
        if path.is_dir():
            raise InputRefused("INTAKE-039", file=name)
        if not path.is_file():
            raise InputRefused("INTAKE-033", file=name)
        if path.stat().st_size > limits.MAX_FILE:
            raise InputRefused("INTAKE-003", file=name)
        raw = path.read_bytes()
    except (OSError, ValueError):
        raise InputRefused("INTAKE-001", file=name) from None
    data = _gunzip(raw, name) if raw.startswith(GZIP) else raw
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InputRefused("INTAKE-036", file=name)
    return data


def check_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive, once each part has been unpacked and measured.

    The sizes written in the archive are not believed: every part is inflated to the end, or to
    the limit, whichever comes first.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError):
        raise InputRefused("INTAKE-001", file=name) from None
    if len({info.filename for info in infos}) < len(infos):  # which of the two would be read?
        raise InputRefused("INTAKE-001", file=name)
    if any(info.flag_bits & 0x1 for info in infos):
        raise InputRefused("INTAKE-002", file=name)
    total = 0
    for info in infos:
        total += _inflated_size(data, info, name)
        _refuse_bomb(total, len(data), name)
    return archive


def part(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """One part's bytes; b"" when the archive lacks it."""
    try:
        return archive.read(member) if member in archive.namelist() else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise InputRefused("INTAKE-001", file=name) from None


def _inflated_size(data: bytes, info: zipfile.ZipInfo, name: str) -> int:
    try:
        lengths = struct.unpack("<HH", data[info.header_offset + 26 : info.header_offset + 30])
    except struct.error:
        raise InputRefused("INTAKE-001", file=name) from None
    start = info.header_offset + 30 + sum(lengths)
    packed = memoryview(data)[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise InputRefused("INTAKE-001", file=name)
    return _count(packed, zlib.decompressobj(-15), name)


def _count(packed: memoryview, engine: zlib._Decompress, name: str) -> int:
    size, rest = 0, bytes(packed)
    try:
        while rest and not engine.eof:
            size += len(engine.decompress(rest, STEP))
            rest = engine.unconsumed_tail
            _refuse_bomb(size, len(packed), name)
    except zlib.error:
        raise InputRefused("INTAKE-001", file=name) from None
    return size


def _gunzip(raw: bytes, name: str) -> bytes:
    out, rest = bytearray(), raw
    try:
        while rest.startswith(GZIP):  # a .gz may be several, one after the other
            engine = zlib.decompressobj(31)
            while rest and not engine.eof:
                out += engine.decompress(rest, STEP)
                rest = engine.unconsumed_tail
                _refuse_bomb(len(out), len(raw), name)
            if not engine.eof:
                raise InputRefused("INTAKE-001", file=name)
            rest = engine.unused_data
    except zlib.error:
        raise InputRefused("INTAKE-001", file=name) from None
    return bytes(out)


def _refuse_bomb(unpacked: int, packed: int, name: str) -> None:
    too_dense = unpacked > limits.RATIO_FROM and unpacked > limits.MAX_RATIO * max(packed, 1)
    if unpacked > limits.MAX_UNPACKED or too_dense:
        raise InputRefused("INTAKE-003", file=name)
