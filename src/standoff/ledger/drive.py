"""Before a dossier is opened: can this folder be written, and do its locks work?"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from standoff.errors import StoreFailure

NETWORK = frozenset("nfs nfs4 cifs smb3 smbfs afpfs 9p fuse.sshfs fuse.rclone ncpfs davfs".split())


def check_drive(path: Path) -> None:
    """Raise `StoreFailure` for a folder that is not there, cannot be written, or has no locks.

    Two processes write one dossier. On a network drive whose locks only pretend to work they would
    damage it, so such a drive is refused; a local one is not probed, for it costs a file.
    """
    folder = path.absolute().parent
    if not folder.is_dir():
        raise StoreFailure(
            f"{folder} (no such folder)", "a folder that is there", f"mkdir {folder}"
        )
    if not writable(path):
        raise read_only(path)
    kind = file_system(folder)
    if kind in NETWORK and not locks_work(folder):
        raise StoreFailure(
            f"{path} on a network drive ({kind}) whose file locks do not work",
            "a local drive, or a network drive with working locks",
            "copy the dossier to a local folder and work on it there",
        )


def writable(path: Path) -> bool:
    """Whether a dossier may be written here: SQLite also leaves marks beside the file."""
    folder = path.absolute().parent
    return os.access(folder, os.W_OK | os.X_OK) and (not path.exists() or os.access(path, os.W_OK))


def read_only(path: Path, why: str = "which may not be written here") -> StoreFailure:
    """The refusal of a change in a place that can only be read."""
    return StoreFailure(
        f"{path}, {why},",
        "a folder and a file that can be written",
        "copy the dossier to a folder of your own",
    )


def file_system(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The type of the file system that holds a folder; empty where the system does not tell."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    real = folder.resolve()
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        if real.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def locks_work(folder: Path) -> bool:
    """True if a second handle is refused what the first has locked.

    >>> locks_work(Path(tempfile.gettempdir()))
    True
    """
    try:
        import fcntl
    except ImportError:  # Windows: the system enforces locks on shares itself.
        return True
    # Locks of the open file description: unlike POSIX locks they differ within one process.
    request = getattr(fcntl, "F_OFD_SETLK", None)
    if request is None:
        return True
    import struct

    whole = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    with (
        tempfile.NamedTemporaryFile(dir=folder, prefix=".standoff-lock-") as first,
        Path(first.name).open("r+b") as second,
    ):
        try:
            fcntl.fcntl(first, request, whole)
        except OSError:
            return False
        try:
            fcntl.fcntl(second, request, whole)
        except OSError as error:
            return error.errno in (errno.EAGAIN, errno.EACCES)
    return False
