"""The order of versions."""

from engine.content.version import version_key


def test_versions_sort_as_semver_says() -> None:
    ordered = [
        "0.9.0",
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0",
    ]
    ordered += ["1.0.1", "1.2.0", "1.10.0", "2.0.0"]
    assert sorted(ordered[5:] + ordered[:5], key=version_key) == ordered
