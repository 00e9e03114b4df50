"""A tutor over one small pack and a real profile, with a language model that tests play."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from engine.cancel import CancelToken
from engine.content.pack import Pack, PackInfo
from engine.events import AnswerChecked, AnswerStored, SourcesFound, TextDelta, TurnEvent
from engine.paths import DataPaths
from engine.protocols import LanguageModel
from engine.rag.ingest import index_words
from engine.rag.pack_index import PackIndex
from engine.rag.retriever import Retriever
from engine.storage.database import LearnerDatabase, open_learner_database
from engine.tutor.conversation_store import ConversationStore, StoredTurn
from engine.tutor.prompt import PromptBuilder
from engine.tutor.recorder import Recorder
from engine.tutor.session import Ask, TutorSession
from engine.tutor.wording import ModelWording
from engine.types import GenerationRequest, Passage, PassageKind, Section, Skill, Term
from tests.engine.storage.profile import SteppingClock

_LEAF, _CELL, _FORCE = "s-leaf", "s-cell", "s-force"


def _passage(identifier: str, section: str, title: str, text: str, kind: str = "explanation") -> Passage:
    return Passage(identifier, section, title, text, PassageKind(kind), (section.replace("s-", "skill-"),))


PACK = Pack(
    info=PackInfo("org.example.small", "1.0.0", "Small science", entry=_LEAF),
    sections=(
        Section("c-1", "Living things", None, "1"),
        Section(_LEAF, "Leaves and light", "c-1", "1.1"),
        Section(_CELL, "Cells", "c-1", "1.2"),
        Section("c-2", "Motion", None, "2"),
        Section(_FORCE, "Forces", "c-2", "2.1"),
    ),
    passages=(
        _passage(
            "p-green", _LEAF, "Why leaves look green",
            "Leaves look green because they hold **chlorophyll**. Chlorophyll takes in red light and blue "
            "light. It sends green light back, and the green light reaches our eyes. The light that "
            "chlorophyll takes in gives the plant the energy to make sugar.",
        ),
        _passage(
            "p-red", _LEAF, "Worked example: a red leaf",
            "A red leaf of a maple looks red because it also holds a red pigment.\n\n1. The pigment sends red "
            "light back.\n2. The chlorophyll below it still takes in light.\n3. So the red leaf can make sugar.",
            "example",
        ),
        _passage(
            "p-mistake", _LEAF, "Common mistake: leaves use green light",
            "A common mistake is to think that leaves use green light because they look green. A thing has the "
            "colour of the light that it sends back.",
            "mistake",
        ),
        _passage(
            "p-cell", _CELL, "What a cell is",
            "A **cell** is the smallest part of a living thing that is alive by itself. Every living thing is "
            "made of one cell or of many cells. The **membrane** is the thin skin of a cell. It lets water and "
            "food in and waste out.",
        ),
        _passage(
            "p-nucleus", _CELL, "The nucleus",
            "The **nucleus** holds the plans of the cell. The cell reads the plans when it builds a new part. "
            "Bacteria have no nucleus.",
        ),
        _passage(
            "p-force", _FORCE, "What a force is",
            "A **force** is a push or a pull. A force can change how fast a thing moves, or the way in which "
            "it moves. The unit of force is the newton.",
        ),
        _passage(
            "p-force-example", _FORCE, "Worked example: pushing a cart",
            "You push a shopping cart with a force of 20 newtons.\n\n1. The push points forward.\n2. The cart "
            "gets faster.",
            "example",
        ),
        _passage(
            "p-friction", _FORCE, "Friction",
            "**Friction** is a force between two things that touch. It works against the motion. A ball that "
            "rolls over grass stops because friction slows it down.",
        ),
    ),
    skills=(Skill("skill-leaf", "Say why leaves are green"), Skill("skill-cell", "Name the parts of a cell")),
    terms=(
        Term("chlorophyll", "The green substance of leaves.", "p-green"),
        Term("membrane", "The thin skin of a cell.", "p-cell", aliases=("cell skin",)),
        Term("nucleus", "The part with the plans.", "p-nucleus"),
        Term("friction", "A force that works against motion.", "p-friction"),
    ),
)  # fmt: skip


@dataclass
class PlayedModel:
    """A language model that gives ``replies``, one a request, each as its pieces; an exception among them is raised.

    Attributes:
        asked: the requests.
        on_piece: called with the number of each piece before it is given.
    """

    replies: list[Sequence[str | Exception]] = field(default_factory=list)
    asked: list[GenerationRequest] = field(default_factory=list)
    on_piece: Callable[[int], None] = lambda _: None
    name: str = "played"
    context_tokens: int = 2048

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(self, request: GenerationRequest, cancel: CancelToken) -> Iterator[str]:
        self.asked.append(request)
        for number, piece in enumerate(self.replies.pop(0) if self.replies else ()):
            self.on_piece(number)
            if cancel.cancelled:
                return
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def close(self) -> None:
        """Nothing to free."""


@dataclass
class SmallTutor:
    """A session and what it works on."""

    session: TutorSession
    conversations: ConversationStore
    model: PlayedModel | None
    loads: list[int] = field(default_factory=list)
    conversation: str | None = None

    def ask(self, question: str, cancel: CancelToken | None = None, **more: object) -> Turn:
        """One turn of the conversation, to its end."""
        request = Ask(question, conversation=self.conversation, **more)  # type: ignore[arg-type]
        turn = Turn(tuple(self.session.ask(request, cancel or CancelToken())))
        self.conversation = turn.stored.conversation
        return turn

    def turns(self) -> list[StoredTurn]:
        """What is stored, of all conversations."""
        found = [self.conversations.turns(one.id) for one in self.conversations.conversations()]
        return [turn for turns in found for turn in turns]


@dataclass(frozen=True)
class Turn:
    """The events of a turn."""

    events: tuple[TurnEvent, ...]

    @property
    def found(self) -> SourcesFound:
        [event] = [event for event in self.events if isinstance(event, SourcesFound)]
        return event

    @property
    def deltas(self) -> list[TextDelta]:
        return [event for event in self.events if isinstance(event, TextDelta)]

    @property
    def checked(self) -> AnswerChecked:
        [event] = [event for event in self.events if isinstance(event, AnswerChecked)]
        return event

    @property
    def stored(self) -> AnswerStored:
        event = self.events[-1]
        assert isinstance(event, AnswerStored)
        return event


@contextlib.contextmanager
def opened(
    folder: Path,
    model: PlayedModel | None = None,
    *,
    load: Callable[[], LanguageModel | None] | None = None,
    limit_s: float = 60,
    monotonic: Callable[[], float] | None = None,
) -> Iterator[SmallTutor]:
    """A tutor on the profile in ``folder``; opened again, it goes on with what is stored there."""
    paths = DataPaths(folder)
    index_words(PACK, paths.packs / "index.sqlite", cancel=CancelToken())
    index = PackIndex(paths.packs / "index.sqlite")
    clock = SteppingClock()
    with open_learner_database(paths, clock) as database:
        try:
            yield _tutor(database, index, model, load, limit_s=limit_s, monotonic=monotonic)
        finally:
            index.close()


def _tutor(
    database: LearnerDatabase,
    index: PackIndex,
    model: PlayedModel | None,
    load: Callable[[], LanguageModel | None] | None,
    *,
    limit_s: float,
    monotonic: Callable[[], float] | None,
) -> SmallTutor:
    loads: list[int] = []

    def loaded() -> LanguageModel | None:
        loads.append(1)
        return load() if load else model

    clock = SteppingClock()
    conversations = ConversationStore(database, clock)
    more = {"monotonic": monotonic} if monotonic else {}
    session = TutorSession(
        retriever=Retriever([index], embedder=None, reranking=None),
        wording=ModelWording(loaded, PromptBuilder()),
        conversations=conversations,
        recorder=Recorder(database, conversations, clock),
        limit_s=limit_s,
        **more,
    )
    return SmallTutor(session, conversations, model, loads)


GREEN = "Why do leaves look green?"
TEXTS = {passage.id: passage.text for passage in PACK.passages}


def playing(folder: Path, *replies: list[str | Exception]) -> AbstractContextManager[SmallTutor]:
    return opened(folder, PlayedModel(list(replies)))


def is_supported(turn: Turn) -> bool:
    return all(
        delta.citation and delta.citation.quote in TEXTS[delta.citation.passage] for delta in turn.deltas
    )
