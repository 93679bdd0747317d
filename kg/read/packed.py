"""Archives under their limits: how much comes out, how it relates to what is there, and where its members would go."""

from __future__ import annotations

import posixpath
import zipfile
from typing import BinaryIO

from kg.errors import Message, ReadError
from kg.read.raw import Raw

_FROM = 10_000_000  # bytes from which the ratio of unpacked to packed counts
_CHUNK = 1 << 20


def over(raw: Raw, name: str, zh: str, en: str) -> ReadError:
    """The error about a limit of ``options.limits`` that a source exceeds."""
    limit = getattr(raw.options.limits, name)
    return ReadError("E115", path=raw.where, what=Message(zh, en), limit=limit, name=name)


def check_archive(raw: Raw) -> None:
    """Raise ReadError E103 for an archive that is too large, E115 for one too deep in others."""
    limits = raw.options.limits
    size = raw.size()
    if size > limits.archive:
        raise ReadError("E103", path=raw.where, size=size, limit=limits.archive)
    if raw.depth >= limits.depth:
        raise over(raw, "depth", "压缩包套得太深", "archives nested too deeply")


def check_parts(raw: Raw, archive: zipfile.ZipFile) -> None:
    """Raise ReadError for an archive or office file that says it unpacks to more than the limits, or has a password."""
    infos = archive.infolist()
    limits = raw.options.limits
    if len(infos) > limits.members:
        raise over(raw, "members", f"{len(infos)} 个成员", f"{len(infos)} members")
    unpacked = sum(info.file_size for info in infos)
    check_amount(raw, unpacked, raw.size())
    if any(info.flag_bits & 1 for info in infos):
        raise ReadError("E117", path=raw.where)


def check_amount(raw: Raw, unpacked: int, packed: int) -> None:
    """Raise ReadError E115 where so much came out of so little."""
    limits = raw.options.limits
    if unpacked > limits.unpacked:
        raise over(raw, "unpacked", f"解开后 {unpacked} 字节", f"{unpacked} bytes unpacked")
    if unpacked > _FROM and unpacked > limits.ratio * max(1, packed):
        ratio = unpacked // max(1, packed)
        raise over(raw, "ratio", f"压缩比 {ratio}", f"a compression ratio of {ratio}")


def taken(raw: Raw, file: BinaryIO, limit: int, packed: int) -> bytes:
    """What comes out of ``file``, at most ``limit`` bytes. Raises ReadError E103, E115."""
    parts: list[bytes] = []
    size = 0
    while chunk := file.read(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise ReadError("E103", path=raw.where, size=f">{limit}", limit=limit)
        check_amount(raw, size, packed)
    return b"".join(parts)


def is_safe(name: str) -> bool:
    """Does a member's path stay inside its archive?"""
    plain = name.replace("\\", "/")
    first = plain.split("/", 1)[0]
    return not (
        plain.startswith("/")
        or ":" in first
        or "\0" in plain
        or ".." in posixpath.normpath(plain).split("/")
        or ".." in plain.split("/")
    )
