"""The only place where concrete classes meet: a profile's folder and settings in, a working tutor out.

Everything is made when it is first needed, so that a program that only lists packs loads no model.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from functools import cached_property
from typing import TYPE_CHECKING, Self

from engine.cancel import CancelToken
from engine.clock import Clock, SystemClock
from engine.errors import ModelError, PackError, StorageError
from engine.registry import backend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.content.installed_pack import InstalledPack
    from engine.content.pack import Pack
    from engine.content.pack_store import PackStore
    from engine.models.installed import InstalledModel
    from engine.paths import DataPaths
    from engine.protocols import Embedder, LanguageModel, ProgressCallback
    from engine.rag.pack_index import PackIndex
    from engine.rag.retriever import Reranking, Retriever
    from engine.settings import Settings
    from engine.storage.database import LearnerDatabase
    from engine.tutor.conversation_store import ConversationStore
    from engine.tutor.session import TutorSession
    from engine.types import Passage

_LOG = logging.getLogger(__name__)
_CROSS_ENCODED = 24  # sentences that a cross-encoder can score in a quarter of a second on two cores
_SILENCE_S = 30.0  # how long a model server may say nothing


class Runtime:
    """One profile, ready to use; close it, or use it as a context manager.

    Args:
        paths: the profile's data folder.
        settings: what the learner chose.
        clock: the time.

    Attributes:
        notices: sentences to show the learner about what could not be opened.
    """

    def __init__(self, paths: DataPaths, settings: Settings, clock: Clock | None = None) -> None:
        self._paths = paths
        self._settings = settings
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._model: LanguageModel | None = None
        self._model_failed = False
        self._open = contextlib.ExitStack()
        self.notices: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free models and close files."""
        self._open.close()

    @cached_property
    def database(self) -> LearnerDatabase:
        """The learner's database."""
        from engine.storage.database import open_learner_database

        database = open_learner_database(self._paths, self._clock)
        self._open.callback(database.close)
        self.notices += database.notices
        return database

    @cached_property
    def conversations(self) -> ConversationStore:
        """What was asked and answered."""
        from engine.tutor.conversation_store import ConversationStore

        return ConversationStore(self.database, self._clock)

    @cached_property
    def indexes(self) -> tuple[PackIndex, ...]:
        """The search indexes of all installed packs; one that cannot be read is left out, with a notice."""
        from engine.content.pack_store import PackStore

        store = PackStore(self._paths.packs)
        return tuple(index for pack in store.installed() if (index := self._opened_index(pack, store)))

    @cached_property
    def embedder(self) -> Embedder | None:
        """The embedder, if one is installed and wanted."""
        embedder = load_embedder(self._paths, self._settings)
        if embedder is not None:
            self._open.callback(embedder.close)
        return embedder

    @cached_property
    def retriever(self) -> Retriever:
        """Search over all installed packs."""
        from engine.rag.retriever import Retriever

        return Retriever(
            self.indexes, embedder=self.embedder, reranking=load_reranking(self._paths, self._settings)
        )

    @cached_property
    def _session(self) -> TutorSession:
        from engine.tutor.prompt import PromptBuilder
        from engine.tutor.recorder import Recorder
        from engine.tutor.session import TutorSession
        from engine.tutor.wording import ModelWording

        return TutorSession(
            retriever=self.retriever,
            wording=ModelWording(self.language_model, PromptBuilder()),
            conversations=self.conversations,
            recorder=Recorder(self.database, self.conversations, self._clock),
            limit_s=self._settings.answer_limit_s,
        )

    def session(self) -> TutorSession:
        """The tutor; the same one for all conversations of this profile."""
        return self._session

    def language_model(self) -> LanguageModel | None:
        """The language model, loaded at the first call; None without one. A model that fails is not tried again."""
        with self._lock:
            if self._model is None and not self._model_failed:
                try:
                    self._model = load_language_model(self._paths, self._settings)
                except ModelError as error:
                    _LOG.warning("%s %s", error.what, error.todo)
                    self.notices.append(str(error))
                self._model_failed = self._model is None
                if self._model is not None:
                    self._open.callback(self._model.close)
            return self._model

    def model_name(self) -> str:
        """The name of the model that answers are worded by, without loading it; empty for none."""
        if self._settings.server_url:
            return f"{self._settings.server_model} at {self._settings.server_url}"
        found = chosen_model(self._paths, "llm", self._settings.llm)
        return found.id if found else ""

    def pack_titles(self) -> dict[str, str]:
        """Id and title of every pack that can be asked."""
        return {index.info.id: index.info.title for index in self.indexes}

    def known_packs(self, identifiers: list[str]) -> frozenset[str]:
        """The full ids of the named packs; the last part of an id is enough ("biology").

        Raises:
            PackError: there is no such pack.
        """
        return frozenset(self._known_pack(identifier) for identifier in identifiers)

    def passage(self, pack: str, identifier: str) -> Passage:
        """The passage that a citation opens.

        Raises:
            PackError: the pack or the passage is no longer there.
        """
        for index in self.indexes:
            if index.info.id == pack and (found := index.passage(identifier)):
                return found
        raise PackError(
            "That passage is no longer there.", todo="Ask again: the pack was changed or removed."
        )

    def _known_pack(self, identifier: str) -> str:
        from engine.content.pack_store import PackStore

        return PackStore(self._paths.packs).resolve(identifier)

    def _opened_index(self, pack: InstalledPack, store: PackStore) -> PackIndex | None:
        from engine.rag.ingest import index_words
        from engine.rag.pack_index import PackIndex

        try:
            try:
                index = PackIndex(pack.index_file)
            except StorageError:
                # Missing or damaged: it can be asked again at once by its words; vectors come with `prepare`.
                index_words(store.content(pack), pack.index_file, cancel=CancelToken())
                index = PackIndex(pack.index_file)
        except (StorageError, PackError) as error:
            _LOG.warning("%s: %s", pack.info.id, error.code)
            self.notices.append(f"The pack “{pack.info.title}” cannot be searched. {error.what} {error.todo}")
            return None
        self._open.callback(index.close)
        return index


def chosen_model(paths: DataPaths, kind: str, choice: str) -> InstalledModel | None:
    """The installed model that a setting names: the biggest usable one for "auto", None for "none".

    Raises:
        ModelError: the named model is not installed.
    """
    from engine.models.installed import InstalledModels
    from engine.models.manifest import ModelKind

    usable = InstalledModels(paths.models).usable(ModelKind(kind)) if choice != "none" else []
    if choice in ("auto", "none"):
        return next(iter(usable), None)
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


def load_reranking(paths: DataPaths, settings: Settings) -> Reranking:
    """The reranker of the settings: an installed cross-encoder for the best few, else the built-in one for all."""
    from engine.rag.retriever import Reranking

    found = chosen_model(paths, "reranker", settings.reranker)
    if found is None:
        return Reranking(backend("reranker", "features")())
    reranker = backend("reranker", "llama_cpp")(found.path, name=found.id, threads=threads(settings))
    return Reranking(reranker, limit=_CROSS_ENCODED)


def index_pack(
    paths: DataPaths,
    settings: Settings,
    pack: Pack,
    folder: Path,
    *,
    cancel: CancelToken,
    progress: ProgressCallback,
) -> None:
    """Make the search index of ``pack`` in ``folder``: words at once, then vectors where an embedder is installed.

    Raises:
        Cancelled: what is done is kept, and continued by the next call.
        StorageError: the index cannot be written.
    """
    from engine.rag.ingest import INDEX_FILE, index_vectors, index_words

    index = folder / INDEX_FILE
    index_words(pack, index, cancel=cancel)
    embedder = load_embedder(paths, settings)
    if embedder is None:
        return
    try:
        index_vectors(index, embedder, cancel=cancel, progress=progress)
    finally:
        embedder.close()


@contextlib.contextmanager
def retriever_over(paths: DataPaths, settings: Settings, index_file: Path) -> Iterator[Retriever]:
    """Search over one index that is not installed, with the profile's models."""
    from engine.rag.pack_index import PackIndex
    from engine.rag.retriever import Retriever

    with contextlib.ExitStack() as opened:
        index = PackIndex(index_file)
        opened.callback(index.close)
        embedder = load_embedder(paths, settings)
        if embedder is not None:
            opened.callback(embedder.close)
        yield Retriever([index], embedder=embedder, reranking=load_reranking(paths, settings))


def threads(settings: Settings) -> int:
    """Processor threads for models: the setting, or all cores."""
    return settings.threads or os.cpu_count() or 1
