"""A model on a server: what is sent to it, and every way in which it can fail."""

import json
from collections.abc import Iterator

import httpx
import pytest

from engine.cancel import CancelToken
from engine.errors import ModelError
from engine.llm.openai_llm import OpenAiModel
from engine.types import ChatMessage, GenerationRequest
from tests.contracts.chat_server import ChatServer, Reply, says, sends, serving

_REQUEST = GenerationRequest(
    (ChatMessage("system", "Be short."), ChatMessage("user", "What is a cell?")),
    max_tokens=9,
    temperature=0.1,
    seed=3,
)


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as running:
        yield running


def _model(url: str, *, key: str = "", silence_s: float = 10) -> OpenAiModel:
    client = httpx.Client(timeout=silence_s, trust_env=False)
    return OpenAiModel(url, "llama-3", key=key, context_tokens=2048, client=client)


def _reply(model: OpenAiModel, cancel: CancelToken | None = None) -> str:
    try:
        return "".join(model.stream(_REQUEST, cancel or CancelToken()))
    finally:
        model.close()


def test_the_request_is_openais(server: ChatServer) -> None:
    assert _reply(_model(server.url + "/", key="secret")) == "Cells live."
    [(path, headers, body)] = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert body == {
        "model": "llama-3",
        "messages": [
            {"role": "system", "content": "Be short."},
            {"role": "user", "content": "What is a cell?"},
        ],
        "max_tokens": 9,
        "temperature": 0.1,
        "seed": 3,
        "stream": True,
    }


def test_without_a_key_none_is_sent(server: ChatServer) -> None:
    _reply(_model(server.url))
    assert "Authorization" not in server.asked[0][1]


def test_the_name_says_where_the_words_go(server: ChatServer) -> None:
    model = _model(server.url, key="secret")
    assert model.name == "llama-3 at 127.0.0.1"
    model.close()


def test_any_line_separator_may_stand_in_a_reply(server: ChatServer) -> None:
    text = "One.\u2028Two.\x85Three.\u2029Four.\r\n"
    server.behaviour = says(text)
    assert _reply(_model(server.url)) == text


def test_a_reply_without_its_end_is_taken_as_it_is(server: ChatServer) -> None:
    event = json.dumps({"choices": [{"delta": {"content": "Cells live."}}]})
    server.behaviour = sends(f"data:{event}")
    assert _reply(_model(server.url)) == "Cells live."


@pytest.mark.parametrize("status", [301, 400, 401, 404, 429, 500, 503])
def test_a_refusal_is_told_with_its_status(server: ChatServer, status: int) -> None:
    server.behaviour = sends('{"error": {"message": "no"}}', status=status)
    with pytest.raises(ModelError, match=str(status)) as caught:
        _reply(_model(server.url))
    assert "server_url" in caught.value.todo


@pytest.mark.parametrize(
    "line",
    [
        "<html><body>It works!</body></html>",
        '{"choices": [{"message": {"content": "not a stream"}}]}',
        "",
        "data: {",
        "data: \x00\x01",
        "data: 5",
        "data: null",
        'data: {"error": {"message": "out of memory"}}',
        'data: {"choices": {}, "x": 1}\n\ndata: {"choices": {"a": 1}}',
        'data: {"choices": [{}]}',
        'data: {"choices": [{"delta": "text"}]}',
        'data: {"choices": [{"delta": {"content": 5}}]}',
        'data: {"choices": [{"delta": {"content": ["a"]}}]}',
        'data: {"choices": [null]}',
    ],
)
def test_an_answer_in_another_format_is_told(server: ChatServer, line: str) -> None:
    server.behaviour = sends(line)
    with pytest.raises(ModelError, match="not in OpenAI's format"):
        _reply(_model(server.url))


def test_what_came_before_a_fault_has_been_given(server: ChatServer) -> None:
    def breaks_off(reply: Reply) -> None:
        reply.begin()
        reply.piece("Cells live. ")
        reply.line("data: {oh")

    server.behaviour = breaks_off
    model = _model(server.url)
    pieces = model.stream(_REQUEST, CancelToken())
    assert next(pieces) == "Cells live. "
    with pytest.raises(ModelError):
        next(pieces)
    model.close()


def test_a_connection_that_breaks_is_told(server: ChatServer) -> None:
    def breaks(reply: Reply) -> None:
        reply.send_response(200)
        reply.send_header("Content-Length", "1000")
        reply.end_headers()
        reply.piece("Cells")

    server.behaviour = breaks
    with pytest.raises(ModelError, match="cannot be reached"):
        _reply(_model(server.url))


@pytest.mark.parametrize("headers", [True, False], ids=["after the headers", "at once"])
def test_a_silent_server_is_not_waited_for_without_end(server: ChatServer, *, headers: bool) -> None:
    def falls_silent(reply: Reply) -> None:
        if headers:
            reply.begin()
            reply.piece("Cells")
        server.silence.wait(30)

    server.behaviour = falls_silent
    with pytest.raises(ModelError, match="cannot be reached"):
        _reply(_model(server.url, silence_s=0.3))


def test_nobody_at_the_address_is_told() -> None:
    with serving() as gone:
        url = gone.url
    with pytest.raises(ModelError, match="cannot be reached"):
        _reply(_model(url))


@pytest.mark.parametrize(
    "url", ["", "school", "school.example:8000/v1", "ftp://school.example", "http://", "http://a b\x00"]
)
def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(ModelError, match="no valid address"):
        _model(url)


def test_a_cancelled_request_closes_its_connection(server: ChatServer) -> None:
    sent = []

    def goes_on(reply: Reply) -> None:
        reply.begin()
        for number in range(100_000):
            reply.piece(f"{number} " * 50)
            sent.append(number)

    server.behaviour = goes_on
    cancel = CancelToken()
    model = _model(server.url)
    pieces = model.stream(_REQUEST, cancel)
    next(pieces)
    cancel.cancel()
    assert list(pieces) == []
    model.close()
    assert len(sent) < 100_000
