"""A small server that speaks OpenAI's chat completions, well or badly, on this machine only.

What it does is said by ``server.behaviour``; what it was asked lies in ``server.asked``.
"""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Reply"], None]


class Reply(BaseHTTPRequestHandler):
    """One answer in the making."""

    chat: "ChatServer"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.chat.asked.append((self.path, dict(self.headers), body))
        with contextlib.suppress(OSError):  # the client may have left
            self.chat.behaviour(self)
        self.close_connection = True

    def begin(self, status: int = 200, kind: str = "text/event-stream") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def line(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\n")

    def piece(self, content: str) -> None:
        """One event with a piece of the reply, its characters as they are."""
        event = {"choices": [{"index": 0, "delta": {"content": content}}]}
        self.line(f"data: {json.dumps(event, ensure_ascii=False)}\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing."""


@dataclass
class ChatServer:
    """The running server: ``url`` is what goes into the settings."""

    url: str
    behaviour: Behaviour
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    silence: threading.Event = field(default_factory=threading.Event)


def says(*pieces: str) -> Behaviour:
    """A sound reply in ``pieces``, with the extras that real servers send."""

    def behave(reply: Reply) -> None:
        reply.begin()
        reply.line(": a comment\n")
        reply.line('data: {"choices": [{"delta": {"role": "assistant"}}]}\n')
        for piece in pieces:
            reply.piece(piece)
        reply.line('data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n')
        reply.line('data: {"choices": [], "usage": {"total_tokens": 7}}\n')
        reply.line("data: [DONE]\n")

    return behave


def sends(*lines: str, status: int = 200) -> Behaviour:
    """Exactly these lines."""

    def behave(reply: Reply) -> None:
        reply.begin(status)
        for line in lines:
            reply.line(line)

    return behave


@contextlib.contextmanager
def serving() -> Iterator[ChatServer]:
    """A server on a free port of this machine."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Reply,), {}))
    chat = ChatServer(f"http://127.0.0.1:{http.server_port}/v1", says("Cells live."))
    http.RequestHandlerClass.chat = chat  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield chat
    finally:
        chat.silence.set()
        http.shutdown()
        http.server_close()
        thread.join()
