"""Any server that speaks OpenAI's chat completions: a school's vLLM, llama-server, Ollama.

The learner's words leave this computer here, and only because somebody set ``server_url``; front ends show
the server's name on every answer.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

from engine.errors import ModelError
from engine.llm.reply_stream import stop_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from engine.cancel import CancelToken
    from engine.types import GenerationRequest

_CHARACTERS_PER_TOKEN = 3.0  # low on purpose: an estimate must not promise room that is not there


class OpenAiModel:
    """A language model on a server.

    Args:
        url: the API's base address, up to and including ``/v1``.
        model: the model's name on the server.
        key: the API key, or empty.
        context_tokens: length of the window to keep to.
        client: the HTTP client; its time-outs decide how long a silent server is waited for.

    Raises:
        ModelError: ``url`` is no address of a server.
    """

    def __init__(self, url: str, model: str, *, key: str, context_tokens: int, client: httpx.Client) -> None:
        self._host = _host(url)
        self._url = url.rstrip("/") + "/chat/completions"
        self._model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._context_tokens = context_tokens
        self._client = client

    @property
    def name(self) -> str:
        """The model's name and where it runs."""
        return f"{self._model} at {self._host}"

    @property
    def context_tokens(self) -> int:
        """Length of the window in tokens."""
        return self._context_tokens

    def count_tokens(self, text: str) -> int:
        """An estimate: servers do not agree on how to ask."""
        return int(len(text) / _CHARACTERS_PER_TOKEN) + 1

    def stream(self, request: GenerationRequest, cancel: CancelToken) -> Iterator[str]:
        """Pieces of the reply.

        Raises:
            ModelError: the server cannot be reached, refuses, or answers nonsense.
        """
        yield from stop_at(request.stop, self._pieces(request, cancel))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _pieces(self, request: GenerationRequest, cancel: CancelToken) -> Iterator[str]:
        import httpx

        try:
            with self._client.stream(
                "POST", self._url, json=self._body(request), headers=self._headers
            ) as response:
                if response.status_code != httpx.codes.OK:
                    raise _failure(f"answered with status {response.status_code}")
                answered = False
                for data in _event_data(response.iter_text()):
                    if cancel.cancelled or data == "[DONE]":
                        return
                    yield _delta(data)
                    answered = True
                if not answered:
                    raise TypeError("no stream of events")
        except httpx.HTTPError as error:
            raise _failure("cannot be reached") from error
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise _failure("sent an answer that is not in OpenAI's format") from error

    def _body(self, request: GenerationRequest) -> dict[str, object]:
        messages = [{"role": message.role, "content": message.content} for message in request.messages]
        return {
            "model": self._model,
            "messages": messages,
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stream": True,
        }


def _event_data(pieces: Iterator[str]) -> Iterator[str]:
    """The data of each server-sent event. Only line feeds end a line: JSON may hold other separators as they are."""
    rest = ""
    for piece in chain(pieces, ("\n",)):
        *lines, rest = (rest + piece).split("\n")
        yield from (line[5:].strip() for line in lines if line.startswith("data:"))


def _delta(data: str) -> str:
    choices = json.loads(data)["choices"]
    content = (choices[0]["delta"] or {}).get("content") if choices else None
    if not isinstance(content, str | None):
        raise TypeError(content)
    return content or ""


def _host(url: str) -> str:
    import httpx

    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise _failure("has no valid address") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise _failure("has no valid address")
    return parsed.host


def _failure(what: str) -> ModelError:
    return ModelError(
        f"The model server {what}.",
        todo="Check 'server_url' in the settings, or choose a model on this computer.",
    )
