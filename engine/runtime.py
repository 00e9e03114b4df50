"""The only place where concrete classes meet: a profile's folder and settings in, a working tutor out.

Everything is made when it is first needed, so that a program that only lists packs loads no model.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Self

from engine.cancel import CancelToken
from engine.clock import Clock, SystemClock, utc_offset_min
from engine.errors import ModelError, PackError, StorageError
from engine.model_loading import chosen_model, load_embedder, load_language_model, load_ranking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.answers.checker_process import Checker
    from engine.content.installed_pack import InstalledPack
    from engine.content.item_bank import ItemBank
    from engine.content.pack import Pack
    from engine.content.pack_store import PackStore
    from engine.model_loading import Ranking
    from engine.paths import DataPaths
    from engine.protocols import Embedder, LanguageModel, ProgressCallback
    from engine.rag.pack_index import PackIndex
    from engine.rag.retriever import Retriever
    from engine.settings import Settings
    from engine.storage.database import LearnerDatabase
    from engine.tutor.conversation_store import ConversationStore
    from engine.tutor.practice.agenda import Agenda
    from engine.tutor.practice.hint_wording import HintWording
    from engine.tutor.practice.practice import Practice
    from engine.tutor.session import TutorSession
    from engine.tutor.wording import ModelWording
    from engine.types import Passage

    _State = frozenset[tuple[str, int, int]]

_LOG = logging.getLogger(__name__)
_KEPT_AFTER_DELETION = timedelta(days=30)


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
        self._lock = threading.RLock()
        self._model: LanguageModel | None = None
        self._model_failed = False
        self._opened: _Search | None = None
        self._open = contextlib.ExitStack()
        self.notices: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free models and close files."""
        for index in self._opened.indexes if self._opened else ():
            index.close()
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

        store = ConversationStore(self.database, self._clock)
        store.purge(deleted_for=_KEPT_AFTER_DELETION)
        return store

    @property
    def indexes(self) -> tuple[PackIndex, ...]:
        """The search indexes of all installed packs; one that cannot be read is left out, with a notice."""
        return self._search.indexes

    @cached_property
    def embedder(self) -> Embedder | None:
        """The embedder, if one is installed and wanted."""
        embedder = load_embedder(self._paths, self._settings)
        if embedder is not None:
            self._open.callback(embedder.close)
        return embedder

    @cached_property
    def _ranking(self) -> Ranking:
        ranking = load_ranking(self._paths, self._settings)
        self._open.callback(ranking.close)
        return ranking

    @property
    def retriever(self) -> Retriever:
        """Search over all installed packs, as they are now."""
        return self._search.retriever

    @property
    def _search(self) -> _Search:
        """What is searched; opened again when packs came, went, or got their vectors meanwhile."""
        with self._lock:
            state = _packs_state(self._paths)
            if self._opened is None or self._opened.state != state:
                self._opened = self._open_search(state)
            return self._opened

    def session(self) -> TutorSession:
        """The tutor, over the packs as they are now. All sessions of a runtime share conversations and model."""
        from engine.tutor.recorder import Recorder
        from engine.tutor.session import TutorSession

        return TutorSession(
            retriever=self.retriever,
            wording=self._wording,
            conversations=self.conversations,
            recorder=Recorder(self.database, self.conversations, self._clock),
            limit_s=self._settings.answer_limit_s,
        )

    @cached_property
    def items(self) -> ItemBank:
        """The practice items of all installed packs."""
        from engine.content.item_bank import ItemBank
        from engine.content.pack_store import PackStore

        return ItemBank(PackStore(self._paths.packs))

    @cached_property
    def practice(self) -> Practice:
        """Practice questions: posing, answering, help."""
        from engine.tutor.practice.practice import Practice

        return Practice(self.database, self.items, self.checker, self._clock)

    @cached_property
    def checker(self) -> Checker:
        """Checks answers in a process of its own."""
        from engine.answers.checker_process import Checker

        checker = Checker()
        self._open.callback(checker.close)
        return checker

    @cached_property
    def agenda(self) -> Agenda:
        """What there is to practise."""
        from engine.tutor.practice.agenda import Agenda
        from engine.tutor.practice.learning_record import LearningRecord

        return Agenda(self.database, self.items, LearningRecord(self.items), self._clock, utc_offset_min)

    @cached_property
    def hint_wording(self) -> HintWording:
        """Says hints in the model's words, where there is a model."""
        from engine.tutor.practice.hint_wording import HintWording

        return HintWording(self.language_model)

    @cached_property
    def _wording(self) -> ModelWording:
        from engine.tutor.prompt import PromptBuilder
        from engine.tutor.wording import ModelWording

        return ModelWording(self.language_model, PromptBuilder())

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

    def _open_search(self, state: _State) -> _Search:
        from engine.content.pack_store import PackStore

        store = PackStore(self._paths.packs)
        indexes = tuple(index for pack in store.installed() if (index := self._opened_index(pack, store)))
        return _Search(state, indexes, self._ranking.retriever(indexes, self.embedder))

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
        return index


@dataclass(frozen=True, slots=True)
class _Search:
    state: _State
    indexes: tuple[PackIndex, ...]
    retriever: Retriever


def _packs_state(paths: DataPaths) -> _State:
    """Changes whenever a pack is installed, removed or indexed."""
    found = []
    for index in paths.packs.glob("*/*/index.sqlite"):
        with contextlib.suppress(OSError):
            status = index.stat()
            found.append((str(index), status.st_size, status.st_mtime_ns))
    with contextlib.suppress(OSError):
        found.extend(
            (str(folder), 0, 0) for folder in paths.packs.iterdir() if not folder.name.startswith(".")
        )
    return frozenset(found)


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

    with contextlib.ExitStack() as opened:
        index = PackIndex(index_file)
        opened.callback(index.close)
        embedder = load_embedder(paths, settings)
        if embedder is not None:
            opened.callback(embedder.close)
        ranking = load_ranking(paths, settings)
        opened.callback(ranking.close)
        yield ranking.retriever([index], embedder)
