"""Putting bytes on disk so that no reader, and no kill, ever meets half a file."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from dealergen.errors import OutputError


class DiskError(OutputError):
    """Nothing more can be written to the disk, whatever the file."""


def replace_file(file: Path, data: bytes) -> os.stat_result:
    """Write `data` beside `file` and rename it over; answers the new file's status.

    Raises `DiskError` with one sentence when the disk is full or read-only, `OutputError` when something else stands in
    the way.
    """
    temporary = f"{file}.part{os.getpid()}"
    try:
        return _replace(temporary, str(file), data)
    except FileNotFoundError:
        _make_folder(file.parent)
        return replace_file(file, data)
    except OSError as error:
        _discard(temporary)
        raise _failure(f"{file} cannot be written", error) from error


def _replace(temporary: str, target: str, data: bytes) -> os.stat_result:
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        status = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    os.replace(temporary, target)  # noqa: PTH105 - strings: building two Paths costs as much as the call
    return status


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OutputError(f"{folder} is a file, but a folder must stand there", remedy="Move it away.") from None
    except NotADirectoryError:
        raise OutputError(f"A part of {folder} is a file, but must be a folder", remedy="Move it away.") from None
    except OSError as error:
        raise _failure(f"The folder {folder} cannot be made", error) from error


def remove_file(file: Path, top: Path) -> None:
    """Take `file` away, and each folder above it that this leaves empty, up to but without `top`."""
    try:
        file.unlink(missing_ok=True)
        folder = file.parent
        while folder != top and top in folder.parents:
            folder.rmdir()
            folder = folder.parent
    except NotADirectoryError:
        return
    except OSError as error:
        if not file.exists():
            return  # the folder still holds other files
        raise _failure(f"{file} cannot be removed", error) from error


def _discard(temporary: str) -> None:
    try:
        Path(temporary).unlink()
    except OSError:
        return


def _failure(what: str, error: OSError) -> OutputError:
    kind = DiskError if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO} else OutputError
    return kind(f"{what}: {error.strerror or error}", remedy=_remedy(error))


def _remedy(error: OSError) -> str:
    return {
        errno.ENOSPC: "The disk is full: make room and build again.",
        errno.EDQUOT: "The disk quota is used up: make room and build again.",
        errno.EACCES: "Give yourself the right to write there, or choose another folder with --out.",
        errno.EFBIG: "No file may grow so large here: raise the limit (ulimit -f) and build again.",
        errno.EIO: "The disk fails: look at the system's log.",
        errno.EROFS: "The disk is read-only: choose another folder with --out.",
        errno.EISDIR: "A folder stands where a file must be: move it away.",
        errno.ENOTDIR: "A file stands where a folder must be: move it away.",
        errno.ENAMETOOLONG: "The name is too long for the disk.",
    }.get(error.errno or 0, "")
