"""Network drives are told from local disks."""

from pathlib import Path

import pytest

from engine.storage.file_system import network_file_system

MOUNTS = [
    ("/", "ext4", "rw"),
    ("/mnt/school", "nfs4", "rw"),
    ("/mnt/school/local", "xfs", "rw"),
    ("/z", "NTFS", "rw,remote"),
]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/a", None),
        ("/mnt/school/a", "nfs4"),
        ("/mnt/schoolyard", None),
        ("/mnt/school/local/a", None),
        ("/z/a", "NTFS"),
    ],
)
def test_the_nearest_mount_decides(folder: str, kind: str | None) -> None:
    assert network_file_system(Path(folder), MOUNTS) == kind


def test_this_computer_can_be_asked(tmp_path: Path) -> None:
    assert network_file_system(tmp_path) is None or isinstance(network_file_system(tmp_path), str)
    assert network_file_system(tmp_path, []) is None
