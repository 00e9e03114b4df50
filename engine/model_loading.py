"""From a choice in the settings to a loaded model: which installed file it is, and which backend opens it."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import ModelError
from engine.registry import backend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.models.installed import InstalledModel
    from engine.paths import DataPaths
    from engine.protocols import Embedder, LanguageModel
    from engine.rag.pack_index import PackIndex
    from engine.rag.reader import Reader
    from engine.rag.retriever import Reranking, Retriever
    from engine.settings import Settings

_LOG = logging.getLogger(__name__)
_CROSS_ENCODED = 24  # sentences that a cross-encoder can score in a quarter of a second on two cores
_SILENCE_S = 30.0  # how long a model server may say nothing


def chosen_model(paths: DataPaths, kind: str, choice: str) -> InstalledModel | None:
    """The installed model that a setting names; None for "none".

    For "auto" it is the biggest usable one whose files the manifest vouches for. A file of the learner's own is taken
    only where there is nothing else: how big it is says nothing of how good it is.

    Raises:
        ModelError: the named model is not installed.
    """
    from engine.models.installed import InstalledModels
    from engine.models.manifest import ModelKind

    usable = InstalledModels(paths.models).usable(ModelKind(kind)) if choice != "none" else []
    if choice in ("auto", "none"):
        return min(usable, key=lambda model: not model.verified, default=None)
    for model in usable:
        if model.id == choice:
            return model
    raise ModelError(f"The model {choice!r} is not installed.", todo="See: llm-tutor models list")


def load_language_model(paths: DataPaths, settings: Settings) -> LanguageModel | None:
    """The language model of the settings: a server's, an installed one, or None.

    Raises:
        ModelError: it cannot be loaded.
    """
    if settings.server_url:
        import httpx

        model: LanguageModel = backend("llm", "openai")(
            settings.server_url,
            settings.server_model,
            key=os.environ.get(settings.server_key_variable, "") if settings.server_key_variable else "",
            context_tokens=settings.context_tokens,
            client=httpx.Client(timeout=_SILENCE_S),
        )
        return model
    found = chosen_model(paths, "llm", settings.llm)
    if found is None:
        return None
    window = min(settings.context_tokens, found.context or settings.context_tokens)
    local: LanguageModel = backend("llm", "llama_cpp")(
        found.path, found.id, context_tokens=window, threads=threads(settings)
    )
    return local


def load_embedder(paths: DataPaths, settings: Settings) -> Embedder | None:
    """The installed embedder of the settings; None without one, or where it does not load."""
    found = chosen_model(paths, "embedder", settings.embedder)
    if found is None:
        return None
    try:
        embedder: Embedder = backend("embedder", "llama_cpp")(
            found.path, name=found.id, threads=threads(settings)
        )
    except ModelError as error:
        _LOG.warning("%s %s", error.what, error.todo)
        return None
    return embedder


@dataclass(frozen=True, slots=True)
class Ranking:
    """What orders the candidates of a search: one of the rerankers, and the evidence model if it is that."""

    reranking: Reranking
    reader: Reader | None = None

    def retriever(self, indexes: Sequence[PackIndex], embedder: Embedder | None) -> Retriever:
        """Search over ``indexes`` in this order."""
        from engine.rag.retriever import Retriever

        return Retriever(indexes, embedder=embedder, reranking=self.reranking, reader=self.reader)

    def close(self) -> None:
        """Free the models."""
        self.reranking.reranker.close()
        if self.reader is not None:
            self.reader.model.close()


def load_ranking(paths: DataPaths, settings: Settings) -> Ranking:
    """The reranker of the settings: the built-in one, with the evidence model's reading after it where that is chosen.

    Another cross-encoder takes the built-in one's place for the best few. One that does not load is left out.
    """
    from engine.models.manifest import read_manifest
    from engine.paths import manifest_path
    from engine.rag.reader import Reader
    from engine.rag.retriever import Reranking
    from engine.rag.weights import fitted_weights

    built_in = Reranking(backend("reranker", "features")())
    found = chosen_model(paths, "reranker", settings.reranker)
    if found is None:
        return Ranking(built_in)
    try:
        reranker = backend("reranker", "llama_cpp")(found.path, name=found.id, threads=threads(settings))
    except ModelError as error:
        _LOG.warning("%s %s", error.what, error.todo)
        return Ranking(built_in)
    if found.id == fitted_weights().evidence_model:
        entry = read_manifest(manifest_path()).find(found.id)
        return Ranking(built_in, Reader(reranker, frozenset(entry.languages if entry else ())))
    return Ranking(Reranking(reranker, limit=_CROSS_ENCODED))


def threads(settings: Settings) -> int:
    """Processor threads for models: the setting, or all cores."""
    return settings.threads or os.cpu_count() or 1
