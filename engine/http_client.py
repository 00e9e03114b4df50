"""The one way out to the network: an HTTP client that trusts what this computer trusts."""

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import DownloadError

if TYPE_CHECKING:
    import ssl

    import httpx

_TRUST_VARIABLES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE")
_TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}


class TryAgainError(Exception):
    """The connection or the server failed in a way that often passes. Never leaves ``download``."""


def http_client() -> "httpx.Client":
    """A client that follows a model hub to its storage; proxies come from the environment."""
    import httpx

    return httpx.Client(
        verify=trust(os.environ),
        follow_redirects=True,
        timeout=httpx.Timeout(30.0, connect=15.0),
        headers={"User-Agent": "llm-tutor"},
    )


def trust(environment: Mapping[str, str]) -> "ssl.SSLContext":
    """The platform's certificates, or the file that the usual variables name (a school's own authority)."""
    import ssl

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


@contextlib.contextmanager
def http_errors(label: str) -> Iterator[None]:
    """Turn what httpx raises about ``label`` into our words: what often passes, and what does not."""
    import httpx

    try:
        yield
    except httpx.TransportError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise DownloadError(
                f"The server of {label} shows a certificate that this computer does not trust.",
                todo="If your network inspects traffic, point SSL_CERT_FILE to its certificate and try again.",
            ) from error
        raise TryAgainError(_words(error)) from error
    except (httpx.InvalidURL, httpx.TooManyRedirects) as error:
        raise DownloadError(f"The address of {label} is wrong.", todo="Update LLM Tutor.") from error


def _words(error: "httpx.TransportError") -> str:
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return "the server does not answer"
    if isinstance(error, httpx.ConnectError):
        return "the server cannot be reached"
    return "the connection broke"


def check_status(label: str, status: int) -> None:
    """Raise unless the answer can be read.

    Raises:
        TryAgainError: the server is busy or broken for the moment.
        DownloadError: it does not have the file, or does not give it to us.
    """
    if status in _TRY_AGAIN:
        raise TryAgainError(f"the server is not ready (status {status})")
    if status not in (200, 206, 416):
        raise DownloadError(
            f"The server does not give out {label} (status {status}).",
            todo="Try again later, or get the file elsewhere and add it with: llm-tutor models add FILE",
        )
