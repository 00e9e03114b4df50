"""What kind of disk a folder lies on: SQLite's locks and its log are not dependable over a network."""

from collections.abc import Sequence
from pathlib import Path

_NETWORK = frozenset(
    ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs"]
)


def network_file_system(folder: Path, mounts: Sequence[tuple[str, str, str]] | None = None) -> str | None:
    """The kind of network file system that holds ``folder``; None for a local disk, or when it cannot be told.

    Args:
        folder: an existing folder.
        mounts: (mount point, kind, options separated by commas) of each disk; by default those of this computer.
    """
    resolved = folder.resolve()
    mounts = _mounts() if mounts is None else mounts
    holding = [mount for mount in mounts if resolved.is_relative_to(mount[0])]
    point, kind, options = max(holding, key=lambda mount: len(mount[0]), default=("", "", ""))
    if not point and resolved.drive.startswith("\\\\"):
        return "a shared folder"
    return kind if kind.lower() in _NETWORK or "remote" in options.split(",") else None


def _mounts() -> list[tuple[str, str, str]]:
    import psutil

    return [(disk.mountpoint, disk.fstype, disk.opts) for disk in psutil.disk_partitions(all=True)]
