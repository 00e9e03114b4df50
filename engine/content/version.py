"""The order of semantic versions."""


def version_key(version: str) -> tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]:
    """A key that sorts versions as semver.org says: a pre-release comes before its release, numbers as numbers."""
    release, _, pre = version.partition("-")
    parts = tuple(
        (not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in pre.split(".") if part
    )
    return tuple(int(part) if part.isdecimal() else 0 for part in release.split(".")), not pre, parts
