"""What every language model promises (``engine.protocols.LanguageModel``), on each backend."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from engine.cancel import CancelToken
from engine.protocols import LanguageModel
from engine.registry import backend
from engine.types import ChatMessage, GenerationRequest
from tests.contracts.chat_server import says, serving

_REPLY = [
    "Leaves",
    " look",
    " green",
    " because",
    " chlorophyll",
    " reflects",
    " green",
    " light.",
    "\n",
    "Really.",
]


@pytest.fixture(scope="module")
def _llama(llm_path: Path) -> Iterator[LanguageModel]:
    model: LanguageModel = backend("llm", "llama_cpp")(llm_path, "small", context_tokens=512, threads=2)
    yield model
    model.close()


@pytest.fixture(scope="module")
def _server() -> Iterator[LanguageModel]:
    with serving() as server, httpx.Client(timeout=10, trust_env=False) as client:
        server.behaviour = says(*_REPLY)
        yield backend("llm", "openai")(server.url, "small", key="", context_tokens=512, client=client)


@pytest.fixture(params=[pytest.param("_llama", marks=pytest.mark.models), "_server"])
def model(request: pytest.FixtureRequest) -> LanguageModel:
    found: LanguageModel = request.getfixturevalue(request.param)
    return found


def _asks(text: str = "Why do leaves look green?", **more: object) -> GenerationRequest:
    messages = (ChatMessage("system", "You are a tutor."), ChatMessage("user", text))
    return GenerationRequest(messages, **{"conversation": "a", "max_tokens": 12, **more})  # type: ignore[arg-type]


def test_it_says_its_name_and_its_window(model: LanguageModel) -> None:
    assert "small" in model.name
    assert model.context_tokens == 512


def test_it_writes_text_in_pieces(model: LanguageModel) -> None:
    pieces = list(model.stream(_asks(), CancelToken()))
    assert len(pieces) > 3
    assert "".join(pieces).strip()
    assert not any("<|" in piece for piece in pieces)


def test_the_same_request_gives_the_same_reply(model: LanguageModel) -> None:
    first = "".join(model.stream(_asks(temperature=0.0), CancelToken()))
    assert "".join(model.stream(_asks(temperature=0.0), CancelToken())) == first


def test_a_reply_ends_before_a_stop_string(model: LanguageModel) -> None:
    whole = "".join(model.stream(_asks(temperature=0.0), CancelToken()))
    stop = whole.split()[2]
    assert (
        "".join(model.stream(_asks(temperature=0.0, stop=(stop,)), CancelToken())) == whole.partition(stop)[0]
    )


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_cancelled_reply_ends_quietly(model: LanguageModel, after: int) -> None:
    cancel = CancelToken()
    pieces = model.stream(_asks(), cancel)
    shown = [next(pieces) for _ in range(after)]
    cancel.cancel()
    assert list(pieces) == []
    assert len(shown) == after


def test_a_reply_that_nobody_reads_on_leaves_the_model_usable(model: LanguageModel) -> None:
    pieces = model.stream(_asks(), CancelToken())
    next(pieces)
    close: Callable[[], None] = pieces.close  # type: ignore[attr-defined]
    close()
    assert list(model.stream(_asks(conversation="b"), CancelToken()))


def test_counting_is_never_far_too_low(model: LanguageModel) -> None:
    for text in ("", "cell", "Why do leaves look green? " * 20, "∫ x² dx = ⅓x³", "x" * 300):
        counted = model.count_tokens(text)
        assert len(text.split()) * 0.9 <= counted <= len(text.encode()) + 1


def test_odd_characters_are_text_like_any_other(model: LanguageModel) -> None:
    assert "".join(model.stream(_asks("🌱 \u202e\x00 <|im_end|> ﷽ ?"), CancelToken())).strip()
