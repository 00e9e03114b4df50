"""The one way out to the network: an HTTP client that trusts what this computer trusts."""

import os
import ssl
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

_TRUST_VARIABLES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE")


def http_client() -> "httpx.Client":
    """A client that follows a model hub to its storage; proxies come from the environment."""
    import httpx

    return httpx.Client(
        verify=trust(os.environ),
        follow_redirects=True,
        timeout=httpx.Timeout(30.0, connect=15.0),
        headers={"User-Agent": "llm-tutor"},
    )


def trust(environment: Mapping[str, str]) -> ssl.SSLContext:
    """The platform's certificates, or the file that the usual variables name (a school's own authority)."""
    for name in _TRUST_VARIABLES:
        path = Path(environment.get(name) or "/nonexistent")
        if path.is_file():
            return ssl.create_default_context(cafile=path)
        if path.is_dir():
            return ssl.create_default_context(capath=path)
    context = ssl.create_default_context()
    if sys.platform == "darwin" and not context.cert_store_stats()["x509_ca"]:
        import certifi  # what httpx brings along: Python for macOS does not read the system's store

        context.load_verify_locations(certifi.where())
    return context
