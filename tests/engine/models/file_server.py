"""A real HTTP server in a process of its own, with the habits and faults of real ones.

The query says how it behaves: ``cut=N`` breaks the connection after N bytes of body, ``slow=S`` waits S seconds
between pieces, ``status=N`` answers only that, ``etag=X`` names another version of the file. ``/log`` tells which
pieces were asked for.
"""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_PIECE = 1 << 16


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder = Path()
    asked: list[str] = []  # noqa: RUF012 - one server a process

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        options = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/log":
            self._reply(200, json.dumps(self.asked).encode(), {})
            return
        self.asked.append(self.headers.get("Range", ""))
        if "status" in options:
            self._reply(int(options["status"]), b"", {})
            return
        path = self.folder / address.path.lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self._reply(404, b"", {})
            return
        self._send(path.read_bytes(), options)

    def _send(self, content: bytes, options: dict[str, str]) -> None:
        etag = f'"{options.get("etag", "one")}"'
        head = {"ETag": etag, "Accept-Ranges": "bytes"}
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        if start and self.headers.get("If-Range", etag) == etag:
            if start >= len(content):
                self._reply(416, b"", {"Content-Range": f"bytes */{len(content)}"})
                return
            head["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self._reply(206, content[start:], head, options)
        else:
            self._reply(200, content, head, options)

    def _reply(
        self, status: int, body: bytes, head: dict[str, str], options: dict[str, str] | None = None
    ) -> None:
        options = options or {}
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        body = body[: int(options["cut"])] if "cut" in options else body
        with contextlib.suppress(OSError):
            for position in range(0, len(body), _PIECE):
                self.wfile.write(body[position : position + _PIECE])
                time.sleep(float(options.get("slow", 0)))
        if "cut" in options:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve ``folder``; gives the address, which ends with a slash."""
    command = [sys.executable, "-m", "tests.engine.models.file_server", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[3]
    ) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{server.stdout.readline().strip()}/"
        finally:
            server.terminate()


def _main() -> None:
    _Handler.folder = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    _main()
