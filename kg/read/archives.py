"""Archives: each file in them as a source of its own. Nothing is written to disk."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from kg.errors import ReadError
from kg.read.formats import BY_KEY, Item
from kg.read.packed import check_amount, check_archive, check_parts, is_safe, over, taken
from kg.read.raw import Raw
from kg.read.sources import is_side_name

_OPEN: dict[bytes, Callable[[BinaryIO], BinaryIO]] = {
    b"\x1f\x8b": lambda file: cast("BinaryIO", gzip.GzipFile(fileobj=file)),
    b"BZ": lambda file: cast("BinaryIO", bz2.BZ2File(file)),
    b"\xfd7": lambda file: cast("BinaryIO", lzma.LZMAFile(file)),  # noqa: SIM115 - its user closes it
}


def read_zip(raw: Raw) -> Iterator[Item]:
    """The files of a ZIP archive, sorted by name. Raises ReadError E103, E115, E116, E117."""
    check_archive(raw)
    with raw.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as error:
            raise ReadError("E116", path=raw.where, format=BY_KEY["zip"].about, reason=error) from error
        check_parts(raw, archive)
        total = 0
        for info in sorted(archive.infolist(), key=lambda one: one.filename):
            name = _name(info)
            if info.is_dir():
                continue
            inside = raw.member(name)
            if not is_safe(name):
                yield Item(inside, error=ReadError("E122", path=inside.where))
                continue
            if _is_side(name):
                continue
            try:
                with archive.open(info) as member:
                    data = taken(inside, cast("BinaryIO", member), _limit(raw), max(info.compress_size, 1))
            except ReadError as error:
                yield Item(inside, error=error)
                continue
            except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, lzma.LZMAError) as error:  # fmt: skip
                yield Item(inside, error=_damaged(inside, error))
                continue
            except Exception as error:  # noqa: BLE001 - zlib and others raise errors of their own on damaged bytes
                yield Item(inside, error=_damaged(inside, error))
                continue
            total += len(data)
            check_amount(raw, total, raw.size())
            yield Item(raw.member(name, data))


def read_tar(raw: Raw) -> Iterator[Item]:
    """The files of a tar archive, compressed or not, in their order. Raises ReadError E103, E115, E116."""
    check_archive(raw)
    with raw.open() as file:
        try:
            with tarfile.open(fileobj=file, mode="r:*") as archive:
                yield from _members(raw, archive)
        except (tarfile.TarError, EOFError, OSError, ValueError, lzma.LZMAError) as error:
            raise ReadError("E116", path=raw.where, format=BY_KEY["tar"].about, reason=error) from error


def _members(raw: Raw, archive: tarfile.TarFile) -> Iterator[Item]:
    packed, total = raw.size(), 0
    for count, info in enumerate(archive, start=1):
        if count > raw.options.limits.members:
            raise over(raw, "members", f"多于 {count - 1} 个成员", f"more than {count - 1} members")
        total += info.size
        check_amount(raw, total, packed)
        name = info.name
        if not info.isfile():
            continue
        inside = raw.member(name)
        if not is_safe(name):
            yield Item(inside, error=ReadError("E122", path=inside.where))
            continue
        if _is_side(name):
            continue
        if info.size > _limit(raw):
            yield Item(inside, error=ReadError("E103", path=inside.where, size=info.size, limit=_limit(raw)))
            continue
        member = archive.extractfile(info)
        if member is not None:
            yield Item(raw.member(name, member.read()))


def read_compressed(raw: Raw) -> Iterator[Item]:
    """The one file in a gzip, bzip2 or xz file, or the tar archive in it. Raises ReadError E103, E115, E116."""
    check_archive(raw)
    opened = _OPEN.get(raw.head(2))
    name = PurePosixPath(raw.name).stem if raw.suffix in BY_KEY["gz"].suffixes else raw.name
    if opened is None:
        raise ReadError("E116", path=raw.where, format=BY_KEY["gz"].about, reason=raw.suffix)
    with raw.open() as file:
        try:
            with opened(file) as inner:
                start = inner.read(512)
                inner.seek(0)
                if start[257:262] == b"ustar":
                    yield from read_tar(raw)
                    return
                inside = raw.member(name.rsplit("!/", 1)[-1])
                data = taken(inside, inner, _limit(raw), raw.size())
        except (EOFError, OSError, ValueError, lzma.LZMAError) as error:
            raise ReadError("E116", path=raw.where, format=BY_KEY["gz"].about, reason=error) from error
        yield Item(raw.member(inside.name.rsplit("!/", 1)[-1], data))


def _limit(raw: Raw) -> int:
    """The largest member: a document, or an archive inside this one."""
    return max(raw.options.max_bytes, min(raw.options.limits.unpacked, 20 * raw.options.max_bytes))


def _damaged(raw: Raw, error: Exception) -> ReadError:
    reason = f"{type(error).__name__}: {error}"
    return ReadError("E116", path=raw.where, format=BY_KEY["zip"].about, reason=reason)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; Chinese Windows writes it in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        data = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_side(name: str) -> bool:
    return is_side_name(PurePosixPath(name.replace("\\", "/")))
